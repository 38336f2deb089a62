// What is said of the project around a Dockerfile, held against the engine's BuildKit: a build fails, or goes on without
// the file, where there is a finding; after the fix the finding is gone and the build works. And which files reach the
// builder with an ignore file.
import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, test } from 'node:test';
import { parseIgnoreFile } from '../../server/src/syntax/ignore-file.ts';
import { applyEdits } from '../../server/src/text/edit.ts';
import { readParts } from '../parts/environment.ts';
import { run, runOrThrow } from '../parts/processes.ts';
import { createFolderBuilds, type Tree } from './folder-builds.ts';

const { from, env, root, tagOf, write, build, lint } = await createFolderBuilds('project');

/** The files below /x in the image, sorted. */
async function copied(folder: string): Promise<string[]> {
  const tag = tagOf(folder);
  const look = [
    'run',
    '--rm',
    '--entrypoint=/bin/sh',
    tag,
    '-c',
    'cd /x 2>/dev/null && find . -type f -o -type l',
  ];
  const { stdout } = await run('docker', look, { env });
  return stdout
    .split('\n')
    .flatMap((line) => (line === '' ? [] : line.replace('./', '')))
    .sort();
}

const wheel = 'bikes-1.0-py3-none-any.whl';
const manifest = '[project]\nname = "bikes"\nversion = "1.0"\n';
const copyWheel = 'COPY dist/*.whl /x/';

interface Case {
  readonly name: string;
  readonly files: Tree;
  readonly copy: string;
  readonly code: string;
  /** What BuildKit does where the finding is: it fails, or copies nothing and goes on. */
  readonly outcome: 'fails' | 'nothing';
  /** What the message asks for, where there is no fix that an editor can apply. */
  readonly mend?: Tree;
  readonly arrives: string;
}

const cases: readonly Case[] = [
  {
    name: 'no-dist',
    files: { 'pyproject.toml': manifest },
    copy: copyWheel,
    code: 'wheel-missing',
    outcome: 'fails',
    mend: { [`dist/${wheel}`]: '' },
    arrives: wheel,
  },
  {
    name: 'empty-dist',
    files: { 'pyproject.toml': manifest, 'dist/.gitignore': '*' },
    copy: copyWheel,
    code: 'wheel-missing',
    outcome: 'fails',
    mend: { [`dist/${wheel}`]: '' },
    arrives: wheel,
  },
  {
    name: 'other-version',
    files: { 'pyproject.toml': manifest, 'dist/bikes-0.9-py3-none-any.whl': '' },
    copy: `COPY dist/${wheel} /x/`,
    code: 'wheel-missing',
    outcome: 'fails',
    mend: { [`dist/${wheel}`]: '' },
    arrives: wheel,
  },
  {
    name: 'ignored-dist',
    files: { 'pyproject.toml': manifest, [`dist/${wheel}`]: '', '.dockerignore': 'dist\n' },
    copy: copyWheel,
    code: 'CopyIgnoredFile',
    outcome: 'fails',
    arrives: wheel,
  },
  {
    name: 'ignored-in-dist',
    files: { 'pyproject.toml': manifest, [`dist/${wheel}`]: '', '.dockerignore': 'dist/*' },
    copy: copyWheel,
    code: 'CopyIgnoredFile',
    outcome: 'fails',
    arrives: wheel,
  },
  {
    name: 'ignored-wheels',
    files: { 'pyproject.toml': manifest, [`dist/${wheel}`]: '', '.dockerignore': '.venv\n**/*.whl\n' },
    copy: copyWheel,
    code: 'CopyIgnoredFile',
    outcome: 'fails',
    arrives: wheel,
  },
  {
    name: 'other-exception',
    files: { 'a.py': '', 'conf/app.yaml': '', '.dockerignore': '**\n!*.py\n!conf/x*.yaml\n' },
    copy: 'COPY a.py conf/app.yaml /x/',
    code: 'CopyIgnoredFile',
    outcome: 'fails',
    arrives: 'app.yaml',
  },
  {
    name: 'ignored-mount',
    files: { 'pyproject.toml': manifest, 'uv.lock': 'version = 1\n', '.dockerignore': '.venv\nuv.lock\n' },
    copy: 'RUN --mount=type=bind,source=uv.lock,target=/y/uv.lock cp /y/uv.lock /x/',
    code: 'CopyIgnoredFile',
    outcome: 'fails',
    arrives: 'uv.lock',
  },
  {
    name: 'misspelt',
    files: { 'pyproject.toml': manifest, 'uv.lock': 'version = 1\n' },
    copy: 'COPY uv.lok /x/',
    code: 'copy-source-missing',
    outcome: 'fails',
    arrives: 'uv.lock',
  },
  {
    name: 'pattern',
    files: { 'pyproject.toml': manifest, 'train.yml': '' },
    copy: 'COPY tr*.yaml /x/',
    code: 'copy-source-missing',
    outcome: 'nothing',
    mend: { 'train.yaml': '' },
    arrives: 'train.yaml',
  },
];

