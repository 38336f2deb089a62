import type { FileFacts } from '../../facts/file-facts.ts';
import { isMountedAway, readMounts } from '../../facts/mounts.ts';
import { readPipInstall } from '../../facts/pip.ts';
import { removesCacheOf } from '../../facts/removals.ts';
import { addWord } from '../../facts/run-edits.ts';
import { lineage } from '../../facts/stages.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';
import type { Instruction } from '../../syntax/tree.ts';

/** What switches the cache off (pip's `strtobool`), and what hadolint knows of it. */
const truthy = /^(?:1|y|yes|t|true|on)$/i;
const plainTruthy = /^(?:1|true|True|TRUE|on|On|ON|yes|Yes|YES)$/;

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
    kept: 'pip keeps its downloads in the image. Add `--no-cache-dir`, or mount a cache at `/root/.cache/pip`.',
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
        'Heed PIP_NO_CACHE_DIR only where it is 1, true, on or yes, unquoted in a RUN, and not at all for a RUN behind ONBUILD.',
      hadolint: {
        value: true,
        reason:
          'pip reads the variable however it is quoted, and the image that an ONBUILD runs in inherits ENV; hadolint asks for four spellings and forgets ENV behind ONBUILD.',
        example: 'FROM python:3.12\nRUN PIP_NO_CACHE_DIR="1" pip install torch==2.7.1\n',
      },
    },
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
      if (!first || isMountedAway(run.node, '.cache/pip')) return;
      if (everyWay && (isAllMounted(run) || isEmptied(commands, installs.at(-1)?.command))) return;
      if (isCacheOff(run, ctx.facts, ctx.options.plainSwitch)) return;
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

/** Whether all of `.cache` is a cache or tmpfs mount. */
const isAllMounted = (run: Instruction) =>
  readMounts(run.node).some(
    ({ type, target }) => /cache|tmpfs/.test(type) && /\/\.cache\/*$/.test(target ?? ''),
  );

/** Whether a command behind the last install empties the cache. */
function isEmptied(commands: readonly ShellCommand[], last: ShellCommand | undefined): boolean {
  return commands.slice(last && commands.indexOf(last) + 1).some((command) => {
    const words = command.args.map(({ value }) => value);
    const isPurge =
      /^(?:pip|python)/.test(command.name) && words.includes('cache') && words.includes('purge');
    return isPurge || removesCacheOf(command, 'pip');
  });
}

/** Whether PIP_NO_CACHE_DIR is set in the text of a RUN, or by an ENV above it. */
function isCacheOff(run: Instruction, facts: FileFacts, plain: boolean): boolean {
  const isOn = (value = '') => (plain ? plainTruthy : truthy).test(value);
  const assignment = plain ? /PIP_NO_CACHE_DIR=(1|[a-zA-Z]+)/g : /\bPIP_NO_CACHE_DIR=["']?(\w+)/g;
  for (const [, value] of run.node.text.matchAll(assignment)) if (isOn(value)) return true;
  const stage = facts.stageOf(run);
  if (!stage || (plain && run.onbuild)) return false;
  return lineage(stage).some(({ byKeyword }) =>
    byKeyword
      .get('ENV')
      ?.some(
        ({ node, index }) =>
          index < run.index &&
          node.keyword === 'ENV' &&
          node.pairs.some(({ key, value }) => key.value === 'PIP_NO_CACHE_DIR' && isOn(value?.value)),
      ),
  );
}
