// The project around a Dockerfile as it is read from disk: manifests, lock files, what lies in the build context, and what
// is broken or far too large there.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CodeAction } from 'vscode-languageserver';
import { listFolderUri, readFileUri } from '../../server/src/adapters/node-files.ts';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { printSize } from '../../server/src/facts/sizes.ts';
import { admitsPython } from '../../server/src/facts/version-specifiers.ts';
import { fitsPython, readWheelName } from '../../server/src/facts/wheels.ts';
import type { FileProblem, FolderEntry } from '../../server/src/ports/ports.ts';
import { createContextReader } from '../../server/src/project/build-context.ts';
import { listContext } from '../../server/src/project/context-files.ts';
import { readPyproject } from '../../server/src/project/pyproject.ts';
import { readSetupScript } from '../../server/src/project/setup-script.ts';
import { readUvLock } from '../../server/src/project/uv-lock.ts';
import { createService } from '../../server/src/service.ts';
import { startServer } from './client.ts';
import { loadTestShellParser } from './linter.ts';

const root = mkdtempSync(path.join(tmpdir(), 'wheelhouse-project-'));
after(() => rmSync(root, { recursive: true }));
const write = (file: string, text: string | Uint8Array) => {
  const full = path.join(root, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, text);
  return pathToFileURL(full).href;
};
const ports = { readFile: readFileUri, listFolder: listFolderUri, isLive: true };

describe('pyproject.toml', () => {
  it('is read', () => {
    const { project, problem } = readPyproject(
      '[project]\nname = "My_Bikes"\nversion = "1.2"\nrequires-python = ">=3.12"\nreadme = { file = "ABOUT.md" }\nlicense = { file = "LICENSE" }\nlicense-files = ["NOTICE"]\ndependencies = ["numpy>=2", "not a requirement !"]\n[project.scripts]\nbikes = "bikes:main"\ntrain = "bikes.train:main"\n[build-system]\nrequires = ["hatchling>=1"]\n[dependency-groups]\ndev = ["ruff"]\ntest = ["pytest"]\nempty = []\n[tool.uv]\nlink-mode = "copy"\npip = { system = true }\n',
    );
    assert.equal(problem, undefined);
    assert.deepEqual(project, {
      name: 'my-bikes',
      version: '1.2',
      requiresPython: '>=3.12',
      readmes: ['ABOUT.md'],
      licenseFiles: ['NOTICE'],
      oldLicense: 'LICENSE',
      packagePaths: [],
      toldCode: [],
      selectsFiles: false,
      isPoetryApplication: false,
      poetry: undefined,
      hasBuildSystem: true,
      buildRequires: ['hatchling'],
      scripts: ['bikes', 'train'],
      isDynamic: false,
      dynamic: [],
      extras: [],
      choices: [
        ['dev', 'ruff'],
        ['test', 'pytest'],
      ].map(([of, name]) => ({
        of: `group ${of}`,
        asked: { name, extras: [], specifier: '', exact: undefined },
      })),
      uv: {
        defaultGroups: ['dev'],
        settings: ['link-mode', 'pip', 'pip.system'],
        isWorkspace: false,
        isPackage: true,
        indexes: [],
        fromWorkspace: [],
        paths: [],
        hasRepositories: false,
        sources: new Map(),
      },
      dependencies: [{ name: 'numpy', extras: [], specifier: '>=2', exact: undefined }],
    });
  });

  it('names the indexes of uv and what comes from them', () => {
    const { project } = readPyproject(
      '[project]\nname = "bikes"\n[[tool.uv.index]]\nname = "cpu"\nurl = "https://download.pytorch.org/whl/cpu"\nexplicit = true\n[[tool.uv.index]]\nurl = 3\n[tool.uv.sources]\ntorch = [{ index = "cpu", marker = "x" }, { index = "cu128" }]\nbikes_core = { path = "../core" }\n',
    );
    assert.deepEqual(project?.uv.indexes, [{ name: 'cpu', url: 'https://download.pytorch.org/whl/cpu' }]);
    assert.deepEqual(
      [...(project?.uv.sources ?? [])],
      [
        ['torch', ['cpu', 'cu128']],
        ['bikes-core', []],
      ],
    );
  });

  it('that is broken says where, and one with other types is as good as empty', () => {
    const text = '[project]\nname = "bikes\nversion = 1\n';
    const { project, problem } = readPyproject(text);
    assert.equal(project, undefined);
    assert.match(problem?.message ?? '', /no valid TOML/);
    assert.equal(text.slice(0, problem?.start).split('\n').length, 2);
    const groups = (uv: string) =>
      readPyproject(`[dependency-groups]\nserve = ["six"]\nempty = []\n[tool.uv]\n${uv}`).project?.uv
        .defaultGroups;
    assert.deepEqual(groups('dev-dependencies = ["ruff"]'), ['dev']);
    assert.deepEqual(groups('default-groups = ["serve", "empty"]'), ['serve']);
    assert.deepEqual(groups('default-groups = "all"'), ['serve']);
    const odd = readPyproject('project = 3\n');
    assert.deepEqual([odd.problem, odd.project?.name, odd.project?.dependencies], [undefined, undefined, []]);
    assert.deepEqual(readPyproject('[project]\ndependencies = "numpy"\nreadme = 7\n').project?.readmes, []);
  });
});

