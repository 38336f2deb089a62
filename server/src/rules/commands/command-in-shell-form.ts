import { pythonPrograms } from '../../data/model-servers.ts';
import { type Command, shown, toJson } from '../../facts/json-command.ts';
import { looksLikeJson, mendJson, mixedJson } from '../../facts/json-form.ts';
import { isSingle, replacesItself } from '../../facts/shells.ts';
import { effective } from '../../facts/stages.ts';
import { programsOf } from '../../facts/start-command.ts';
import { defineRule, type Fix, type RuleContext } from '../../lint/rule.ts';
import type { CommandLine, Instruction } from '../../syntax/tree.ts';

const messages = {
  shell:
    'The shell that starts this command may stay in front of it and pass no signals on, so that stopping the container ends in a kill. Write it as a JSON array.',
  compound:
    'The shell stays in front of the last command and may not pass the stop signal on, so that `docker stop` waits ten seconds and then kills it. Write `exec` before that command.',
  python:
    'Docker starts this by a shell, which may not pass the stop signal on, so that `docker stop` waits ten seconds and then kills {program}. Write it as a JSON array: `{json}`.',
  variables:
    'Docker starts this by a shell, which may not pass the stop signal on, so that `docker stop` waits ten seconds and then kills {program}. The variables need the shell: write `["/bin/sh", "-c", "exec {program} …"]`.',
  exec: 'A shell reads this command before the program takes its place, so the image needs one. Write it as a JSON array.',
  check:
    'Each run of this check starts a shell first, so the image needs one. Write it as a JSON array, with the shell in it where the command uses one: `["/bin/sh", "-c", "…"]`.',
  broken:
    'This begins like a JSON array but is not valid JSON, so a shell gets the brackets. Write `["program", "argument"]` with double quotes.',
} as const;

const table = {
  acceptLaunchers: {
    default: true,
    description:
      'Leave a command alone whose SHELL is no shell but a program that starts others, such as `conda run`.',
    hadolint: {
      value: false,
      reason:
        'Behind `SHELL ["conda", "run", "-n", "ml"]` the shell form is what starts a command in its environment, and a JSON array would go past it; hadolint does not look at SHELL here.',
      example:
        'FROM continuumio/miniconda3:24.9.2-0\nSHELL ["conda", "run", "-n", "ml"]\nCMD python app.py\n',
    },
  },
  shellChecks: {
    default: false,
    description: 'Also report a HEALTHCHECK whose command uses the shell, as with `||` or a variable.',
    hadolint: {
      value: true,
      reason:
        '`HEALTHCHECK CMD curl -f http://localhost/ || exit 1`, as in the Dockerfile reference, needs the shell, and a JSON array would name the same one; hadolint reports it.',
      example: 'FROM python:3.12\nHEALTHCHECK CMD curl -f http://localhost/ || exit 1\n',
    },
  },
  mixedArrays: {
    default: false,
    description: 'Also report a JSON array that holds more than strings.',
    hadolint: {
      value: true,
      reason:
        'Docker ends the build at `CMD ["serve", 8000]`, which is the matter of json-not-strings; hadolint takes it for a command in shell form.',
      example: 'FROM python:3.12\nCMD ["serve", 8000]\n',
    },
  },
} as const;

