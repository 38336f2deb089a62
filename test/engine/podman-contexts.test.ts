// Podman as the other engine: by its own command line, by a connection of it, and by a context of Docker.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import type { Failure } from '../../client/src/runtime/failures.ts';
import { runOrThrow } from '../parts/processes.ts';
import { createContext, eventually, execute, screen, workspace } from './fake-vscode.ts';
import { limits, podman, podmanEnvironment } from './podman-world.ts';

workspace.getConfiguration = () => ({ get: <T>(_key: string, fallback: T) => fallback });
const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { registerContexts } = await import('../../client/src/contexts/commands.ts');
const { registerVolumes } = await import('../../client/src/volumes/commands.ts');
const workbench = createWorkbench(createContext() as never);
registerContexts(workbench);
registerVolumes(workbench);
const failures: Failure[] = [];
workbench.api.onDidFail((failure) => failures.push(failure));

const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse podman contexts '));
after(() => rmSync(folder, { recursive: true, force: true }));

test('what is made lands in Podman, whichever way it was chosen', limits, async () => {
  const { CONTAINER_HOST: address = '' } = podmanEnvironment();
  delete process.env.CONTAINER_HOST;
  delete process.env.DOCKER_HOST;
  process.env.DOCKER_CONFIG = folder;
  process.env.XDG_CONFIG_HOME = folder;
  await execute('wheelhouse.contexts.create', { name: 'by-docker', address });
  // Its first connection is the one that Podman takes by itself from then on.
  const connect = async () => {
    for (const name of ['its-own', 'by-podman'])
      await runOrThrow('podman', ['system', 'connection', 'add', name, address]);
  };
  const mine = async () => (await podman('volume', 'ls', '--quiet')).split('\n');
  for (const [name, flag] of [
    ['docker by-docker', '--context'],
    ['podman Podman', undefined],
    ['podman by-podman', '--connection'],
  ] as const) {
    if (flag === '--connection') await connect();
    const used = await execute<{ kind: string }>('wheelhouse.contexts.use', { name });
    assert.ok(used, JSON.stringify(failures.at(-1)));
    const { file, kind } = await workbench.engine.get();
    assert.equal(typeof file === 'string' ? undefined : file.flags[0], flag);
    assert.equal(kind, name.split(' ')[0]);
    const volume = `wh-pod-${kind}-${flag?.slice(2)}`;
    await execute('wheelhouse.volumes.create', { name: volume });
    assert.ok((await mine()).includes(volume), volume);
    const nodes = (await screen.trees.get('wheelhouse.volumes')?.provider.getChildren()) as {
      label: string;
    }[];
    assert.ok(nodes.some(({ label }) => label === volume));
    await execute('wheelhouse.volumes.remove', { volume });
    assert.ok(!(await mine()).includes(volume));
  }
  assert.deepEqual(
    await execute('wheelhouse.contexts.use', { name: 'docker by-docker' }).then(() => workbench.place()),
    {
      kind: 'docker',
      name: 'by-docker',
    },
  );
  assert.ok(
    await execute('wheelhouse.contexts.remove', { name: 'podman by-podman' }),
    JSON.stringify(failures.at(-1)),
  );
  assert.doesNotMatch((await runOrThrow('podman', ['system', 'connection', 'list'])).stdout, /by-podman/);
});

test('a connection that is made or removed in a terminal comes and goes by itself', limits, async () => {
  const { CONTAINER_HOST: address = '' } = podmanEnvironment();
  const view = screen.trees.get('wheelhouse.contexts') ?? assert.fail();
  let asked = -1;
  let rows: readonly string[] = [];
  /** The rows as a person has them: asked for when the view says so, and then alone. */
  const shows = (is: (labels: readonly string[]) => boolean) =>
    eventually(async () => {
      const { length } = view.redrawn;
      if (length !== asked) {
        rows = ((await view.provider.getChildren()) as { label: string }[]).map(({ label }) => label);
        asked = length;
      }
      return is(rows) || undefined;
    }).catch(() => assert.fail(rows.join()));
  view.see(true);
  try {
    await shows((labels) => !labels.includes('outside'));
    await runOrThrow('podman', ['system', 'connection', 'add', 'outside', address]);
    await shows((labels) => labels.includes('outside'));
    await runOrThrow('podman', ['system', 'connection', 'remove', 'outside']);
    await shows((labels) => !labels.includes('outside'));
  } finally {
    view.see(false);
  }
});
