// What the real uv says of what an image would install, before its files are written. The index is one of ours, on the
// loopback address, which holds nothing.
import '../engine/fake-vscode.ts';
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readParts } from '../parts/environment.ts';
import { type PackageIndex, servePackages } from '../parts/package-index.ts';
import { createContext, Uri } from './fake-vscode.ts';

const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { whyUnresolved } = await import('../../client/src/project/resolve.ts');

const { uv } = readParts();
const skip = uv ? false : 'needs uv';
if (skip && process.env.CI === 'true') throw new Error(skip);
const workbench = createWorkbench(createContext() as never);
const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-index-'));
let index: PackageIndex | undefined;

before(async () => {
  index = await servePackages(folder);
  Object.assign(process.env, { UV_DEFAULT_INDEX: index.url, UV_OFFLINE: '0', UV_HTTP_RETRIES: '0' });
});
after(() => {
  index?.stop();
  delete process.env.UV_DEFAULT_INDEX;
  delete process.env.UV_HTTP_RETRIES;
  rmSync(folder, { recursive: true });
});

const why = (list: string, requirements: readonly string[] = [], flags: readonly string[] = []) => {
  writeFileSync(path.join(folder, 'requirements.txt'), list);
  const install = { python: '3.12', flags, files: ['requirements.txt'], requirements };
  const user = { run: workbench.run, uv: () => uv?.file ?? 'uv' };
  return whyUnresolved(user, new Uri(`file://${folder}`) as never, install);
};

describe('what an image would install', { skip }, () => {
  it('is said not to be had, in the words of uv', async () => {
    assert.match(
      (await why('wheelhouse-has-no-such-package==1\n')) ?? '',
      /was not found in the package registry/,
    );
    assert.match((await why('blas=1.0=mkl\n')) ?? '', /no such comparison operator "="/);
    assert.match((await why('', ['wheelhouse-has-no-such-package'])) ?? '', /was not found/);
    // What pip takes on the command line alone.
    assert.match((await why('six==1.17.0 --no-binary six\n')) ?? '', /Expected/);
  });
  it('is said not to be had beside what would have to be built, of which nothing can be told', async () => {
    for (const name of ['rides_tree', 'rides_leaf'])
      writeFileSync(path.join(folder, `${name}-1.0.tar.gz`), '');
    const sources = 'rides-tree==1.0\nrides-leaf\n';
    assert.equal(await why(sources), undefined);
    assert.match((await why(`${sources}wheelhouse-has-no-such-package==1\n`)) ?? '', /was not found/);
    assert.match((await why(`${sources}rides-none`)) ?? '', /rides-none was not found/);
    assert.match((await why('rides-leaf\n', ['rides-tree==2.0'])) ?? '', /no version of rides-tree==2\.0/);
    assert.deepEqual(
      readdirSync(tmpdir()).filter((name) => name.startsWith('wheelhouse-resolve-')),
      [],
    );
  });
  it('is taken as it is where it can be had, and where that cannot be told', async () => {
    assert.equal(await why('# nothing\n'), undefined);
    // Images have the last release of a Python, not its first one.
    assert.equal(await why('rides-none; python_full_version < "3.12.1"\n'), undefined);
    const silent = ['--default-index', 'http://127.0.0.1:9/simple'];
    assert.equal(await why('six==1.17.0\n', [], silent), undefined);
    process.env.UV_OFFLINE = '1';
    assert.equal(await why('six==1.17.0\n'), undefined);
  });
});