describe('setup.py', () => {
  it('names the files that it reads', () => {
    const reads = (text: string) => readSetupScript(`from setuptools import setup\n${text}`);
    assert.deepEqual(reads('setup(name="bikes", long_description=open("README.md").read())\n'), [
      'README.md',
    ]);
    assert.deepEqual(reads("with io.open(path.join(here, 'README.rst'), encoding='utf-8') as f:\n"), [
      'README.rst',
    ]);
    assert.deepEqual(reads('long = (Path(__file__).parent / "README.md").read_text()\n'), ['README.md']);
    assert.deepEqual(reads('requires = read("requirements/base.txt").split()\n# open("old.txt")\n'), [
      'requirements/base.txt',
    ]);
    assert.deepEqual(reads('v = open(os.path.join("src", "bikes", "VERSION.txt")).read()\n'), []);
    assert.deepEqual(reads('open("log.txt", "w").write(x)\nsetup(name="README.md")\n'), []);
    assert.deepEqual(reads('if os.path.exists("README.md"):\n  long = open("README.md").read()\n'), []);
    assert.deepEqual(reads('try:\n  long = open("README.md").read()\nexcept OSError:\n  long = ""\n'), []);
  });
});

describe('uv.lock', () => {
  it('gives packages, wheels and what was asked for', async () => {
    const lock = await readUvLock(
      'version = 1\nrequires-python = ">=3.12"\n\n[[package]]\nname = "bikes"\nversion = "1.0"\nsource = { editable = "." }\ndependencies = [{ name = "torch" }]\n\n[package.metadata]\nrequires-dist = [{ name = "torch", specifier = "==2.9.0" }, { name = "ruff", marker = "extra == \'dev\'" }]\n\n[[package]]\nname = "torch"\nversion = "2.9.0+cpu"\nsource = { registry = "https://download.pytorch.org/whl/cpu" }\nwheels = [{ url = "https://x.org/torch-2.9.0%2Bcpu-cp313-cp313-manylinux_2_28_x86_64.whl" }]\n',
    );
    assert.equal(lock?.requiresPython, '>=3.12');
    const [bikes, torch] = lock?.packages ?? [];
    assert.deepEqual(bikes?.requires, [{ name: 'torch', extras: [], specifier: '==2.9.0', exact: '2.9.0' }]);
    assert.deepEqual([bikes?.isLocal, torch?.isLocal], [true, false]);
    assert.deepEqual(torch?.wheels, ['torch-2.9.0+cpu-cp313-cp313-manylinux_2_28_x86_64.whl']);
    assert.equal(torch?.registry, 'https://download.pytorch.org/whl/cpu');
  });

  it('that is broken is as good as none', async () => {
    for (const text of ['[[package]\n', 'version = ', '[[package]]\nname = \n']) {
      assert.equal(await readUvLock(text), undefined, text);
    }
  });

  it('of 20 MB lets other work go on', async () => {
    const wheel = `    { url = "https://files.example.org/${'x'.repeat(80)}/a-1-cp313-cp313-manylinux_2_28_x86_64.whl", hash = "sha256:${'0'.repeat(64)}", size = 1 },\n`;
    const one = (at: number) =>
      `[[package]]\nname = "p${at}"\nversion = "1"\nsource = { registry = "https://pypi.org/simple" }\nwheels = [\n${wheel.repeat(40)}]\n\n`;
    const text = `version = 1\n\n${Array.from({ length: 2200 }, (_, at) => one(at)).join('')}`;
    assert.ok(text.length > 20e6);
    let turns = 0;
    const counting = setInterval(() => turns++, 0);
    const lock = await readUvLock(text);
    clearInterval(counting);
    assert.equal(lock?.packages.length, 2200);
    assert.ok(turns > 50, `${turns} turns of other work`);
  });
});

