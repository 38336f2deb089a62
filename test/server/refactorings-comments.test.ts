// A comment tells of the instruction below it: what a refactoring adds there comes in above the comment.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ExampleContext } from '../../server/src/lint/rule.ts';
import { first, lockOf, own, plain, python } from './optimized-lines.ts';

const project = { 'pyproject.toml': '[project]\nname = "p0"\nversion = "1"\ndependencies = ["flask"]\n' };
const locked = { ...project, 'uv.lock': lockOf(own, 'registry = "x"') };
const uv = ['FROM ghcr.io/astral-sh/uv:python3.12-bookworm-slim', 'WORKDIR /app'];

describe('a comment', () => {
  const kinds: Readonly<
    Record<string, readonly [id: string, lines: readonly string[], files: ExampleContext]>
  > = {
    'of an install that reads the project': [
      'dependencies-first',
      [...python, 'COPY . .', 'ENV A=1', '# Install the program', '# with its commands', 'RUN pip install .'],
      project,
    ],
    'of a part of the project': [
      'dependencies-first',
      [...uv, 'COPY pyproject.toml uv.lock ./', '# The program', 'COPY src ./src', 'RUN uv sync --locked'],
      { ...locked, 'src/p0/__init__.py': '' },
    ],
    'of a wheel': [
      'wheel-dependencies',
      [uv[0] ?? '', '# The wheel', 'COPY dist/*.whl .', 'RUN uv pip install --system *.whl'],
      { ...locked, 'dist/p0-1-py3-none-any.whl': '' },
    ],
    'of an install of another user': [
      'cache-mounts',
      ['FROM python:3.12-slim', 'RUN useradd -m web', 'USER web', '# The packages', 'RUN pip install flask'],
      plain,
    ],
    'of the start': [
      'non-root',
      [...python, 'COPY app.py .', '  # Serve', 'CMD ["python", "app.py"]'],
      plain,
    ],
  };
  for (const [name, [id, lines, files]] of Object.entries(kinds)) {
    it(`stays above its instruction: ${name}`, async () => {
      const made = await first(lines, files, id);
      assert.ok(made);
      const at = lines.findLastIndex((line) => line.trim().startsWith('#'));
      const below = made[made.indexOf(lines[at] ?? '') + 1] ?? '';
      assert.equal(below.replace(/--mount=\S+ |--chown=\S+ /g, ''), lines[at + 1]);
    });
  }
});
