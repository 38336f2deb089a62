// What takes disk space in a real Podman and what is freed, with its service and without.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { DiskReport, Pruned } from '../../client/src/disk/commands.ts';
import { readParts } from '../parts/environment.ts';
import { type Podman, startPodman } from '../parts/podman.ts';
import { run, runOrThrow, stopEverything } from '../parts/processes.ts';
import { isMissing } from '../parts/progress.ts';
import { createContext, execute, screen, workspace } from './fake-vscode.ts';

const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { registerDisk } = await import('../../client/src/disk/commands.ts');

const skip = readParts().engine && process.getuid?.() === 0 ? false : 'needs Podman, and root';
if (skip && process.env.CI === 'true') throw new Error(skip);
const limits = { skip, timeout: 120_000 };
const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse podman disk '));
let environment: Podman['environment'] = {};

const podman = async (...args: string[]) =>
  (await runOrThrow('podman', args, { env: environment })).stdout.trim();
const lines = async (...args: string[]) => (await podman(...args)).split('\n').filter(Boolean).sort();
const disk = (request: object) => execute<DiskReport & Pruned>('wheelhouse.disk.show', request);

before(async () => {
  if (skip) return;
  const started = await startPodman(() => {});
  assert.ok(!isMissing(started), JSON.stringify(started));
  environment = started.environment;
  writeFileSync(path.join(folder, 'x'), Buffer.alloc(3_000_000));
  await runOrThrow('tar', ['-C', folder, '-cf', path.join(folder, 'root.tar'), 'x']);
  Object.assign(process.env, environment);
  workspace.getConfiguration = () => ({
    get: <T>(key: string, fallback: T) => (key === 'engine' ? ('podman' as T) : fallback),
  });
});
after(async () => {
  rmSync(folder, { recursive: true });
  await stopEverything();
});

for (const service of [true, false]) {
  test(`space is counted and freed ${service ? 'with' : 'without'} its service`, limits, async () => {
    if (!service) delete process.env.CONTAINER_HOST;
    const workbench = createWorkbench(createContext() as never);
    registerDisk(workbench);
    const failures: unknown[] = [];
    workbench.api.onDidFail((failure) => failures.push(failure));
    screen.press = ({ kind, buttons }) => (kind === 'modal' ? buttons[0] : undefined);
    for (const ref of ['localhost/bikes:1', 'localhost/bikes:1', 'localhost/held:1'])
      await podman('import', '--message', String(Math.random()), path.join(folder, 'root.tar'), ref);
    await podman('create', '--name', 'stopped', '--volume', 'held:/v', 'localhost/held:1', 'x');
    await podman('volume', 'create', 'lonely');

    const { cache, untagged, containers, unused, volumes } = await disk({});
    assert.deepEqual(failures, []);
    assert.deepEqual([cache.of, untagged.count, containers.count, unused.count], [0, 1, 1, 2]);
    assert.deepEqual([volumes.count, volumes.of], [1, 2]);
    assert.ok(untagged.taken > 3 * 3_000_000 - 1, JSON.stringify(untagged));

    assert.equal((await disk({ prune: 'untagged' })).removed, 1);
    assert.deepEqual(await lines('images', '--format', '{{.Repository}}'), [
      'localhost/bikes',
      'localhost/held',
    ]);
    assert.equal((await disk({ prune: 'volumes' })).removed, 1);
    assert.deepEqual(await lines('volume', 'ls', '--quiet'), ['held']);
    assert.equal((await disk({ prune: 'containers' })).removed, 1);
    assert.deepEqual(await lines('ps', '--all', '--quiet'), []);
    assert.equal((await disk({ prune: 'unused' })).removed, 2);
    assert.deepEqual(await lines('images', '--quiet'), []);
    assert.deepEqual(failures, []);
    await run('podman', ['volume', 'rm', 'held'], { env: environment });
  });
}
