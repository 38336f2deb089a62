import { contextSources, isKeptOut } from '../../facts/context-sources.ts';
import { ignoringPattern } from '../../facts/faults-elsewhere.ts';
import { defineRule, type Fix, type RuleContext } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

const messages = {
  ignored:
    '.dockerignore keeps `{path}` out of the build, so it cannot be copied. Take the pattern out of .dockerignore, or add `!{path}` below it.',
  mounted:
    '.dockerignore keeps `{path}` out of the build, so it cannot be mounted. Take the pattern out of .dockerignore, or add `!{path}` below it.',
} as const;

export default defineRule({
  code: 'CopyIgnoredFile',
  name: 'copy-ignored-file',
  aliases: ['buildkit/CopyIgnoredFile'],
  since: '0.2.0',
  severity: 'warning',
  family: 'copy',
  summary: 'COPY, ADD or a bind mount names a file that .dockerignore keeps out of the build',
  why: 'What `.dockerignore` excludes is not sent to the builder, so the copy or the mount fails with "not found" although the file lies in the folder, or a folder arrives without it (Docker build documentation, ".dockerignore files"). A common case is `dist/`, which templates of ignore files list and an image made from a wheel needs. An exception such as `!dist/*.whl` below the pattern lets the file through.',
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
      {
        code: 'FROM golang:1.25\nCOPY go.mod main.go internal/x.go conf/app.yaml ./\nCOPY internal internal\nCOPY . .',
        context: { '.dockerignore': '**\n!go.*\n!*.go\n!internal/\n!./conf/app.yaml\n' },
      },
      {
        code: 'FROM python:3.13-slim\nCOPY conf/ /conf/',
        context: { '.dockerignore': '*\n!conf/*.yaml\n', 'conf/secret.txt': '' },
        note: 'an application may be configured later',
      },
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
      {
        code: 'FROM golang:1.25\nCOPY main.go ⟦conf/other.yaml⟧ ./\nCOPY ⟦docs/*.md⟧ /docs/',
        context: { '.dockerignore': '**\n!*.go\n!conf/app.yaml\n!docs/*.rst\n', 'docs/a.md': '' },
        note: 'exceptions that fit something else',
      },
      {
        code: 'FROM python:3.13-slim\nCOPY ⟦conf/secret.txt⟧ /conf',
        context: { '.dockerignore': '*\n!**/*.txt/x\n', 'conf/secret.txt': '' },
        note: 'a file has nothing below it',
      },
      {
        code: 'FROM python:3.13-slim\nCOPY ⟦src/a.py⟧ .',
        context: { '.dockerignore': '!src/a.py\nsrc\n' },
        note: 'an exception above the pattern',
      },
      {
        code: 'FROM python:3.13-slim\nRUN ⟦--mount=type=bind,source=uv.lock,target=uv.lock⟧ --mount=type=bind,source=pyproject.toml,target=pyproject.toml uv sync --frozen --no-install-project',
        context: { '.dockerignore': '.venv\nuv.lock\n', 'pyproject.toml': '', 'uv.lock': '' },
      },
    ],
  },
  create: () => ({ COPY: check, ADD: check, RUN: check }),
});

function check(instruction: Instruction, { facts, report }: RuleContext<typeof messages>): void {
  const { context } = facts;
  if (!context?.ignoreFile) return;
  for (const { word, path, kind } of contextSources(facts, instruction)) {
    if (!isKeptOut(context, path)) continue;
    const messageId = kind === 'mount' ? 'mounted' : 'ignored';
    report(instruction.at(word), messageId, { path }, () => letThrough(path), {
      elsewhere: () => ignoringPattern(context, path),
    });
  }
}

/** Behind all others, the exception holds: the last pattern that matches decides. */
function letThrough(path: string): Fix | undefined {
  if (path === '.') return undefined;
  const title = `Add !${path} to the ignore file`;
  return { title, safety: 'unsafe', edits: [], ignoreLines: [`!${path}`] };
}
