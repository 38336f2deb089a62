// A real Podman that nobody runs as root: found by its socket, and by the command line of its user. What is done
// is looked at by the command line of its user.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Failure } from '../../client/src/runtime/failures.ts';
import type { Node } from '../../client/src/ui/tree.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { run, runOrThrow, stopEverything } from '../parts/processes.ts';
import { isMissing } from '../parts/progress.ts';
import { startRootlessPodman } from '../parts/rootless.ts';
import { createContext, eventually, execute, screen, workspace } from './fake-vscode.ts';

const settings = new Map<string, unknown>([['engine', 'podman']]);
workspace.getConfiguration = () => ({
  get: <T>(key: string, fallback: T) => (settings.get(key) as T | undefined) ?? fallback,
});
const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { overHttp } = await import('../../client/src/engine/connection.ts');
const { socketPlaces } = await import('../../client/src/runtime/sockets.ts');
const { registerContainers } = await import('../../client/src/containers/commands.ts');
const { registerFiles } = await import('../../client/src/files/commands.ts');
const { registerImages } = await import('../../client/src/images/commands.ts');
const { registerNetworks } = await import('../../client/src/networks/commands.ts');
const { registerVolumes } = await import('../../client/src/volumes/commands.ts');

const parts = readParts();
const image = parts.engine?.baseImage ?? '';
const skip = image && process.getuid?.() === 0 ? false : 'needs an engine with its base image, and root';
if (skip && process.env.CI === 'true') throw new Error(skip);
const limits = { skip, timeout: 240_000 };
const workbench = createWorkbench(createContext() as never);
registerContainers(workbench, registerFiles(workbench));
registerImages(workbench, async () => undefined as never);
registerVolumes(workbench);
registerNetworks(workbench);
const failures: Failure[] = [];
workbench.api.onDidFail((failure) => failures.push(failure));

const base = 'localhost/bikes:1';
let why: string | undefined = 'not started';
let program = '';
let socket = '';
const mine = async (...args: string[]) => (await runOrThrow(program, args)).stdout.trim();
const there = async (kind: string, name: string) => (await run(program, [kind, 'exists', name])).code === 0;
const node = async (room: string, label: string) => {
  const nodes = (await screen.trees.get(`wheelhouse.${room}`)?.provider.getChildren()) as Node[];
  return nodes.find((each) => each.label === label) ?? assert.fail(nodes.map((each) => each.label).join());
};

before(async () => {
  if (skip) return;
  const started = await startRootlessPodman();
  why = isMissing(started) ? started.why : undefined;
  if (isMissing(started)) return;
  program = started.program;
  socket = `unix://${started.running}/podman/podman.sock`;
  const env = toolEnvironment(parts);
  const archive = path.join(started.running, 'root.tar');
  const id = (await runOrThrow('docker', ['create', image, 'true'], { env })).stdout.trim();
  await runOrThrow('docker', ['export', '--output', archive, id], { env });
  await run('docker', ['rm', id], { env });
  await runOrThrow('chmod', ['644', archive]);
  await mine('import', archive, base);
  process.env.XDG_RUNTIME_DIR = started.running;
  for (const name of ['DOCKER_HOST', 'CONTAINER_HOST']) delete process.env[name];
});
after(stopEverything);
const agree = ({ kind, buttons }: { kind: string; buttons: string[] }) =>
  kind === 'modal' ? buttons[0] : undefined;

for (const service of [true, false]) {
  const way = service ? 'by its socket, which is found' : 'by the command line of its user';
  test(`what is done lands there ${way}`, limits, async (t) => {
    if (why) return t.skip(why);
    const place = socketPlaces().find((each) => 'address' in each && each.address === socket);
    assert.ok(place, JSON.stringify(socketPlaces()));
    if (!service) settings.set('podmanPath', program);
    await workbench.usePlace(service ? place : undefined);
    if (!service) workbench.engine.move();
    assert.ok(await overHttp(workbench, (http) => http.get('/version')), 'its service answers');
    assert.equal(await mine('info', '--format', '{{.Host.Security.Rootless}}'), 'true');
    const said = () => JSON.stringify(failures.at(-1));
    const count = failures.length;
    screen.press = agree;

    const container = `wh-rootless-${service}`;
    const forever = ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 0.1; done'];
    await mine('run', '--detach', '--name', container, '--env', 'A=b', base, ...forever);
    assert.match((await node('containers', container)).description ?? '', /^running/);
    await execute('wheelhouse.files.newFile', { in: container, path: '/tmp', name: 'note' });
    assert.equal(await mine('exec', container, 'ls', '/tmp/note'), '/tmp/note', said());
    const told = await execute<{ names: string[] }>('wheelhouse.containers.environment', { container });
    assert.ok(told?.names.includes('A'), said());
    await execute('wheelhouse.containers.stop', { container });
    assert.equal(await mine('inspect', '--format', '{{.State.Status}}', container), 'exited', said());
    await execute('wheelhouse.containers.start', { container });
    assert.equal(await mine('inspect', '--format', '{{.State.Status}}', container), 'running', said());

    const tag = `localhost/wheels:${service}`;
    await execute('wheelhouse.images.tag', { ref: base, image: base, target: tag, name: tag });
    assert.ok(await there('image', tag), said());
    await execute('wheelhouse.volumes.create', { name: container });
    await execute('wheelhouse.networks.create', { name: container });
    assert.deepEqual(
      [await there('volume', container), await there('network', container)],
      [true, true],
      said(),
    );
    await node('volumes', container);
    await node('networks', container);
    const ran = await execute<{ name: string }>('wheelhouse.images.run', {
      image: tag,
      name: `${container}-run`,
      ports: [],
      command: ['sleep', '1000'],
      volumes: [],
    });
    assert.equal(ran?.name, `${container}-run`, said());
    assert.ok(await there('container', `${container}-run`));
    await execute('wheelhouse.containers.remove', { container: `${container}-run` });
    assert.ok(!(await there('container', `${container}-run`)), said());
    await execute('wheelhouse.images.remove', { image: tag, ref: tag });
    await execute('wheelhouse.volumes.remove', { volume: container });
    await execute('wheelhouse.networks.remove', { network: container });
    assert.deepEqual(
      [await there('image', tag), await there('volume', container), await there('network', container)],
      [false, false, false],
      said(),
    );
    assert.deepEqual(failures.slice(count), []);

    if ((await mine('info', '--format', '{{.Host.CgroupsVersion}}')) !== 'v1') return;
    await execute('wheelhouse.containers.pause', { container });
    await eventually(() => failures.length > count || undefined);
    assert.equal(failures.at(-1)?.id, 'no-control-groups', said());
  });
}