// A client that sends a whole folder makes the builder go on where nothing in it fits; this one sends what a pattern fits.
describe('findings about the project and what BuildKit does', {
  skip: from ? false : 'needs an engine',
}, () => {
  for (const { name, files, copy, code, outcome, mend, arrives } of cases) {
    test(name, async () => {
      const text = `FROM ${from}\nRUN mkdir /x\n${copy}\n`;
      write(name, { ...files, Dockerfile: text });
      const found = (await lint(name, text)).find((finding) => finding.code === code);
      assert.ok(found, 'there is a finding');
      const before = await build(name);
      assert.equal(before.code === 0, outcome === 'nothing', before.stderr);
      if (outcome === 'nothing') assert.deepEqual(await copied(name), []);

      const [fix] = found.fixes();
      const fixed = applyEdits(text, fix?.edits ?? []);
      const ignored = files['.dockerignore'] ?? '';
      const lines = fix?.ignoreLines && { '.dockerignore': `${ignored}\n${fix.ignoreLines.join('\n')}\n` };
      write(name, { Dockerfile: fixed, ...mend, ...lines });
      assert.ok(mend || fix, 'there is a way out');
      assert.deepEqual(
        (await lint(name, fixed)).filter((finding) => finding.code === code),
        [],
      );
      const after = await build(name);
      assert.equal(after.code, 0, after.stderr);
      assert.ok((await copied(name)).includes(arrives));
    });
  }

  const tree: Tree = {
    'a.md': '',
    'README.md': '',
    'docs/a.md': '',
    'docs/deep/b.md': '',
    'src/bikes/a.py': '',
    'src/bikes/data/big.csv': '',
    'data/train.csv': '',
    'data/keep/small.csv': '',
    'dist/a.whl': '',
    'dist/.gitignore': '',
    'x y.txt': '',
    '.venv/bin/python': '',
  };
  const ignoreFiles: readonly string[] = [
    '*.md\n!README.md\n',
    '**/*.md\n!docs/deep\n',
    'data\n!data/keep\n',
    'data/*\n!data/keep/**\n',
    '*\n!src\n!dist/*.whl\n',
    '**\n!src/**/*.py\n',
    '/docs/\n./data\n# src\n  dist  \n',
    'src/*/data\ndoc?\n[ad]*.md\n',
    '!a.md\n*.md\n',
    '.*\nx y.txt\n',
    'docs/../data\n**/deep/..\n',
    'src/bikes\n!src/bikes/a.py\nsrc/bikes/*.py\n',
  ];
  test('the files that an ignore file lets through', async () => {
    for (const [at, text] of ignoreFiles.entries()) {
      const name = `ignore-${at}`;
      write(name, { ...tree, '.dockerignore': text, Dockerfile: `FROM ${from}\nCOPY . /x/\n` });
      const { code, stderr } = await build(name);
      assert.equal(code, 0, stderr);
      const { keepsOut } = parseIgnoreFile(text);
      const all = [...Object.keys(tree), '.dockerignore', 'Dockerfile'];
      assert.deepEqual(
        all.filter((file) => !keepsOut(file)).sort(),
        await copied(name),
        JSON.stringify(text),
      );
    }
  });

  test('a lock file that is out of date ends `uv sync --locked`, and one that is made anew does not', async () => {
    const uv = readParts().uv?.file;
    assert.ok(uv, 'needs uv');
    const name = 'locked';
    const text = `FROM ${from}\nCOPY pyproject.toml uv.lock /x/\nWORKDIR /x\nRUN uv sync --locked --offline --no-cache\n`;
    // As uv wrote it when the project asked for a package that it no longer asks for.
    const old = [
      'version = 1\nrevision = 3\nrequires-python = ">=3.9"\n',
      '[[package]]\nname = "bikes"\nversion = "1.0"\nsource = { virtual = "." }\ndependencies = [{ name = "six" }]\n',
      '[package.metadata]\nrequires-dist = [{ name = "six" }]\n',
      '[[package]]\nname = "six"\nversion = "1.17.0"\nsource = { registry = "https://pypi.org/simple" }\n',
    ].join('\n');
    write(name, {
      'pyproject.toml':
        '[project]\nname = "bikes"\nversion = "1.0"\nrequires-python = ">=3.9"\ndependencies = []\n',
      'uv.lock': old,
      Dockerfile: text,
    });
    const lock = () => runOrThrow(uv, ['lock', '--offline'], { env, cwd: path.join(root, name) });
    const stale = (await lint(name, text)).find(({ code }) => code === 'lock-out-of-date');
    assert.equal(stale?.fixes()[0]?.task, 'lock');
    const failed = await build(name);
    assert.notEqual(failed.code, 0);
    assert.match(failed.stderr + failed.stdout, /lockfile .*needs to be updated/);
    // What the fix starts in an editor.
    await lock();
    assert.ok(!(await lint(name, text)).some(({ code }) => code === 'lock-out-of-date'));
    const built = await build(name);
    assert.equal(built.code, 0, built.stderr);
  });

  test('a readme that is kept out, two wheels and a Python that does not fit end a build by uv', async () => {
    const uv = readParts().uv?.file;
    assert.ok(uv, 'needs uv');
    const tables = '\n[build-system]\nrequires = ["uv_build"]\nbuild-backend = "uv_build"\n';
    const project = (version: string) =>
      `[project]\nname = "bikes"\nversion = "${version}"\nreadme = "README.md"\nrequires-python = ">=3.9"\n${tables}`;
    const name = 'by-uv';
    const files = { 'README.md': '# Bikes\n', 'src/bikes/__init__.py': '', '.dockerignore': '*.md\n' };
    const inImage = `FROM ${from}\nCOPY . /x/\nWORKDIR /x\nRUN uv sync --offline --no-cache\n`;
    write(name, { ...files, 'pyproject.toml': project('1.0'), Dockerfile: inImage });
    const codes = async (text: string) => (await lint(name, text)).map(({ code }) => code);
    assert.ok((await codes(inImage)).includes('readme-left-out'));
    assert.notEqual((await build(name)).code, 0);
    write(name, { '.dockerignore': '*.md\n!README.md\n' });
    assert.ok(!(await codes(inImage)).includes('readme-left-out'));
    const synced = await build(name);
    assert.equal(synced.code, 0, synced.stderr);

    for (const version of ['1.0', '1.1']) {
      write(name, { 'pyproject.toml': project(version) });
      await runOrThrow(uv, ['build', '--wheel', '--offline', path.join(root, name)], { env });
    }
    const byWheel = `FROM ${from}\nCOPY dist/*.whl /x/\nRUN uv pip install --offline --no-cache --system /x/*.whl\n`;
    write(name, { Dockerfile: byWheel });
    const several = (await lint(name, byWheel)).find(({ code }) => code === 'wheel-several');
    assert.ok(several);
    const failed = await build(name);
    assert.notEqual(failed.code, 0);
    assert.match(failed.stderr + failed.stdout, /conflicting URLs/);
    const one = applyEdits(byWheel, several.fixes()[0]?.edits ?? []);
    write(name, { Dockerfile: one });
    const installed = await build(name);
    assert.equal(installed.code, 0, installed.stderr);
    assert.deepEqual(await copied(name), ['bikes-1.1-py3-none-any.whl']);
  });
});
