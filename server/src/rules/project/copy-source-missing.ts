import { contextSources, filesOf, hasWildcard } from '../../facts/context-sources.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { nearest } from '../../text/nearest.ts';

const messages = {
  missing: '`{path}` is not in the build context. Put it there, or correct the path.',
  similar: '`{path}` is not in the build context, but `{similar}` is. Correct the path.',
  nothing:
    'Nothing in the build context fits `{path}`, so the build fails or goes on without it. Correct the pattern.',
} as const;

export default defineRule({
  code: 'copy-source-missing',
  name: 'copy-source-missing',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  ofTheMoment: true,
  family: 'project',
  summary: 'COPY or ADD names a file that the build context does not hold',
  why: 'The build ends at this line with "not found", after everything above it has run. A pattern that fits nothing may be no failure: BuildKit then copies nothing, and what needs the file fails later (measured). The context is taken to be the folder of the Dockerfile where that holds a `pyproject.toml` or something that the file copies; a build may name another. Found in an editor only, as a fresh clone lacks what builds make.',
  messages,
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.13-slim\nARG DIR\nCOPY pyproject.toml uv.loc[k] $DIR ./\nCOPY src src\nADD https://example.org/a.bin /\nCOPY . .',
        context: { 'pyproject.toml': '', 'src/bikes/__init__.py': '' },
      },
      { code: 'FROM python:3.13-slim\nCOPY src src' },
      {
        code: 'FROM python:3.13-slim\nCOPY README* ./',
        context: { 'pyproject.toml': '' },
        note: 'it may be there or not',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.13-slim\nCOPY pyproject.toml ⟦uv.lok⟧ ./',
        fixed: 'FROM python:3.13-slim\nCOPY pyproject.toml uv.lock ./',
        context: { 'pyproject.toml': '', 'uv.lock': '' },
      },
      {
        code: 'FROM python:3.13-slim\nCOPY ⟦configs/*.yaml⟧ /configs/\nADD ⟦model/⟧ /model/',
        context: { 'pyproject.toml': '', 'configs/train.yml': '' },
      },
    ],
  },
  create: () => ({ COPY: check, ADD: check }),
});

function check(copy: Instruction, { facts, report }: RuleContext<typeof messages>): void {
  const { context } = facts;
  if (!context?.files?.isComplete) return;
  for (const { word, path } of contextSources(facts, copy)) {
    // Somebody who writes `README*` or `uv.loc[k]` means that it need not be there.
    const isOptional = /\[|^[^/*]+\*$/.test(path);
    if (path === '.' || path.endsWith('.whl') || isOptional || filesOf(context, path).length > 0) continue;
    const span = copy.at(word);
    const paths = context.files.files.map((file) => file.path);
    const similar = hasWildcard(path) ? undefined : nearest(path, paths);
    if (hasWildcard(path)) report(span, 'nothing', { path });
    else if (similar === undefined) report(span, 'missing', { path });
    else {
      const edits = [{ span, text: similar }];
      report(span, 'similar', { path, similar }, () => ({
        title: `Copy ${similar}`,
        safety: 'unsafe',
        edits,
      }));
    }
  }
}