describe('what lies in a build context', () => {
  it('is listed without following links', async () => {
    write('links/src/a.py', 'print()\n');
    symlinkSync(path.join(root, 'links'), path.join(root, 'links/src/loop'));
    const listed = await listContext(pathToFileURL(path.join(root, 'links')).href, listFolderUri);
    assert.deepEqual(listed?.files.map((file) => file.path).sort(), ['src/a.py', 'src/loop']);
    assert.equal(listed?.isComplete, true);
    assert.equal(listed?.files.find((file) => file.path === 'src/a.py')?.size, 8);
    assert.equal(await listContext(pathToFileURL(path.join(root, 'nowhere')).href, listFolderUri), undefined);
  });

  it('may hold a folder that cannot be read, and names that URIs write otherwise', async () => {
    write('odd/a b#c/100%.txt', '');
    const listed = await listContext(pathToFileURL(path.join(root, 'odd')).href, async (uri) =>
      uri.endsWith('/secret') ? undefined : listFolderUri(uri),
    );
    assert.deepEqual(
      listed?.files.map((file) => file.path),
      ['a b#c/100%.txt'],
    );
  });

  it('is not looked at to the end where it holds 100,000 files', async () => {
    let asked = 0;
    const file = (name: string): FolderEntry => ({ name, kind: 'file', size: 1, changed: 0 });
    const folders = Array.from(
      { length: 1000 },
      (_, at): FolderEntry => ({ ...file(`d${at}`), kind: 'folder' }),
    );
    const listed = await listContext('file:///big', async (uri) => {
      asked++;
      return uri === 'file:///big' ? folders : Array.from({ length: 100 }, (_, at) => file(`f${at}`));
    });
    assert.equal(listed?.isComplete, false);
    assert.ok(asked < 300, `${asked} folders`);
  });
});

