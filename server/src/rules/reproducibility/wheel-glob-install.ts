import { readPipInstall, readPipTargets } from '../../facts/pip.ts';
import { projectInstalls } from '../../facts/project-installs.ts';
import { stagesOfImage } from '../../facts/shipped-stages.ts';
import type { Stage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';
import type { Copy } from '../../syntax/tree.ts';
import { remember } from '../../text/remember.ts';

export default defineRule({
  code: 'wheel-glob-install',
  name: 'wheel-glob-install',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  offByDefault: true,
  family: 'reproducibility',
  summary: 'A wheel is installed by a pattern',
  why: '`*.whl` is whatever lies in the folder, among it wheels of older versions. It is the short way of the course that Wheelhouse follows, and where it goes wrong `wheel-several`, `wheel-stale` and `wheel-missing` say so with the files at hand, which is why this rule is off. Where no editor looks at the folder, as in a pipeline, an exact name by `ARG VERSION` leaves nothing to chance.',
  messages: {
    pattern:
      'Which wheel `{pattern}` means depends on what lies in the folder. Write `ARG VERSION` above and its whole name here, as in `app-$VERSION-py3-none-any.whl`.',
  },
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.12-slim\nARG VERSION=1.2.0\nRUN pip install --no-cache-dir app-${VERSION}-py3-none-any.whl',
      },
      { code: 'FROM python:3.12-slim\nRUN pip install --no-index --find-links /wheels app==1.2.0' },
      {
        code: 'FROM python:3.12 AS build\nRUN python -m build\nFROM python:3.12-slim\nCOPY --from=build /dist/*.whl .\nRUN pip install --no-cache-dir *.whl',
        note: 'the folder holds what the stage above built',
      },
      {
        code: 'FROM python:3.12 AS build\nRUN pip wheel -w /w . && pip install /w/*.whl\nFROM python:3.12-slim\nCOPY a /',
      },
    ],
    bad: [
      { code: 'FROM python:3.12-slim\nCOPY dist/*.whl .\nRUN pip install --no-cache-dir ⟦*.whl⟧' },
      { code: 'FROM ghcr.io/astral-sh/uv:python3.13-bookworm\nRUN uv pip install --system ⟦/wheels/*.whl⟧' },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const stage = facts.stageOf(run);
      if (!stage || !run.node.text.includes('.whl') || !stagesOfImage(facts).has(stage)) return;
      // What a stage of this file built is there alone.
      if (takesBuilt(stage)) return;
      for (const { command, from } of projectInstalls(facts, run)) {
        if (from !== 'wheel') continue;
        const at = command.args.findIndex(({ value }) => value === 'install');
        const args = readPipInstall(command)?.args ?? command.args.slice(at + 1);
        const word = readPipTargets(args).packages.find(
          ({ value }) => value.endsWith('.whl') && /[*?[]/.test(value),
        );
        if (word) return report(run.at(word), 'pattern', { pattern: word.value });
      }
    },
  }),
});

/** Whether wheels come from another stage, by a pattern. */
const takesBuilt = remember(({ byKeyword }: Stage) =>
  (byKeyword.get('COPY') ?? []).some(
    ({ node }) =>
      node.flags.some(({ name }) => name === 'from') &&
      (node as Copy).sources.some(({ value }) => value.includes('*') && value.endsWith('.whl')),
  ),
);
