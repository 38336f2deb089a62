import { isMountedAway } from '../../facts/mounts.ts';
import { readPipInstall } from '../../facts/pip.ts';
import { lineage, type Stage } from '../../facts/stages.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

const truthy = /^(?:1|true|on|yes)$/i;

export default defineRule({
  code: 'DL3042',
  name: 'pip-cache-kept',
  aliases: ['tally/prefer-package-cache-mounts'],
  since: '0.1.0',
  severity: 'warning',
  family: 'pip',
  summary: 'pip leaves its cache in the image',
  why: 'pip keeps every wheel that it downloads in `~/.cache/pip`, where it stays in the layer and is of no use at run time: for PyTorch with CUDA that is more than 2 GB. `--no-cache-dir` keeps it out; a cache mount keeps it out as well and spares the download in the next build.',
  messages: {
    kept: 'pip keeps its downloads in the image. Add `--no-cache-dir`, or mount a cache at `/root/.cache/pip`.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM python:3.12\nRUN pip install --no-cache-dir -r requirements.txt' },
      { code: 'FROM python:3.12\nENV PIP_NO_CACHE_DIR=1\nRUN pip install -r requirements.txt' },
      {
        code: 'FROM python:3.12\nRUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt',
      },
      { code: 'FROM python:3.12\nRUN PIP_NO_CACHE_DIR=1 pip install -r requirements.txt' },
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
    ],
  },
  create: () => ({
    RUN(run, ctx) {
      const stage = ctx.facts.stageOf(run);
      const installs = ctx.facts.commands(run).flatMap((command) => {
        const install = command.name.startsWith('pipx') ? undefined : readPipInstall(command);
        return install && !install.command.args.some(({ value }) => value === '--no-cache-dir')
          ? [install]
          : [];
      });
      const first = installs[0];
      if (!first || isMountedAway(run.node, '.cache/pip') || isCacheOff(run.node.text, stage)) return;
      ctx.report(run.at(first.verb), 'kept', undefined, (): Fix[] => [
        {
          title: 'Add --no-cache-dir',
          safety: 'safe',
          edits: installs.map(({ verb }) => {
            const { end } = run.at(verb);
            return { span: { start: end, end }, text: ' --no-cache-dir' };
          }),
        },
        {
          title: 'Mount a cache at /root/.cache/pip',
          safety: 'unsafe',
          edits: [
            {
              span: run.at({ from: run.node.keywordWord.to, to: run.node.keywordWord.to }),
              text: ' --mount=type=cache,target=/root/.cache/pip',
            },
          ],
        },
      ]);
    },
  }),
});

function isCacheOff(runText: string, stage: Stage | undefined): boolean {
  const inline = /\bPIP_NO_CACHE_DIR=["']?(\w+)/.exec(runText)?.[1];
  if (inline && truthy.test(inline)) return true;
  if (!stage) return false;
  return lineage(stage).some(({ instructions }) =>
    instructions.some(
      ({ node }) =>
        node.keyword === 'ENV' &&
        node.pairs.some(
          ({ key, value }) => key.value === 'PIP_NO_CACHE_DIR' && truthy.test(value?.value ?? ''),
        ),
    ),
  );
}
