// The files of a project that name packages, Pythons and services, as they are read from disk.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { listFolderUri, readFileUri } from '../../server/src/adapters/node-files.ts';
import { requirementFile } from '../../server/src/facts/required-packages.ts';
import { createContextReader } from '../../server/src/project/build-context.ts';
import { readCompose } from '../../server/src/project/compose.ts';
import { readEnvironment } from '../../server/src/project/conda-environment.ts';
import { readPythonVersion, readRequirementFile } from '../../server/src/project/requirement-files.ts';

const root = mkdtempSync(path.join(tmpdir(), 'wheelhouse-package-files-'));
after(() => rmSync(root, { recursive: true }));
const write = (file: string, text: string) => {
  const full = path.join(root, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, text);
  return pathToFileURL(full).href;
};
const ports = { readFile: readFileUri, listFolder: listFolderUri, isLive: true };

describe('files that name packages', () => {
  it('are read: requirements with options, hashes, comments and broken lines', () => {
    const file = readRequirementFile(
      'requirements.txt',
      '\ufeff# all\r\n-i https://pypi.example.org/simple\r\n--extra-index-url=https://other.example.org\r\n-r base.txt\r\ntorch==2.8.0 \\\r\n    --hash=sha256:00\r\nnumpy >= 2 # why\r\n-e .\r\n./wheels/a.whl\r\n???\r\nuvicorn[standard]; python_version > "3"\r\n',
    );
    assert.deepEqual(
      file.requirements.map(({ name, specifier }) => name + specifier),
      ['torch==2.8.0', 'numpy>=2', 'uvicorn'],
    );
    assert.deepEqual(file.indexes, ['https://pypi.example.org/simple', 'https://other.example.org']);
    assert.deepEqual(file.includes, ['base.txt']);
    assert.deepEqual(file.locals, ['.', './wheels/a.whl']);
  });

  it('are read: requirements that take code of the project along', () => {
    const { constraints, locals } = readRequirementFile(
      'requirements.txt',
      '-c limits.txt\n--constraint=https://example.org/c.txt\n-e git+https://example.org/a.git\na @ git+https://example.org/a.git\nb[x] @ file:///libs/b ; python_version > "3"\nlibs/c\nd-1.0.tar.gz\n-f wheels\n--find-links https://example.org/wheels\n--editable=./e\nhttps://example.org/f.whl\n${HOME}/g\nh==1 # ./no\n',
    );
    assert.deepEqual(constraints, ['limits.txt', 'https://example.org/c.txt']);
    assert.deepEqual(locals, ['file:///libs/b', 'libs/c', 'd-1.0.tar.gz', 'wheels', './e', '${HOME}/g']);
  });

  it('are read: environment.yml, also one that is none', () => {
    const environment = readEnvironment(
      'environment.yml',
      'channels: [conda-forge, 3]\ndependencies:\n  - python=3.12\n  - pip:\n      - torch==2.8.0\n      - 7\n',
    );
    assert.deepEqual(environment?.channels, ['conda-forge']);
    assert.deepEqual(environment?.packages, ['python=3.12']);
    assert.deepEqual(
      environment?.requirements.map(({ exact }) => exact),
      ['2.8.0'],
    );
    for (const text of ['- a', 'a: [', '', 'dependencies: no', '&a [*a]'])
      assert.equal(readEnvironment('environment.yml', text), undefined, text);
  });

  it('are read: .python-version', () => {
    const cases: [string, string | undefined][] = [
      ['3.12\n', '3.12'],
      ['# pinned\n\n3.13.1\n', '3.13'],
      ['cpython-3.12.4-linux-x86_64-gnu\n', '3.12'],
      ['pypy@3.10\n', undefined],
      ['', undefined],
    ];
    for (const [text, expected] of cases) assert.equal(readPythonVersion(text), expected, text);
  });

  it('are read: the services of a Compose file that are built from a Dockerfile', () => {
    const text =
      'x: &shm { shm_size: 8gb }\nservices:\n  fit:\n    build: .\n    <<: *shm\n  api:\n    build: { context: ./, dockerfile: ./Dockerfile }\n  gpu:\n    build: { context: ., dockerfile: Dockerfile.gpu }\n  db:\n    image: postgres\n';
    const services = readCompose('file:///compose.yaml', text, 'Dockerfile');
    assert.deepEqual(
      services.map(({ name, hasSharedMemory }) => [name, hasSharedMemory]),
      [
        ['fit', true],
        ['api', false],
      ],
    );
    assert.equal(text.slice(services[1]?.at.span.start, services[1]?.at.span.end), 'api');
    assert.equal(readCompose('file:///compose.yaml', text, 'Dockerfile.gpu')[0]?.name, 'gpu');
    const usual = readCompose('file:///compose.yaml', 'services:\n  web:\n    build: .\n', 'dockerfile');
    assert.deepEqual(
      usual.map(({ name }) => name),
      ['web'],
    );
    for (const broken of ['services: [', 'services: 3', '', 'services: { a: 1, [b]: {} }', '&a [*a]'])
      assert.deepEqual(readCompose('file:///compose.yaml', broken, 'Dockerfile'), [], broken);
  });

  it('belong to the project, and are found by an install from a folder of the image', async () => {
    write('listed/requirements/prod.txt', 'torch==2.8.0\n');
    write('listed/requirements-dev.txt', 'ruff\n');
    write('listed/.python-version', '3.12\n');
    write('listed/environment.yaml', 'dependencies: [python]\n');
    const uri = write(
      'listed/Dockerfile',
      'FROM python:3.12\nCOPY . /app\nRUN pip install -r /app/requirements/prod.txt\n',
    );
    const context = await createContextReader(ports).contextOf(uri);
    assert.deepEqual(
      context?.requirementFiles?.map((file) => file.path),
      ['requirements-dev.txt', 'requirements/prod.txt'],
    );
    assert.deepEqual([context.pinnedPython, context.environment?.path], ['3.12', 'environment.yaml']);
    assert.equal(requirementFile(context, '/app/requirements/prod.txt')?.requirements[0]?.name, 'torch');
    assert.equal(requirementFile(context, 'other.txt'), undefined);
  });
});
