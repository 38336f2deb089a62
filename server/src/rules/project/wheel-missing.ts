import { contextSources, filesOf } from '../../facts/context-sources.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

const messages = {
  missing: 'There is no wheel `{path}` in the build context. Build it first, with `uv build --wheel`.',
} as const;

export default defineRule({
  code: 'wheel-missing',
  name: 'wheel-missing',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  ofTheMoment: true,
  family: 'project',
  summary: 'A wheel that is copied was not built yet',
  why: 'The build then ends with "no such file or directory". Or worse, where `dist` is there and holds no wheel, some builders copy nothing and go on, as a pattern may match nothing; the next step then ends with "The wheel filename `*.whl` is invalid" (measured with uv 0.13, buildx and the client of Docker 20.10). Found in an editor only, as a fresh clone has no wheels.',
  messages,
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.13-slim\nCOPY dist/*.whl ./',
        context: { 'pyproject.toml': '', 'dist/bikes-4.1.0-py3-none-any.whl': '' },
      },
      { code: 'FROM python:3.13-slim\nCOPY dist/*.whl ./', note: 'nothing is known of the folder' },
      {
        code: 'FROM python:3.13 AS build\nRUN uv build --wheel\nFROM python:3.13-slim\nCOPY --from=build dist/*.whl ./',
        context: { 'pyproject.toml': '' },
      },
    ],
    bad: [
      { code: 'FROM python:3.13-slim\nCOPY ⟦dist/*.whl⟧ ./', context: { 'pyproject.toml': '' } },
      {
        code: 'FROM python:3.13-slim\nCOPY ⟦dist/bikes-4.2.0-py3-none-any.whl⟧ ./',
        context: { 'dist/.gitignore': '*', 'dist/bikes-4.1.0-py3-none-any.whl': '' },
      },
      {
        code: 'FROM python:3.13-slim\nRUN ⟦--mount=source=dist/bikes.whl,target=/wheels/bikes.whl⟧ echo',
        context: { 'dist/bikes-4.1.0.tar.gz': '' },
      },
    ],
  },
  create: () => ({ COPY: check, ADD: check, RUN: check }),
});

function check(instruction: Instruction, { facts, report }: RuleContext<typeof messages>): void {
  const { context } = facts;
  if (!context?.files?.isComplete) return;
  for (const { word, path } of contextSources(facts, instruction)) {
    if (!path.endsWith('.whl') || filesOf(context, path).length > 0) continue;
    report(instruction.at(word), 'missing', { path }, () =>
      context.project
        ? { title: 'Build the wheel', safety: 'unsafe', edits: [], task: 'buildWheel' }
        : undefined,
    );
  }
}
