// Dependencies first: what is installed before the code comes in, and where that cannot be known. That uv does what the
// edits rest on was measured by hand (server/src/facts/uv-split.ts).
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import type { ExampleContext } from '../../server/src/lint/rule.ts';
import { contextOfTexts } from '../../server/src/project/context-of-texts.ts';
import { createService } from '../../server/src/service.ts';
import { loadTestShellParser } from './linter.ts';

const service = createService({
  ports: {
    readFile: async () => undefined,
    log: (level, message) => assert.fail(`${level}: ${message}`),
  },
  parseShell: await loadTestShellParser(),
});

/** What becomes of a Dockerfile; undefined where nothing is offered. */
async function first(lines: readonly string[], files?: ExampleContext, id = 'dependencies-first') {
  const text = `${lines.join('\n')}\n`;
  const context = files && (await contextOfTexts(files));
  const texts = Object.entries(files ?? {}).filter(([, content]) => typeof content === 'string');
  const sources = files && new Map(texts as [string, string][]);
  const optimized = service.optimize(text, defaultConfiguration, context, { ids: [id], sources });
  return optimized.applied.length > 0 ? optimized.text.trimEnd().split('\n') : undefined;
}

const lockOf = (...sources: string[]) =>
  `version = 1\n${sources.map((source, i) => `\n[[package]]\nname = "p${i}"\nsource = { ${source} }\n`).join('')}`;
const own = 'editable = "."';

describe('uv sync', () => {
  const from = ['FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim', 'WORKDIR /app'];
  const manifest = '[project]\nname = "p0"\nversion = "1"\n';
  const binds =
    '--mount=type=bind,source=uv.lock,target=uv.lock --mount=type=bind,source=pyproject.toml,target=pyproject.toml';
  const synced = async (files: ExampleContext, sync = 'uv sync --locked', base = from) =>
    (await first([...base, 'COPY . .', `RUN ${sync}`], files))?.[2];

  const kinds: Readonly<Record<string, [files: ExampleContext, expected: string]>> = {
    'a plain project': [
      { 'pyproject.toml': manifest, 'uv.lock': lockOf(own) },
      `RUN ${binds} uv sync --locked --no-install-project`,
    ],
    'a folder as source': [
      { 'pyproject.toml': manifest, 'uv.lock': lockOf(own, 'directory = "libs/a"') },
      `RUN ${binds} uv sync --frozen --no-install-local`,
    ],
    'an editable one outside of the folder': [
      { 'pyproject.toml': manifest, 'uv.lock': lockOf(own, 'editable = "../a"') },
      `RUN ${binds} uv sync --frozen --no-install-local`,
    ],
    'a wheel as source': [
      { 'pyproject.toml': manifest, 'uv.lock': lockOf(own, 'path = "wheels/a-1-py3-none-any.whl"') },
      `RUN ${binds} uv sync --frozen --no-install-local`,
    ],
    'members of a workspace': [
      {
        'pyproject.toml': `${manifest}[tool.uv.workspace]\nmembers = ["libs/*"]\n`,
        'uv.lock': lockOf(own, 'editable = "libs/a"').replace(
          '\n\n',
          '\n[manifest]\nmembers = ["p0", "p1"]\n\n',
        ),
      },
      `RUN ${binds} uv sync --frozen --no-install-workspace`,
    ],
    'a workspace with a source beside its members': [
      {
        'pyproject.toml': `${manifest}[tool.uv.workspace]\nmembers = ["libs/*"]\n`,
        'uv.lock': lockOf(own, 'editable = "libs/a"', 'directory = "other"').replace(
          '\n\n',
          '\n[manifest]\nmembers = ["p0", "p1"]\n\n',
        ),
      },
      `RUN ${binds} uv sync --frozen --no-install-local`,
    ],
    'dependencies that the backend finds': [
      {
        'pyproject.toml': '[project]\nname = "p0"\ndynamic = ["version", "dependencies"]\n',
        'uv.lock': lockOf(own),
      },
      `RUN ${binds} uv sync --frozen --no-install-project`,
    ],
    'a Python and settings of its own': [
      {
        'pyproject.toml': manifest,
        'uv.lock': lockOf(own),
        '.python-version': '3.12\n',
        'uv.toml': 'link-mode = "copy"\n',
      },
      `RUN ${binds} --mount=type=bind,source=.python-version,target=.python-version --mount=type=bind,source=uv.toml,target=uv.toml uv sync --locked --no-install-project`,
    ],
  };
  for (const [name, [files, expected]] of Object.entries(kinds)) {
    it(`leaves the code out: ${name}`, async () => {
      assert.equal(await synced(files), expected);
    });
  }

  it('is told to take the lock file as it is where no flag says how', async () => {
    const files = { 'pyproject.toml': manifest, 'uv.lock': lockOf(own, 'directory = "a"') };
    assert.match((await synced(files, 'uv sync')) ?? '', / uv sync --frozen --no-install-local$/);
    assert.match((await synced(files, 'uv sync --frozen')) ?? '', / uv sync --frozen --no-install-local$/);
  });

  it('stays as it is where uv is too old, or the lock file does not come in', async () => {
    const files = { 'pyproject.toml': manifest, 'uv.lock': lockOf(own, 'directory = "a"') };
    const old = ['FROM python:3.12', 'COPY --from=ghcr.io/astral-sh/uv:0.8.13 /uv /bin/', 'WORKDIR /app'];
    assert.equal(await first([...old, 'COPY . .', 'RUN uv sync --locked'], files), undefined);
    const fresh = old.map((line) => line.replace('0.8.13', '0.9'));
    assert.ok(await first([...fresh, 'COPY . .', 'RUN uv sync --locked'], files));
    assert.equal(await synced({ 'pyproject.toml': manifest }), undefined);
    assert.equal(
      await synced({ 'pyproject.toml': manifest, 'uv.lock': lockOf(own), '.dockerignore': 'uv.lock' }),
      undefined,
    );
  });

  it('is not exported for a wheel where a source is a path', async () => {
    const wheel = ['FROM ghcr.io/astral-sh/uv:python3.13-bookworm', 'COPY dist/*.whl .'];
    const lines = [...wheel, 'RUN uv pip install --system *.whl'];
    const files = { 'pyproject.toml': manifest, 'uv.lock': lockOf(own), 'dist/p0-1-py3-none-any.whl': '' };
    assert.ok(await first(lines, files, 'wheel-dependencies'));
    const withFile = { ...files, 'uv.lock': lockOf(own, 'path = "a.whl"') };
    assert.equal(await first(lines, withFile, 'wheel-dependencies'), undefined);
  });
});
