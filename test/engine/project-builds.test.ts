// What is said of the project around a Dockerfile, held against the engine's BuildKit: a build fails, or goes on without
// the file, where there is a finding; after the fix the finding is gone and the build works. And which files reach the
// builder with an ignore file.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { parseIgnoreFile } from '../../server/src/syntax/ignore-file.ts';
import { applyEdits } from '../../server/src/text/edit.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { run, runOrThrow } from '../parts/processes.ts';
import { createFolderService } from '../server/folder-service.ts';

const parts = readParts();
const from = parts.engine?.baseImage;
const env = { ...process.env, ...toolEnvironment(parts), DOCKER_BUILDKIT: '1' };
const root = mkdtempSync(path.join(tmpdir(), 'wheelhouse-project-builds-'));
const made = new Set<string>();
after(async () => {
  rmSync(root, { recursive: true });
  if (made.size > 0) await run('docker', ['image', 'rm', '--force', ...made], { env });
});

type Tree = Readonly<Record<string, string>>;

function write(folder: string, files: Tree): void {
  for (const [file, text] of Object.entries(files)) {
    const full = path.join(root, folder, file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, text);
  }
}

async function build(folder: string) {
  const tag = `wheelhouse-project-${folder}:1`;
  made.add(tag);
  return run('docker', ['build', '--network=none', `--tag=${tag}`, path.join(root, folder)], { env });
}

/** The files below /x in the image, sorted. */
async function copied(folder: string): Promise<string[]> {
  const tag = `wheelhouse-project-${folder}:1`;
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

/** Builds that fail in the middle of a RUN, and go through after the fix. */
interface Failing {
  readonly name: string;
  readonly files: Tree;
  readonly text: string;
  readonly code: string;
  /** What the build says at its end. */
  readonly said: RegExp;
  /** What the message asks for, where there is no fix that an editor can apply. */
  readonly mend?: Tree;
}

const byUv = (lines: string) =>
  `[project]\nname = "bikes"\nversion = "1.0"\nrequires-python = ">=3.9"\n${lines}[build-system]\nrequires = ["uv_build"]\nbuild-backend = "uv_build"\n`;
const lockOf = (kind: 'editable' | 'virtual') =>
  `version = 1\nrevision = 3\nrequires-python = ">=3.9"\n\n[[package]]\nname = "bikes"\nversion = "1.0"\nsource = { ${kind} = "." }\n`;
const code = { 'src/bikes/__init__.py': '' };
const sync = 'uv sync --offline --no-cache';
const inFolder = `FROM ${from}\nWORKDIR /app\n`;

const failing: readonly Failing[] = [
  {
    name: 'readme-uncopied',
    files: {
      ...code,
      'pyproject.toml': byUv('readme = "README.md"\n'),
      'uv.lock': lockOf('editable'),
      'README.md': '',
    },
    text: `${inFolder}COPY pyproject.toml uv.lock ./\nCOPY src src\nRUN ${sync} --frozen\n`,
    code: 'readme-left-out',
    said: /README\.md.*No such file/,
  },
  {
    name: 'licence-unmounted',
    files: { ...code, 'pyproject.toml': byUv('license-files = ["LICENSE"]\n'), LICENSE: '' },
    text: `${inFolder}COPY src src\nRUN --mount=type=bind,source=pyproject.toml,target=pyproject.toml uv build --offline --no-cache --wheel\n`,
    code: 'readme-left-out',
    said: /license-files/,
  },
  {
    name: 'readme-outside',
    files: { ...code, 'pyproject.toml': byUv('readme = "../README.md"\n') },
    text: `${inFolder}COPY . .\nRUN ${sync}\n`,
    code: 'readme-left-out',
    said: /README\.md.*No such file/,
    mend: { 'README.md': '', 'pyproject.toml': byUv('readme = "README.md"\n') },
  },
  {
    name: 'readme-of-subfolder',
    files: {
      'api/src/bikes/__init__.py': '',
      'api/pyproject.toml': byUv('readme = "README.md"\n'),
      'api/README.md': '',
    },
    text: `${inFolder}COPY api/pyproject.toml api/\nCOPY api/src api/src\nRUN cd api && uv pip install --offline --no-cache --system --break-system-packages .\n`,
    code: 'readme-left-out',
    said: /README\.md.*No such file/,
  },
  {
    name: 'code-uncopied',
    files: { ...code, 'pyproject.toml': byUv(''), 'uv.lock': lockOf('editable') },
    text: `${inFolder}COPY pyproject.toml uv.lock ./\nRUN ${sync} --locked\nCOPY . .\n`,
    code: 'project-built-before-code',
    said: /Expected a Python module at/,
  },
  {
    name: 'lock-ignored',
    files: {
      'pyproject.toml': byUv('').split('[build')[0] ?? '',
      'uv.lock': lockOf('virtual'),
      '.dockerignore': '.venv\nuv.lock\n',
    },
    text: `${inFolder}COPY . .\nRUN ${sync} --frozen\n`,
    code: 'lock-file-left-out',
    said: /Unable to find lockfile/,
  },
  {
    name: 'lock-uncopied',
    files: { 'pyproject.toml': byUv('').split('[build')[0] ?? '', 'uv.lock': lockOf('virtual') },
    text: `${inFolder}COPY pyproject.toml ./\nRUN ${sync} --locked\n`,
    code: 'lock-file-left-out',
    said: /Unable to find lockfile/,
  },
];

// A client that sends a whole folder makes the builder go on where nothing in it fits; this one sends what a pattern fits.
describe('findings about the project and what BuildKit does', {
  skip: from ? false : 'needs an engine',
}, async () => {
  const lint = async (folder: string, text: string) => {
    const service = await createFolderService();
    const context = await service.contextOf(pathToFileURL(path.join(root, folder, 'Dockerfile')).href);
    return service.lint(text, defaultConfiguration, context);
  };

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
    const uv = parts.uv?.file;
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
    const uv = parts.uv?.file;
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

  for (const { name, files, text, code, said, mend } of failing) {
    test(name, async () => {
      write(name, { ...files, Dockerfile: text });
      const found = (await lint(name, text)).filter((finding) => finding.severity === 'error');
      assert.deepEqual(
        found.map((finding) => finding.code),
        [code],
      );
      const before = await build(name);
      assert.notEqual(before.code, 0, 'the build fails');
      assert.match(before.stderr + before.stdout, said);

      const [fix] = found.flatMap((finding) => finding.fixes());
      assert.ok(fix || mend, 'there is a way out');
      const ignored = fix?.ignoreLines?.map((line) => `${line}\n`).join('') ?? '';
      write(name, {
        Dockerfile: mend?.Dockerfile ?? applyEdits(text, fix?.edits ?? []),
        ...mend,
        ...(ignored && { '.dockerignore': `${files['.dockerignore'] ?? ''}${ignored}` }),
      });
      const fixed = mend?.Dockerfile ?? applyEdits(text, fix?.edits ?? []);
      assert.deepEqual(
        (await lint(name, fixed)).filter((finding) => finding.severity === 'error'),
        [],
      );
      const after = await build(name);
      assert.equal(after.code, 0, after.stderr);
    });
  }
});
