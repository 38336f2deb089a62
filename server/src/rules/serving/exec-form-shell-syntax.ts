import { execProgram, operator, takesWords, throughShell } from '../../facts/exec-form.ts';
import { startOf } from '../../facts/start-command.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';
import type { Edit } from '../../text/edit.ts';

/** Programs for which `;`, `|`, `<` and the like are words of their own. */
const takers =
  /^(?:find|xargs|tmux|screen|expr|test|\[|parallel|watch|ssh|concurrently|gst-launch\S*|busybox|env)$/;
/** A whole command line, not a file with a blank in its name: its second word is a flag, an operator or a known file. */
const line = /^[\w./-]+[ \t]+(?:-{1,2}[A-Za-z]|&&|\S+\.(?:py|sh|js|jar)(?=[ \t]|$))|^[\w-]+[ \t]+[\w./$-]/;

export default defineRule({
  code: 'exec-form-shell-syntax',
  name: 'exec-form-shell-syntax',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'serving',
  summary: 'Shell syntax in the JSON form of CMD or ENTRYPOINT',
  why: 'The JSON form starts one program without a shell (Dockerfile reference, "Exec form"). `&&`, `|`, `;` and `>` are then arguments of the first program, and what stands behind them never starts. A whole command line in one string is the name of a program, and the container ends at once with `exec: "python3 app.py": executable file not found`. Silent behind an ENTRYPOINT that is a shell or a script, and where the base image is not known, as it may have such an ENTRYPOINT: that of TorchServe evaluates what it is given.',
  messages: {
    operator:
      'No shell reads this list, so {program} gets the plain text `{word}` as an argument. Write `{keyword} {list}`.',
    line: 'Docker looks for a program with this whole text as its name. Write each word as a string of its own: `{keyword} {list}`.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM python:3.12-slim\nCMD ["sh","-c","echo start && exec python serve.py"]' },
      { code: 'FROM python:3.12-slim\nCMD ["python3","-m","sglang.launch_server","--model","m"]' },
      {
        code: 'FROM python:3.12\nENTRYPOINT ["/bin/bash", "-c"]\nCMD ["python app.py --port 80"]',
        note: 'the ENTRYPOINT is a shell',
      },
      { code: 'FROM python:3.12\nENTRYPOINT ["./entrypoint.sh"]\nCMD ["python app.py", "&&", "b"]' },
      { code: 'FROM team/with-entrypoint:1\nCMD ["--workers 4 --port 80"]' },
      { code: 'FROM team/with-entrypoint:1\nCMD ["python app.py --port 80"]', note: 'it may be a shell' },
      {
        code: 'FROM pytorch/torchserve:0.12.0-cpu\nCMD ["echo", "start", ";", "torchserve", "--start"]',
        note: 'its ENTRYPOINT evaluates this',
      },
      { code: 'FROM debian:12\nCMD ["find", "/data", "-exec", "ls", "{}", ";"]' },
      { code: 'FROM debian:12\nENTRYPOINT ["/opt/My App/run"]\nCMD ["a b"]' },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nCMD ["echo","start",⟦"&&"⟧,"python","serve.py"]',
        fixed: 'FROM python:3.12-slim\nCMD ["/bin/sh", "-c", "echo start && exec python serve.py"]',
      },
      {
        code: 'FROM python:3.12-slim\nCMD [⟦"python3 -m sglang.launch_server --model m"⟧]',
        fixed: 'FROM python:3.12-slim\nCMD ["python3", "-m", "sglang.launch_server", "--model", "m"]',
      },
      {
        code: 'FROM python:3.12\nENTRYPOINT ["gunicorn", "--workers", ⟦"$(nproc)"⟧, "app:app"]',
        fixed:
          'FROM python:3.12\nENTRYPOINT ["/bin/sh", "-c", "exec gunicorn --workers $(nproc) app:app \\"$@\\"", "--"]',
      },
      {
        code: 'FROM debian:12\nENTRYPOINT ["/usr/bin/serve", "--all", ⟦">"⟧, "/var/log/serve.log"]',
        fixed:
          'FROM debian:12\nENTRYPOINT ["/bin/sh", "-c", "exec /usr/bin/serve --all > /var/log/serve.log \\"$@\\"", "--"]',
      },
    ],
  },
  create: () => {
    const found = new Set<number>();
    return {
      end({ facts, report }) {
        for (const stage of facts.stages) {
          const program = execProgram(facts, stage);
          if (!program) continue;
          const { instruction, name, word, args } = program;
          const { entrypoint, cmd } = startOf(stage);
          const { keyword } = instruction.node;
          const isLine = line.test(word.value);
          const shape = isLine
            ? word
            : takers.test(name)
              ? undefined
              : args.find(({ value }) => isShell(value));
          if (!shape || found.has(shape.span.start)) continue;
          if (!isLine && !operator.test(shape.value) && !takesWords(program)) continue;
          found.add(shape.span.start);
          const fix = (edit: Edit | undefined, title: string): Fix | undefined =>
            edit && { title, safety: 'unsafe', edits: [edit] };
          if (isLine) {
            const first = word.value.split(/\s/, 1)[0] ?? '';
            const edit = inWords(instruction);
            const list = listOf(edit, `["${first}", "…"]`);
            report(word.span, 'line', { keyword, list }, () => fix(edit, 'Split it into words'));
          } else {
            const both = entrypoint && cmd;
            const edit = both ? undefined : throughShell(instruction, stage);
            const data = { word: shape.value, program: name, keyword };
            const list = listOf(edit, `["sh", "-c", "…"]`);
            report(shape.span, 'operator', { ...data, list }, () => fix(edit, 'Start it through a shell'));
          }
        }
      },
    };
  },
});

/** What to write, where it is known and no longer than a message. */
const listOf = (edit: Edit | undefined, other: string) =>
  edit && edit.text.length <= 120 && !/[`{}]/.test(edit.text) ? edit.text : other;

const isShell = (word: string) => operator.test(word) || /\$\([^)]|^`[^`]+`$/.test(word);

/** The words of a line that has no quotes, variables or operators, as strings. */
function inWords(instruction: Instruction): Edit | undefined {
  const { json = [], body } = instruction.node;
  const [only] = json;
  if (!only || json.length > 1 || !/^[\w\s./:=@%+,^-]+$/.test(only.value)) return undefined;
  const words = only.value
    .trim()
    .split(/\s+/)
    .map((word) => JSON.stringify(word));
  return { span: instruction.at(body), text: `[${words.join(', ')}]` };
}
