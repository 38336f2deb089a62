import { contextSources } from '../../facts/context-sources.ts';
import { ignoringPattern } from '../../facts/faults-elsewhere.ts';
import { defineRule, type Fix, type RuleContext } from '../../lint/rule.ts';
import type { Copy, Instruction } from '../../syntax/tree.ts';

const messages = {
  ignored:
    '.dockerignore keeps `{path}` out of the build, so it cannot be copied. Take the pattern out of .dockerignore, or add `!{path}` below it.',
} as const;

export default defineRule({
  code: 'CopyIgnoredFile',
  name: 'copy-ignored-file',
  aliases: ['buildkit/CopyIgnoredFile'],
  since: '0.2.0',
  severity: 'warning',
  family: 'copy',
  summary: 'COPY or ADD names a file that .dockerignore keeps out of the build',
  why: 'What `.dockerignore` excludes is not sent to the builder, so the copy fails with "not found" although the file lies in the folder, or a folder arrives without it (Docker build documentation, ".dockerignore files"). A common case is `dist/`, which templates of ignore files list and an image made from a wheel needs. An exception such as `!dist/*.whl` below the pattern lets the file through.',
  messages,
  options: {},
  examples: {
    good: [
      { code: 'FROM python:3.13-slim\nCOPY dist/*.whl ./', context: { '.dockerignore': '.venv\n.git\n' } },
      {
        code: 'FROM python:3.13-slim\nCOPY dist/*.whl ./\nCOPY src src',
        context: { '.dockerignore': '*\n!src\n!dist/*.whl\n' },
      },
      {
        code: 'FROM python:3.13-slim AS build\nFROM python:3.13-slim\nCOPY --from=build dist /dist\nADD https://example.org/dist /dist',
        context: { '.dockerignore': 'dist\n' },
      },
      { code: 'FROM python:3.13-slim\nCOPY dist/*.whl ./', note: 'no ignore file' },
    ],
    bad: [
      {
        code: 'FROM python:3.13-slim\nCOPY pyproject.toml ⟦dist/*.whl⟧ ./',
        context: { '.dockerignore': '# build\ndist/\n' },
      },
      {
        code: 'FROM python:3.13-slim\nARG MODELS=models\nCOPY ⟦"./$MODELS/best.pt"⟧ /models/\nADD ⟦/secret.txt⟧ /',
        context: { '.dockerignore': 'models\n**/*.txt\n' },
      },
      { code: 'FROM python:3.13-slim\nCOPY ⟦.⟧ /app', context: { '.dockerignore': '**\n' } },
    ],
  },
  create: () => ({ COPY: check, ADD: check }),
});

function check(copy: Instruction<Copy>, { facts, report }: RuleContext<typeof messages>): void {
  const ignoreFile = facts.context?.ignoreFile;
  if (!ignoreFile) return;
  for (const { word, path } of contextSources(facts, copy)) {
    if (!ignoreFile.excludes(path)) continue;
    report(copy.at(word), 'ignored', { path }, () => letThrough(path), {
      elsewhere: () => ignoringPattern(facts.context, path),
    });
  }
}

/** Behind all others, the exception holds: the last pattern that matches decides. */
function letThrough(path: string): Fix | undefined {
  if (path === '.') return undefined;
  const title = `Add !${path} to the ignore file`;
  return { title, safety: 'unsafe', edits: [], ignoreLines: [`!${path}`] };
}
