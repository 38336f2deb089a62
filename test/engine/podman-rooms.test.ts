// Volumes and networks of a real Podman: by its service and without it they are the same, and can be changed. It has no
// builders.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EngineEvent } from '../../client/src/engine/events.ts';
import { exec } from '../../client/src/runtime/exec.ts';
import type { Failure } from '../../client/src/runtime/failures.ts';
import type { Node } from '../../client/src/ui/tree.ts';
import { run } from '../parts/processes.ts';
import { createContext, eventually, execute, screen, workspace } from './fake-vscode.ts';
import { base, limits, podman, podmanEnvironment } from './podman-world.ts';

workspace.getConfiguration = () => ({
  get: <T>(key: string, fallback: T) => (key === 'engine' ? ('podman' as T) : fallback),
});
const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { createWatch } = await import('../../client/src/engine/watch.ts');
const { overHttp } = await import('../../client/src/engine/connection.ts');
const { loadNetworks, networksByCommandLine } = await import('../../client/src/engine/networks.ts');
const { loadUses, usesByCommandLine } = await import('../../client/src/engine/uses.ts');
const { loadVolumes, volumesByCommandLine, volumeSizes } = await import('../../client/src/engine/volumes.ts');
const { registerBuilders } = await import('../../client/src/builders/commands.ts');
const { registerNetworks } = await import('../../client/src/networks/commands.ts');
const { registerVolumes } = await import('../../client/src/volumes/commands.ts');

const workbench = createWorkbench(createContext() as never);
registerVolumes(workbench);
registerNetworks(workbench);
registerBuilders(workbench);
const failures: Failure[] = [];
workbench.api.onDidFail((failure) => failures.push(failure));

const there = async (kind: string, name: string) =>
  (await run('podman', [kind, 'exists', name], { env: podmanEnvironment() })).code === 0;
const label = async (room: string, wanted: string) => {
  const nodes = (await screen.trees.get(`wheelhouse.${room}`)?.provider.getChildren()) as Node[];
  return nodes.find((node) => node.label === wanted);
};
/** Without when they were made: over the API whole seconds, and of what is built in the time of the question. */
const sorted = <T extends { name: string }>(all: readonly T[]) =>
  all.map((each) => ({ ...each, created: undefined })).toSorted((a, b) => a.name.localeCompare(b.name));

for (const service of [true, false]) {
  const way = service ? 'by its service' : 'without its service';
  test(`volumes and networks are listed and changed ${way}`, limits, async () => {
    if (!service) {
      delete process.env.CONTAINER_HOST;
      workbench.engine.forget();
    }
    assert.equal((await overHttp(workbench, (http) => http.get('/version'))) !== undefined, service);
    const [data, lan, user] = [`data-${service}`, `lan-${service}`, `user-${service}`];
    await execute('wheelhouse.volumes.create', { name: data });
    await execute('wheelhouse.networks.create', { name: lan, internal: true });
    assert.deepEqual([await there('volume', data), await there('network', lan)], [true, true]);
    const id = await podman(
      'create',
      '--name',
      user,
      '--network=podman',
      '--volume',
      `${data}:/d`,
      '--volume',
      '/a',
      base,
      'true',
    );

    assert.equal((await label('volumes', data))?.description, 'used by 1 container · local');
    assert.match(
      (await label('networks', 'podman'))?.description ?? '',
      /^built-in · used by .* · bridge · 10\.\S+$/,
    );
    assert.match((await label('networks', lan))?.description ?? '', /^unused · internal · bridge · 10\.\S+$/);
    assert.deepEqual(sorted(await loadVolumes(workbench)), sorted(await volumesByCommandLine(workbench)));
    assert.deepEqual(sorted(await loadNetworks(workbench)), sorted(await networksByCommandLine(workbench)));
    assert.deepEqual(sorted(await loadUses(workbench)), sorted(await usesByCommandLine(workbench)));
    assert.equal((await volumeSizes(workbench)).get(data), 0);

    await execute('wheelhouse.networks.connect', { network: lan, container: user });
    const networks = async () =>
      JSON.parse(await podman('inspect', '--format', '{{json .NetworkSettings.Networks}}', id));
    assert.deepEqual(Object.keys(await networks()).sort(), [lan, 'podman']);
    await execute('wheelhouse.networks.remove', { network: lan });
    assert.equal(failures.at(-1)?.id, 'network-in-use');
    await execute('wheelhouse.networks.disconnect', { network: lan, container: user });
    assert.deepEqual(Object.keys(await networks()), ['podman']);
    await execute('wheelhouse.networks.remove', { network: 'podman' });
    assert.equal(failures.at(-1)?.id, 'network-built-in');
    await execute('wheelhouse.volumes.remove', { volume: data });
    assert.equal(failures.at(-1)?.id, 'volume-in-use');
    await podman('rm', id);
    const count = failures.length;
    await execute('wheelhouse.volumes.remove', { volume: data });
    await execute('wheelhouse.networks.remove', { network: lan });
    assert.deepEqual(failures.slice(count), []);
    assert.deepEqual([await there('volume', data), await there('network', lan)], [false, false]);
    Object.assign(process.env, podmanEnvironment());
    workbench.engine.forget();
  });
}

test('events tell of volumes and of containers that come and go in networks', limits, async () => {
  const seen: EngineEvent[] = [];
  const watch = createWatch(exec, workbench.engine, (events) => void seen.push(...events));
  const release = watch.retain(['volume', 'network']);
  // The process that follows may not listen yet, and tells what came before.
  await podman('network', 'create', 'told');
  const id = await podman('create', '--network=podman', base, 'true');
  await podman('volume', 'create', 'told');
  await podman('network', 'connect', 'told', id);
  await podman('network', 'disconnect', 'told', id);
  await podman('volume', 'rm', 'told');
  await eventually(() =>
    seen.some(({ kind, action, id }) => kind === 'volume' && action === 'remove' && id === 'told'),
  );
  release();
  assert.deepEqual(
    // Those of the second before are told as well.
    seen.slice(-4).map(({ kind, action }) => `${kind} ${action}`),
    ['volume create', 'network connect', 'network disconnect', 'volume remove'],
  );
});

test('that it has no builders is said in words', limits, async () => {
  const nodes = (await screen.trees.get('wheelhouse.builders')?.provider.getChildren()) as Node[];
  assert.deepEqual(
    nodes.map((node) => [node.label, node.icon]),
    [['Podman builds by itself and has no builders.', 'info']],
  );
  for (const command of ['use', 'create', 'remove', 'openLog']) {
    const count = failures.length;
    await execute(`wheelhouse.builders.${command}`);
    assert.deepEqual(
      failures.slice(count).map(({ id }) => id),
      ['builders-podman'],
      command,
    );
  }
});