describe('the project of a Dockerfile', async () => {
  const parseShell = await loadTestShellParser();
  const log = (_level: string, message: string) => assert.fail(message);

  it('is known by what the Dockerfile copies, and else nothing is said of missing files', async () => {
    const findings = async (uri: string, text: string) => {
      const service = createService({ ports: { ...ports, log }, parseShell });
      const context = await service.contextOf(uri);
      return service.lint(text, defaultConfiguration, context).map(({ code }) => code);
    };
    const text = 'FROM python:3.13-slim\nCOPY src /src\nCOPY conf /conf\n';
    write('context/above/src/a.py', '');
    const inside = write('context/above/images/Dockerfile', text);
    const beside = write('context/above/Dockerfile', text);
    assert.ok(!(await findings(inside, text)).includes('copy-source-missing'), 'built from another folder');
    assert.ok((await findings(beside, text)).includes('copy-source-missing'));
  });

  it('with a broken manifest is told in that file', async () => {
    const told: [string, readonly FileProblem[]][] = [];
    const reader = createContextReader({
      ...ports,
      reportProblems: (uri, _text, problems) => told.push([uri, problems]),
    });
    const manifest = write('broken/pyproject.toml', '[project\n');
    const context = await reader.contextOf(write('broken/Dockerfile', 'FROM a\nCOPY . .\n'));
    assert.equal(context?.project, undefined);
    assert.deepEqual(
      told.map(([uri, problems]) => [uri, problems.length]),
      [[manifest, 1]],
    );
  });

  it('may have a Dockerfile that is no text', async () => {
    const bytes = new Uint8Array(5000).map((_, at) => (at * 7919) % 256);
    const uri = write('binary/Dockerfile', bytes);
    const service = createService({ ports: { ...ports, log }, parseShell });
    const context = await service.contextOf(uri);
    service.lint(Buffer.from(bytes).toString('utf8'), defaultConfiguration, context);
  });

  it('is edited where the fix lies in pyproject.toml, and left to a client that can name other files', async () => {
    const text = 'FROM nvidia/cuda:12.8.1-runtime-ubuntu24.04\nCOPY . .\nRUN uv sync --locked\n';
    const uri = write('manifest/Dockerfile', text);
    const manifest = write('manifest/pyproject.toml', '[project]\nname = "a"\ndependencies = ["torch"]\n');
    const source = '{ registry = "https://download.pytorch.org/whl/cpu" }';
    write(
      'manifest/uv.lock',
      `version = 1\n[[package]]\nname = "torch"\nversion = "2.9.0+cpu"\nsource = ${source}\n`,
    );
    const server = await startServer();
    try {
      await server.open(uri, text);
      const answer = await server.pull(uri);
      const items = answer.kind === 'full' ? answer.items : [];
      const found = items.find(({ code }) => code === 'lock-of-other-cuda');
      assert.ok(found);
      const actions = (await server.connection.sendRequest('textDocument/codeAction', {
        textDocument: { uri },
        range: found.range,
        context: { diagnostics: [found] },
      })) as CodeAction[];
      const [change] =
        actions.find(({ title }) => title.startsWith('Take torch'))?.edit?.documentChanges ?? [];
      const block =
        '[[tool.uv.index]]\nname = "pytorch-cu128"\nurl = "https://download.pytorch.org/whl/cu128"';
      const at = { line: 3, character: 0 };
      assert.deepEqual(change, {
        textDocument: { uri: manifest, version: null },
        edits: [
          {
            range: { start: at, end: at },
            newText: `\n${block}\nexplicit = true\n\n[tool.uv.sources]\ntorch = { index = "pytorch-cu128" }\n`,
          },
        ],
      });
    } finally {
      await server.stop();
    }
  });

  it('is watched: a wheel that is built takes the finding away, and the fix reaches the ignore file', async () => {
    const text = 'FROM python:3.13-slim\nCOPY dist/*.whl ./\n';
    const uri = write('watched/Dockerfile', text);
    write('watched/pyproject.toml', '[project]\nname = "bikes"\n');
    const server = await startServer({
      initializationOptions: { taskCommands: { buildWheel: 'wheelhouse.wheels.build' } },
    });
    try {
      await server.open(uri, text);
      const report = async () => {
        const answer = await server.pull(uri);
        return answer.kind === 'full' ? answer.items : [];
      };
      const codes = async () => (await report()).map(({ code }) => code);
      const missing = (await report()).find(({ code }) => code === 'wheel-missing');
      assert.ok(missing);
      const offered = (await server.connection.sendRequest('textDocument/codeAction', {
        textDocument: { uri },
        range: missing.range,
        context: { diagnostics: [missing], only: ['quickfix'] },
      })) as CodeAction[];
      assert.deepEqual(offered.find(({ title }) => title === 'Build the wheel')?.command, {
        title: 'Build the wheel',
        command: 'wheelhouse.wheels.build',
        arguments: [{ project: path.join(root, 'watched') }],
      });
      const wheel = write('watched/dist/bikes-1.0-py3-none-any.whl', '');
      const notify = (changed: string, type: number) =>
        server.connection.sendNotification('workspace/didChangeWatchedFiles', {
          changes: [{ uri: changed, type }],
        });
      await notify(wheel, 1);
      assert.ok(!(await codes()).includes('wheel-missing'));
      const ignoreFile = write('watched/.dockerignore', '.venv\ndist');
      await notify(ignoreFile, 1);
      const ignored = (await report()).find(({ code }) => code === 'CopyIgnoredFile');
      assert.ok(ignored);
      const actions = (await server.connection.sendRequest('textDocument/codeAction', {
        textDocument: { uri },
        range: ignored.range,
        context: { diagnostics: [ignored] },
      })) as { title: string; edit?: { documentChanges?: unknown[] } }[];
      const action = actions.find(({ title }) => title.startsWith('Add !dist'));
      assert.deepEqual(action?.edit?.documentChanges, [
        {
          textDocument: { uri: ignoreFile, version: null },
          edits: [
            {
              range: { start: { line: 1, character: 4 }, end: { line: 1, character: 4 } },
              newText: '\n!dist/*.whl\n',
            },
          ],
        },
      ]);
    } finally {
      await server.stop();
    }
  });
});