export default defineRule({
  code: 'DL3025',
  name: 'command-in-shell-form',
  aliases: [
    'shell-form-python-cmd',
    'buildkit/JSONArgsRecommended',
    'tally/invalid-json-form',
    'dockerfile-utils/JSON_IN_SINGLE_QUOTES',
  ],
  since: '0.1.0',
  severity: 'warning',
  family: 'commands',
  summary: 'CMD, ENTRYPOINT or HEALTHCHECK is not a JSON array',
  why: 'In shell form the program runs below `/bin/sh -c`. `docker stop` and Kubernetes send SIGTERM to the shell, which does not pass it on: a server drops its requests and a training run its last checkpoint when it is killed, after 10 seconds with Docker and 30 with Kubernetes. dash, the `sh` of Debian and Ubuntu, stays in front of even a single command (0.5.12, measured); bash and the shell of BusyBox put a single command in their place, and so does each shell that is told `exec`. A HEALTHCHECK is not stopped, but in shell form it needs a shell in the image and starts one each time. An ENTRYPOINT in shell form also ignores CMD and arguments. Where a shell is wanted, name it: `["/bin/sh", "-c", "exec python app.py --port $PORT"]`. Text in single quotes or with a missing bracket looks like JSON and is read as shell form. Silent where SHELL names something other than a shell, such as `conda run`, as a JSON array would go past it.',
  messages,
  options: table,
  examples: {
    good: [
      { code: 'FROM python:3.12\nENTRYPOINT ["python"]\nCMD ["app.py"]' },
      { code: 'FROM python:3.12\nHEALTHCHECK --interval=5m CMD ["curl", "-f", "http://localhost/"]' },
      { code: 'FROM python:3.12\nHEALTHCHECK NONE\nCMD []' },
      {
        code: 'FROM python:3.12\nHEALTHCHECK CMD curl -f http://localhost/ || exit 1',
        note: 'the command uses the shell',
      },
      { code: 'FROM python:3.12\nCMD ["serve", 8000]', note: 'left to json-not-strings' },
      {
        code: 'FROM continuumio/miniconda3:24.9.2-0\nSHELL ["conda", "run", "-n", "ml", "--no-capture-output"]\nCMD python app.py',
        note: 'the environment comes from SHELL',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12\nHEALTHCHECK CMD ⟦curl -f http://localhost/⟧',
        fixed: 'FROM python:3.12\nHEALTHCHECK CMD ["curl", "-f", "http://localhost/"]',
      },
      {
        code: 'FROM python:3.12\nCMD ⟦python app.py --name "a b"⟧',
        fixed: 'FROM python:3.12\nCMD ["python", "app.py", "--name", "a b"]',
      },
      {
        code: 'FROM python:3.12\nENTRYPOINT ⟦uvicorn app:app \\\n    --port 80⟧',
        fixed: 'FROM python:3.12\nENTRYPOINT ["uvicorn", "app:app", \\\n    "--port", "80"]',
      },
      {
        code: 'FROM python:3.12\nCMD ⟦exec python app.py --port $PORT⟧',
        fixed: 'FROM python:3.12\nCMD ["/bin/sh", "-c", "exec python app.py --port $PORT"]',
        note: 'variables and `exec` need the shell',
      },
      {
        code: "FROM python:3.12\nCMD ⟦['python', 'app.py']⟧",
        fixed: 'FROM python:3.12\nCMD ["python", "app.py"]',
        note: 'single quotes are not JSON',
      },
      {
        code: 'FROM python:3.12\nHEALTHCHECK --timeout=3s CMD ⟦curl -f http://localhost/ || exit 1⟧',
        options: { shellChecks: true },
        fixed:
          'FROM python:3.12\nHEALTHCHECK --timeout=3s CMD ["/bin/sh", "-c", "curl -f http://localhost/ || exit 1"]',
      },
      { code: 'FROM python:3.12\nCMD ⟦["python", "app.py"⟧' },
    ],
  },
  create: () => ({
    CMD: (command, ctx) => check(command, command.node, ctx),
    ENTRYPOINT: (entrypoint, ctx) => check(entrypoint, entrypoint.node, ctx),
    HEALTHCHECK: (healthcheck, ctx) => check(healthcheck, healthcheck.node.command, ctx),
  }),
});

function check(
  instruction: Instruction,
  command: Command | undefined,
  ctx: RuleContext<typeof messages, typeof table>,
): void {
  if (!command || command.json || command.body.from === command.body.to) return;
  const { facts } = ctx;
  const { from, to } = command.body;
  const text = instruction.node.plain.slice(from, to);
  const span = instruction.at(command.body);
  if (!ctx.options.mixedArrays && mixedJson(text)) return;
  if (looksLikeJson(text)) {
    ctx.report(span, 'broken', undefined, () => {
      const mended = mendJson(text);
      const isOneLine = instruction.node.text.slice(from, to) === text;
      if (mended === undefined || !isOneLine) return undefined;
      return { title: 'Write it as JSON', safety: 'unsafe', edits: [{ span, text: mended }] };
    });
    return;
  }
  const stage = facts.stageOf(instruction);
  const shell = stage && effective(stage, 'SHELL', instruction)?.node;
  const reader = (shell?.json ?? shell?.args)?.[0]?.value ?? '/bin/sh';
  if (ctx.options.acceptLaunchers && !/(?:^|[\\/])(?:\w*sh|env|powershell|cmd)(?:\.exe)?$/i.test(reader))
    return;
  const fix = (): Fix | undefined => {
    const made = shell || facts.file.escape !== '\\' ? undefined : toJson(instruction, command, text);
    const title = made?.namesShell ? 'Name the shell in a JSON array' : 'Write it as a JSON array';
    return made && { title, safety: 'unsafe', edits: made.edits };
  };
  const program = isStart(instruction) ? programsOf(facts, instruction).at(-1) : undefined;
  const isPython = program && (program.python !== undefined || pythonPrograms.has(program.name));
  // bash and BusyBox ash put a single command in their place.
  const isReplaced = replacesItself(reader, stage) && isStart(instruction) && isSingle(facts, instruction);
  if (!isStart(instruction)) {
    if (ctx.options.shellChecks || !/[|&;<>()$`*?~]/.test(text)) ctx.report(span, 'check', undefined, fix);
  } else if (program?.isExecuted || isReplaced) ctx.report(span, 'exec', undefined, fix);
  else if (isPython && !/(?:powershell|pwsh|cmd)(?:\.exe)?$/i.test(reader))
    ctx.report(
      span,
      /[$`]/.test(text) ? 'variables' : 'python',
      { program: program.name, json: shown(command) },
      fix,
    );
  else ctx.report(span, isSingle(facts, instruction) ? 'shell' : 'compound', undefined, fix);
}

const isStart = (instruction: Instruction): instruction is Instruction<CommandLine> =>
  instruction.node.keyword === 'CMD' || instruction.node.keyword === 'ENTRYPOINT';
