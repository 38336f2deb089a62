import { execProgram, operator, takesWords, throughShell } from '../../facts/exec-form.ts';
import { type StartWord, startOf } from '../../facts/start-command.ts';
import { defineRule, type Fix, type RuleContext } from '../../lint/rule.ts';
import type { Healthcheck, Instruction } from '../../syntax/tree.ts';

/** `$NAME` and `${NAME}`, not the `$` of a pattern, `$1`, or one that is escaped. */
const variable = /(?<![\\$])\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:\}|:?[-+?]))/g;

const messages = {
  literal:
    'No shell reads this list, so {program} gets the text `{variable}` and not its value. Write the value itself, or `{keyword} ["sh", "-c", "exec {program} …"]`.',
  behind:
    'No shell reads this list, so {program} gets the text `{variable}` and not its value. Write the value itself, or one `ENTRYPOINT ["sh", "-c", "exec {program} …"]` in place of ENTRYPOINT and CMD.',
  program:
    'No shell reads this list, so a program with the name `{variable}` is looked for. Write the path itself, or `{keyword} ["sh", "-c", "exec {variable} …"]`.',
} as const;

export default defineRule({
  code: 'exec-form-variable',
  name: 'exec-form-variable',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'serving',
  summary: 'A variable in the JSON form of CMD, ENTRYPOINT or HEALTHCHECK is not replaced',
  why: 'The JSON form starts the program without a shell, and Docker puts no variables into it (Dockerfile reference, "Variable substitution" of exec form: `CMD ["echo", "$HOME"]` prints `$HOME`). So gunicorn ends with "\'$PORT\' is not a valid port number", and uvicorn and Streamlit refuse the port as well. A few hosts start a CMD through a shell of their own; the image then works there alone. Silent for scripts, on a base image whose ENTRYPOINT is not known, and for programs that may expand their arguments themselves, such as make, npm, supervisord and Spring. Many programs read a variable of their own: `STREAMLIT_SERVER_PORT`, `GUNICORN_CMD_ARGS`, `UVICORN_PORT`.',
  messages,
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.12-slim\nCMD ["sh","-c","exec uvicorn app:app --port ${PORT:-8000}"]',
      },
      {
        code: 'FROM python:3.12-slim\nENV STREAMLIT_SERVER_PORT=8080\nENTRYPOINT ["streamlit","run","app.py"]',
      },
      { code: 'FROM python:3.12\nCMD gunicorn --bind :$PORT app:app', note: 'the shell form' },
      {
        code: 'FROM python:3.12\nENTRYPOINT ["/docker-entrypoint.sh"]\nCMD ["uvicorn", "app:app", "--port", "$PORT"]',
        note: 'the script may expand it',
      },
      { code: 'FROM python:3.12\nENTRYPOINT ["/bin/bash", "-c"]\nCMD ["python app.py $PORT"]' },
      { code: 'FROM node:22\nCMD ["npm", "start", "--", "--port", "$PORT"]', note: 'npm has a shell run it' },
      {
        code: 'FROM eclipse-temurin:21\nCMD ["java", "-Dserver.port=${PORT}", "-jar", "a.jar"]',
        note: 'Spring expands it',
      },
      {
        code: 'FROM python:3.12\nCMD ["python", "grep.py", "--pattern", "^a.*$", "--end", "\\\\$HOME", "$1"]',
      },
      {
        code: 'FROM python:3.12\nCMD ["python", "-c", "print(\'$HOME\')"]',
        note: 'the text of a program',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nENTRYPOINT ["streamlit","run","app.py",⟦"--server.port=$PORT"⟧]',
        fixed:
          'FROM python:3.12-slim\nENTRYPOINT ["/bin/sh", "-c", "exec streamlit run app.py --server.port=$PORT \\"$@\\"", "--"]',
      },
      {
        code: 'FROM python:3.12-slim\nCMD ["uvicorn","app:app","--port",⟦"${PORT}"⟧]',
        fixed: 'FROM python:3.12-slim\nCMD ["/bin/sh", "-c", "exec uvicorn app:app --port ${PORT}"]',
      },
      {
        code: 'FROM python:3.12\nENTRYPOINT ["tini", "--", "python"]\nCMD ["-u", ⟦"$APP_HOME/main.py"⟧, "--name=a b"]',
      },
      {
        code: 'FROM python:3.12\nHEALTHCHECK CMD ["curl", "-f", ⟦"http://localhost:$PORT/health"⟧]',
      },
      { code: 'FROM debian:12\nENTRYPOINT [⟦"$BIN"⟧]' },
    ],
  },
  create: () => {
    /** One of an ancestor is found in each stage that starts it. */
    const found = new Set<number>();
    return {
      HEALTHCHECK: checkHealth,
      end({ facts, report }) {
        for (const stage of facts.stages) {
          const program = execProgram(facts, stage);
          // Of those exec-form-shell-syntax says more.
          if (!program || program.args.some(({ value }) => operator.test(value))) continue;
          const { instruction, name, word, args } = program;
          const own = firstVariable([word]);
          const first = own ?? (takesWords(program) ? firstVariable(readable(args)) : undefined);
          if (!first || found.has(first.word.span.start)) continue;
          found.add(first.word.span.start);
          const { entrypoint, cmd } = startOf(stage);
          const { keyword } = instruction.node;
          const data = { program: name, variable: first.variable, keyword };
          const literal = entrypoint && cmd ? 'behind' : 'literal';
          report(first.word.span, own ? 'program' : literal, data, (): Fix | undefined => {
            const edit = entrypoint && cmd ? undefined : throughShell(instruction, stage);
            return edit && { title: 'Start it through a shell', safety: 'unsafe', edits: [edit] };
          });
        }
      },
    };
  },
});

function firstVariable<W extends { readonly value: string }>(words: readonly W[]) {
  for (const word of words) {
    const closed = word.value.lastIndexOf('}');
    const found = [...word.value.matchAll(variable)].find(
      ([, bare], i, all) => bare || closed > (all[i]?.index ?? 0),
    );
    const name = found?.[1] ?? found?.[2];
    if (name !== undefined) return { word, variable: `$${name}` };
  }
  return undefined;
}

/** None where the first word says that the text of a program follows. */
const readable = (args: readonly StartWord[]): readonly StartWord[] =>
  /^(?:-c|-e|-p|--eval|--print|eval)$/.test(args[0]?.value ?? '') ? [] : args;

function checkHealth(check: Instruction<Healthcheck>, { report }: RuleContext<typeof messages>): void {
  const [first, ...args] = check.node.command?.json ?? [];
  const program = first?.value.replace(/^.*\//, '') ?? '';
  const found = /^(?:curl|wget)$/.test(program) ? firstVariable(args) : undefined;
  if (found) report(check.at(found.word), 'literal', { program, variable: found.variable, keyword: 'CMD' });
}
