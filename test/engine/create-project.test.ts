// A project made in an empty folder by the real uv, and what the view of wheels says before and after.
import './fake-disk.ts';
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, beforeEach, test } from 'node:test';
import type { Failure } from '../../client/src/runtime/failures.ts';
import type { JobResult } from '../../client/src/ui/jobs.ts';
import type { Node } from '../../client/src/ui/tree.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { openFolders } from './fake-disk.ts';
import { createContext, enter, execute, executeFromElsewhere, screen, workspace } from './fake-vscode.ts';

const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { registerWheels } = await import('../../client/src/wheels/commands.ts');

const parts = readParts();
const skip = parts.uv ? false : 'needs uv';
if (skip && process.env.CI === 'true') throw new Error(skip);
if (!skip) Object.assign(process.env, toolEnvironment(parts));
const limits = { skip, timeout: 60_000 };

const workbench = createWorkbench(createContext() as never);
registerWheels(workbench);
const results: JobResult[] = [];
const failures: Failure[] = [];
workbench.api.onDidFinish((result) => results.push(result));
workbench.api.onDidFail((failure) => failures.push(failure));

const home = mkdtempSync(path.join(tmpdir(), 'wheelhouse créate-'));
after(() => rmSync(home, { recursive: true }));
let folder = '';
let count = 0;
beforeEach(() => {
  folder = path.join(home, `${++count}`, 'My Bikes');
  mkdirSync(folder, { recursive: true });
  openFolders(folder);
});
const here = (name: string) => path.join(folder, name);
const read = (name: string) => readFileSync(here(name), 'utf8');
const rows = async () => (await screen.trees.get('wheelhouse.wheels')?.provider.getChildren()) as Node[];
const lacksPython = () => screen.context.get('wheelhouse.lacksPython');
const create = (kind: string | undefined, name?: string) => {
  screen.answer = ({ kind: asked }) => (asked === 'pick' ? kind : (name ?? enter));
  return execute('wheelhouse.wheels.create');
};

test(
  'a package: named after its folder, offered where there is no Python, and built from there',
  limits,
  async () => {
    writeFileSync(here('notes.txt'), '');
    assert.deepEqual(await rows(), []);
    assert.equal(lacksPython(), true);
    await create('Package');
    assert.deepEqual(failures, []);
    const result = results.at(-1);
    assert.deepEqual(result?.value, { folder, name: 'my-bikes', kind: 'package' });
    assert.match(read('pyproject.toml'), /name = "my-bikes"[\s\S]*\[build-system\]/);
    assert.ok(existsSync(here('src/my_bikes/__init__.py')));
    assert.deepEqual(screen.shown.at(-1)?.buttons, ['Build Wheel']);
    const [row] = await rows();
    assert.equal(lacksPython(), false);
    assert.equal(row?.label, 'my-bikes 0.1.0');
    assert.doesNotMatch(row?.description ?? '', /wheel/, 'no Dockerfile takes it');
    writeFileSync(here('Dockerfile'), 'FROM scratch\nCOPY dist/*.whl /\n');
    assert.match((await rows())[0]?.description ?? '', /^wheel missing/);
  },
);

test(
  'an application: no package, what is there stays, and its own folder alone is written',
  limits,
  async () => {
    const above = path.join(folder, '..', 'pyproject.toml');
    const workspaceText = '[project]\nname = "top"\nversion = "1"\n[tool.uv.workspace]\nmembers = []\n';
    writeFileSync(above, workspaceText);
    writeFileSync(here('README.md'), 'mine');
    await create('Application', 'Bikes.App');
    assert.deepEqual(failures, []);
    assert.match(read('pyproject.toml'), /name = "bikes-app"/);
    assert.doesNotMatch(read('pyproject.toml'), /build-system/);
    assert.match(read('main.py'), /def main/);
    assert.equal(read('README.md'), 'mine');
    assert.equal(readFileSync(above, 'utf8'), workspaceText);
    assert.deepEqual(screen.shown.at(-1)?.buttons, ['Add Container Files…']);
  },
);

test('what uv refuses is said with its reason, and nothing is overwritten', limits, async () => {
  writeFileSync(here('pyproject.toml'), '[tool.ruff]\n');
  assert.deepEqual(await rows(), []);
  assert.equal(lacksPython(), false);
  await create('Package');
  assert.equal(failures.at(-1)?.id, 'project-there');
  assert.equal(read('pyproject.toml'), '[tool.ruff]\n');
  rmSync(here('pyproject.toml'));
  writeFileSync(here('src'), 'a file');
  await create('Package');
  assert.equal(failures.at(-1)?.id, 'unknown');
  assert.match(failures.at(-1)?.message ?? '', /my_bikes/);
  assert.equal(read('src'), 'a file');
});

test(
  'nothing runs in an untrusted folder, without a folder, or by the answers of a link',
  limits,
  async () => {
    const failed = failures.length;
    workspace.isTrusted = false;
    await create('Package');
    workspace.isTrusted = true;
    openFolders();
    await create('Package');
    assert.equal(failures.length, failed + 2);
    openFolders(folder);
    screen.answer = () => undefined;
    const before = screen.asked.length;
    await executeFromElsewhere('wheelhouse.wheels.create', { name: 'bikes', kind: 'package' });
    assert.equal(screen.asked.length, before + 1);
    assert.ok(!existsSync(here('pyproject.toml')));
  },
);

test('of several folders one is chosen, and answers that are given are not asked for', limits, async () => {
  const other = path.join(home, `${count}`, 'other');
  mkdirSync(other);
  openFolders(folder, other);
  screen.answer = ({ kind, title }) =>
    kind !== 'pick' ? enter : title.endsWith('Folder') ? 'other' : 'Application';
  await execute('wheelhouse.wheels.create');
  assert.match(readFileSync(path.join(other, 'pyproject.toml'), 'utf8'), /name = "other"/);
  const asked = screen.asked.length;
  const given = { folder, name: 'bikes', kind: 'application' };
  await execute('wheelhouse.wheels.create', given);
  assert.equal(screen.asked.length, asked);
  assert.deepEqual(results.at(-1)?.value, given);
});
