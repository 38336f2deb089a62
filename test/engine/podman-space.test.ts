// What takes disk space in a real Podman, what is freed, and what makes an image large: with its service and without.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { DiskReport, Pruned } from '../../client/src/disk/commands.ts';
import type { LayersReport } from '../../client/src/images/layers/report.ts';
import { readParts } from '../parts/environment.ts';
import { type Podman, startPodman } from '../parts/podman.ts';
import { run, runOrThrow, stopEverything } from '../parts/processes.ts';
import { isMissing } from '../parts/progress.ts';
import { agree, createContext, execute, screen, workspace } from './fake-vscode.ts';

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
    screen.press = agree;
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

for (const service of [true, false]) {
  test(`the layers of an image are read ${service ? 'with' : 'without'} its service`, limits, async () => {
    const { registerImages } = await import('../../client/src/images/commands.ts');
    if (service) process.env.CONTAINER_HOST = environment.CONTAINER_HOST;
    else delete process.env.CONTAINER_HOST;
    const workbench = createWorkbench(createContext() as never);
    registerImages(workbench, async () => undefined as never);
    const failures: string[] = [];
    workbench.api.onDidFail(({ id }) => failures.push(id));
    const ref = `localhost/layered:${service}`;
    await podman('import', path.join(folder, 'root.tar'), 'localhost/base:1');
    const text = 'FROM localhost/base:1\nENV A=1\nCOPY x /y\nCOPY Dockerfile /x\n';
    writeFileSync(path.join(folder, 'Dockerfile'), text);
    // A build is this machine's own business, with the service or without.
    const { CONTAINER_HOST: _, ...local } = environment;
    await runOrThrow('podman', ['build', '--layers', '--tag', ref, folder], { env: local });
    const report = await execute<LayersReport>('wheelhouse.images.layers', { image: ref });
    assert.deepEqual(failures, []);
    assert.deepEqual(
      report.layers.map(({ bytes, added, changed, wasted }) => [bytes, added, changed, wasted]),
      [
        [3_000_000, 1, 0, 3_000_000],
        [3_000_000, 1, 0, 0],
        [text.length, 0, 1, 0],
      ],
    );
    assert.match(report.layers[1]?.step ?? '', /^COPY .* \/y$/);
    assert.deepEqual(report.largest[0], { path: 'y', bytes: 3_000_000, layer: 2 });
    assert.equal(await execute('wheelhouse.images.layers', { image: 'localhost/no:1' }), undefined);
    assert.deepEqual(failures, ['image-unknown']);
  });
}
