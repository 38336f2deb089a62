import { contextSources, hasWildcard, sentFilesOf } from '../../facts/context-sources.ts';
import { namedWheels } from '../../facts/wheels.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

const messages = {
  several:
    '`{path}` fits {count} wheels of {name}, of which only one can be installed. Name one of them, or remove the old ones.',
} as const;

export default defineRule({
  code: 'wheel-several',
  name: 'wheel-several',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  ofTheMoment: true,
  family: 'project',
  summary: 'A pattern copies several wheels of one project',
  why: '`uv build` leaves the wheels of earlier versions in `dist`, so that after a new version there are two. BuildKit copies both, and uv then ends with "Requirements contain conflicting URLs for package"; the older builder refuses a destination without `/` (measured with uv 0.13). `uv build --wheel --clear` empties the folder before.',
  messages,
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.13-slim\nCOPY dist/*.whl ./',
        context: { 'dist/bikes-4.1.0-py3-none-any.whl': '', 'dist/tools-1.0-py3-none-any.whl': '' },
      },
      {
        code: 'FROM python:3.13-slim\nCOPY dist/*.whl ./',
        context: {
          '.dockerignore': 'dist/bikes-4.1.0*\n',
          'dist/bikes-4.1.0-py3-none-any.whl': '',
          'dist/bikes-4.2.0-py3-none-any.whl': '',
        },
      },
      {
        code: 'FROM python:3.13-slim\nCOPY dist/*.whl ./',
        context: {
          'dist/a-1.0-cp312-cp312-linux_x86_64.whl': '',
          'dist/a-1.0-cp313-cp313-linux_x86_64.whl': '',
        },
        note: 'one version for several Pythons',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.13-slim\nCOPY ⟦dist/*.whl⟧ ./',
        fixed: 'FROM python:3.13-slim\nCOPY dist/bikes-4.2.0-py3-none-any.whl ./',
        context: { 'dist/bikes-4.1.0-py3-none-any.whl': '', 'dist/bikes-4.2.0-py3-none-any.whl': '' },
      },
      {
        code: 'FROM python:3.13-slim\nADD ⟦./dist/*⟧ /wheels/',
        fixed: 'FROM python:3.13-slim\nADD dist/bikes-2-py3-none-any.whl /wheels/',
        context: {
          'dist/Bikes-1-py3-none-any.whl': '',
          'dist/bikes-2-py3-none-any.whl': '',
          'dist/x.txt': '',
        },
      },
    ],
  },
  create: () => ({ COPY: check, ADD: check }),
});

function check(copy: Instruction, { facts, report }: RuleContext<typeof messages>): void {
  const { context } = facts;
  if (!context?.files) return;
  for (const { word, path } of contextSources(facts, copy)) {
    if (!hasWildcard(path)) continue;
    const wheels = namedWheels(sentFilesOf(context, path));
    const [newest] = wheels;
    const same = wheels.filter(({ name }) => name === newest?.name);
    if (!newest || new Set(same.map(({ version }) => version)).size < 2) continue;
    const span = copy.at(word);
    report(span, 'several', { path, count: same.length, name: newest.name }, () => ({
      title: `Copy ${newest.path}`,
      safety: 'unsafe',
      edits: [{ span, text: newest.path }],
    }));
  }
}
