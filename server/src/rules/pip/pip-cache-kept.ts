import { isMountedAway } from '../../facts/mounts.ts';
import { readPipInstall } from '../../facts/pip.ts';
import { isPipCacheMounted, isPipCacheOff, isPipCachePlainlyOff } from '../../facts/pip-settings.ts';
import { removesCacheOf } from '../../facts/removals.ts';
import { addWord } from '../../facts/run-edits.ts';
import { mayShip, shippedOption } from '../../facts/shipped-stages.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';

export default defineRule({
  code: 'DL3042',
  name: 'pip-cache-kept',
  aliases: ['pip-cache-in-layer', 'tally/prefer-package-cache-mounts'],
  since: '0.1.0',
  severity: 'warning',
  family: 'pip',
  summary: 'pip leaves its cache in the image',
  why: 'pip keeps every wheel that it downloads in `~/.cache/pip`, where it stays in the layer and is of no use at run time: for PyTorch with CUDA that is more than 2 GB. `--no-cache-dir` keeps it out, as does emptying the cache in the same RUN; a cache mount keeps it out as well and spares the download in the next build.',
  messages: {
    kept: 'pip keeps its downloads in the image. Add `--no-cache-dir`, or write `RUN --mount=type=cache,target=/root/.cache/pip …`.',
  },
  options: {
    everyWay: {
      default: true,
      description:
        'Also accept a mount that holds all of `.cache`, `--no-cache`, and a cache that is emptied behind the last install.',
      hadolint: {
        value: false,
        reason:
          'What is removed in the same RUN is in no layer, a mount above the folder holds it too, and pip takes an option by its beginning; hadolint looks for the whole flag and the whole path alone.',
        example: 'FROM python:3.12\nRUN pip install torch==2.7.1 && rm -rf /root/.cache/pip\n',
      },
    },
    plainSwitch: {
      default: false,
      description:
        'Heed PIP_NO_CACHE_DIR only where it is 1, true, on or yes, unquoted in a RUN, and not at all for a RUN behind ONBUILD; heed no ARG and no file of pip.',
      hadolint: {
        value: true,
        reason:
          'pip reads the variable however it is quoted, takes `off` for a switch as well, and reads pip.conf and what `pip config set` wrote; the image that an ONBUILD runs in inherits ENV. hadolint asks for four spellings and forgets ENV behind ONBUILD.',
        example: 'FROM python:3.12\nRUN PIP_NO_CACHE_DIR="1" pip install torch==2.7.1\n',
      },
    },
    ...shippedOption(
      'FROM python:3.12 AS build\nRUN pip install torch==2.7.1\nFROM python:3.12\nCOPY --from=build /opt/venv /opt/venv\n',
    ),
  },
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM python:3.12\nRUN pip install --no-cache-dir -r requirements.txt' },
      { code: 'FROM python:3.12\nENV PIP_NO_CACHE_DIR=1\nRUN pip install -r requirements.txt' },
      {
        code: 'FROM python:3.12\nRUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt',
      },
      { code: 'FROM python:3.12\nRUN PIP_NO_CACHE_DIR=1 pip install -r requirements.txt' },
      { code: 'FROM python:3.12\nRUN export PIP_NO_CACHE_DIR="on" && pip install -r requirements.txt' },
      { code: 'FROM python:3.12\nRUN pip install torch==2.7.1 && rm -rf ~/.cache/pip /tmp/*' },
      { code: 'FROM python:3.12\nRUN pip install torch==2.7.1; pip cache purge' },
      { code: 'FROM python:3.12\nRUN --mount=type=cache,target=/root/.cache pip install torch==2.7.1' },
      { code: 'FROM python:3.12 AS base\nENV PIP_NO_CACHE_DIR=1\nFROM base\nRUN pip install .' },
      {
        code: 'FROM python:3.12\nENV PIP_NO_CACHE_DIR=off\nRUN pip install .',
        note: 'pip takes `off` for on',
      },
      { code: 'FROM python:3.12\nARG PIP_NO_CACHE_DIR=1\nRUN pip install .' },
      { code: 'FROM python:3.12\nRUN pip config set global.no-cache-dir true\nRUN pip install .' },
      {
        code: 'FROM python:3.12\nRUN printf "[global]\\nno-cache-dir = true\\n" > /etc/pip.conf && pip install .',
      },
      {
        code: 'FROM python:3.12\nCOPY <<EOF /etc/pip.conf\n[install]\nno_cache_dir = yes\nEOF\nRUN pip install .',
      },
      {
        code: 'FROM scratch AS conf\nCOPY <<EOF /etc/pip.conf\n[global]\nno-cache-dir = 1\nEOF\nFROM python:3.12\nCOPY --from=conf / /\nRUN pip install .',
      },
      { code: 'FROM python:3.12\nCOPY pip.conf /etc/\nRUN pip install .', note: 'what it says is not known' },
      {
        code: 'FROM python:3.12\nENV PIP_CACHE_DIR=/cache\nRUN --mount=type=cache,target=/cache pip install .',
      },
      {
        code: 'FROM python:3.12 AS build\nRUN pip install torch==2.7.1\nFROM python:3.12-slim\nCOPY --from=build /opt/venv /opt/venv',
        note: 'the builder is not shipped',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12\nRUN pip ⟦install⟧ -r requirements.txt',
        fixed: 'FROM python:3.12\nRUN pip install --no-cache-dir -r requirements.txt',
      },
      {
        code: 'FROM python:3.12\nRUN set -eu; \\\n    python -m pip ⟦install⟧ \\\n      numpy==2.1.0',
        fixed:
          'FROM python:3.12\nRUN set -eu; \\\n    python -m pip install --no-cache-dir \\\n      numpy==2.1.0',
      },
      {
        code: 'FROM python:3.12\nRUN ["pip", ⟦"install"⟧, "."]',
        fixed: 'FROM python:3.12\nRUN ["pip", "install", "--no-cache-dir", "."]',
      },
      {
        code: 'FROM python:3.12\nRUN ["bash", "-c", "pip ⟦install⟧ ."]',
        fixed: 'FROM python:3.12\nRUN ["bash", "-c", "pip install --no-cache-dir ."]',
      },
      {
        code: 'FROM python:3.12\nRUN pip ⟦install⟧ .\nENV PIP_NO_CACHE_DIR=1',
        fixed: 'FROM python:3.12\nRUN pip install --no-cache-dir .\nENV PIP_NO_CACHE_DIR=1',
        note: 'ENV holds from where it stands',
      },
      {
        code: 'FROM python:3.12\nRUN rm -rf /root/.cache && pip ⟦install⟧ torch==2.7.1\nRUN rm -rf /root/.cache',
        fixed:
          'FROM python:3.12\nRUN rm -rf /root/.cache && pip install --no-cache-dir torch==2.7.1\nRUN rm -rf /root/.cache',
        note: 'another RUN cannot take it out of the layer',
      },
      {
        code: 'FROM python:3.12\nCOPY <<EOF /etc/pip.conf\n[global]\ntimeout = 60\nEOF\nRUN pip ⟦install⟧ .',
        fixed:
          'FROM python:3.12\nCOPY <<EOF /etc/pip.conf\n[global]\ntimeout = 60\nEOF\nRUN pip install --no-cache-dir .',
        note: 'it says nothing of the cache',
      },
      {
        code: 'FROM python:3.12\nRUN --mount=type=cache,target=~/.cache/pip pip ⟦install⟧ .',
        fixed: 'FROM python:3.12\nRUN --mount=type=cache,target=~/.cache/pip pip install --no-cache-dir .',
        note: 'BuildKit knows no `~`',
      },
      {
        code: 'FROM python:3.12 AS gpu\nRUN pip ⟦install⟧ torch==2.7.1\nFROM python:3.12 AS cpu\nRUN true',
        fixed:
          'FROM python:3.12 AS gpu\nRUN pip install --no-cache-dir torch==2.7.1\nFROM python:3.12 AS cpu\nRUN true',
        note: 'a target of its own',
      },
      {
        code: 'FROM python:3.12\nRUN pip ⟦install⟧ torch==2.7.1 && rm -rf /root/.cache/pip',
        options: { everyWay: false },
        fixed: 'FROM python:3.12\nRUN pip install --no-cache-dir torch==2.7.1 && rm -rf /root/.cache/pip',
        note: 'with `everyWay: false`',
      },
    ],
  },
  create: () => ({
    RUN(run, ctx) {
      const { everyWay } = ctx.options;
      const off = everyWay ? /^--no-cache(?:-di?r?)?$/ : /^--no-cache-dir$/;
      const commands = ctx.facts.commands(run);
      const installs = commands.flatMap((command) => {
        const install = command.name.startsWith('pipx') ? undefined : readPipInstall(command);
        return install && !install.command.args.some(({ value }) => off.test(value)) ? [install] : [];
      });
      const first = installs[0];
      if (!first || isMountedAway(run.node, '.cache/pip', !everyWay)) return;
      if (everyWay && (isPipCacheMounted(ctx.facts, run) || isEmptied(commands, installs.at(-1)?.command)))
        return;
      const before = run.node.text.slice(0, first.verb.from);
      const { plainSwitch, shippedOnly } = ctx.options;
      if (plainSwitch ? isPipCachePlainlyOff(ctx.facts, run) : isPipCacheOff(ctx.facts, run, before)) return;
      if (shippedOnly && !mayShip(ctx.facts, run)) return;
      ctx.report(
        run.at(first.verb),
        'kept',
        undefined,
        (): Fix[] => {
          const { end } = run.at(run.node.keywordWord);
          return [
            {
              title: 'Add --no-cache-dir',
              safety: 'safe',
              edits: installs.map(({ verb }) => addWord(run, verb, '--no-cache-dir')),
            },
            {
              title: 'Mount a cache at /root/.cache/pip',
              safety: 'unsafe',
              edits: [{ span: { start: end, end }, text: ' --mount=type=cache,target=/root/.cache/pip' }],
            },
          ];
        },
        { repair: { name: 'PIP_NO_CACHE_DIR' } },
      );
    },
  }),
});

/** Whether a command behind the last install empties the cache. */
function isEmptied(commands: readonly ShellCommand[], last: ShellCommand | undefined): boolean {
  return commands.slice(last && commands.indexOf(last) + 1).some((command) => {
    const words = command.args.map(({ value }) => value);
    const isPurge =
      /^(?:pip|python)/.test(command.name) && words.includes('cache') && words.includes('purge');
    return isPurge || removesCacheOf(command, 'pip');
  });
}