it('knows which Pythons a specifier admits', () => {
  const cases: [string, number, boolean | undefined][] = [
    ['>=3.13', 12, false],
    ['>=3.13', 13, true],
    ['>=3.10,<3.13', 13, false],
    ['>=3.10,<3.13', 12, true],
    ['<3.13.2', 13, true],
    ['<4', 14, true],
    ['~=3.12', 14, true],
    ['~=3.12.1', 13, false],
    ['==3.12.*', 13, false],
    ['==3.12.*', 12, true],
    ['!=3.12.*,>=3.9', 12, false],
    ['>3.12', 12, true],
    ['>3', 12, true],
    ['<=3.12', 12, true],
    ['', 9, true],
    ['three', 9, undefined],
  ];
  for (const [specifier, minor, expected] of cases) {
    assert.equal(admitsPython(specifier, { major: 3, minor }), expected, `${specifier} and 3.${minor}`);
  }
});

it('knows which Pythons a wheel goes with', () => {
  const cases: [string, boolean][] = [
    ['a-1-py3-none-any.whl', true],
    ['a-1-py2.py3-none-any.whl', true],
    ['a-1-py2-none-any.whl', false],
    ['a-1-cp312-cp312-linux_x86_64.whl', false],
    ['a-1-cp313-cp313-linux_x86_64.whl', true],
    ['a-1-1-cp39-abi3-manylinux1_x86_64.whl', true],
    ['a-1-cp314-abi3-manylinux1_x86_64.whl', false],
    ['a-1-pp310-pypy310_pp73-any.whl', false],
  ];
  for (const [file, expected] of cases) {
    const wheel = readWheelName(`dist/${file}`);
    assert.ok(wheel, file);
    assert.equal(fitsPython(wheel, { major: 3, minor: 13 }), expected, file);
  }
  assert.equal(readWheelName('dist/bikes.whl'), undefined);
});

it('prints sizes', () => {
  const cases: [number, string][] = [
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [9_960, '10.0 kB'],
    [123_456_789, '123 MB'],
    [999_600_000, '1.0 GB'],
  ];
  for (const [bytes, expected] of cases) assert.equal(printSize(bytes), expected);
});
