// Containers, images, volumes and networks of a real containerd, by a real nerdctl and the commands of the extension. What is
// so is asked of nerdctl itself. By hand, with the variables of test/parts/nerdctl.ts, as CI skips nothing:
// node test/parts/with.ts node --test test/engine/nerdctl-by-hand.ts
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { FileTree } from '../../client/src/engine/file-tree.ts';
import type { Failure } from '../../client/src/runtime/failures.ts';
import type { Node } from '../../client/src/ui/tree.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { nerdctlProgram, startContainerd, whyNoNerdctl } from '../parts/nerdctl.ts';
import { runOrThrow, stopEverything } from '../parts/processes.ts';
import { agree, createContext, eventually, execute, screen, workspace } from './fake-vscode.ts';

workspace.getConfiguration = () => ({
  get: <T>(key: string, fallback: T) =>
    ({ engine: 'nerdctl', nerdctlPath: nerdctlProgram })[key] === undefined
      ? fallback
      : ({ engine: 'nerdctl', nerdctlPath: nerdctlProgram }[key] as T),
});
const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { registerContainers } = await import('../../client/src/containers/commands.ts');
const { registerDisk } = await import('../../client/src/disk/commands.ts');
const { registerFiles } = await import('../../client/src/files/commands.ts');
const { registerImages } = await import('../../client/src/images/commands.ts');
const { registerNetworks } = await import('../../client/src/networks/commands.ts');
const { registerRawJson } = await import('../../client/src/ui/raw-json.ts');
const { registerVolumes } = await import('../../client/src/volumes/commands.ts');
const { containerFiles } = await import('../../client/src/files/container.ts');
const { createVolumeFiles } = await import('../../client/src/files/volume.ts');
const { listImageIds } = await import('../../client/src/runtime/image-commands.ts');
const { processesOf } = await import('../../client/src/engine/gpu-memory.ts');
const { volumeSizes } = await import('../../client/src/engine/volumes.ts');

const parts = readParts();
const image = parts.engine?.baseImage ?? '';
const skip = image ? whyNoNerdctl : 'needs an engine with its base image';
const limits = { skip, timeout: 60_000 };
const workbench = createWorkbench(createContext() as never);
const files = registerFiles(workbench);
registerContainers(workbench, files);
registerVolumes(workbench, files);
registerImages(workbench, async () => undefined as never);
registerNetworks(workbench);
registerDisk(workbench);
registerRawJson();
const failures: Failure[] = [];
workbench.api.onDidFail((failure) => failures.push(failure));
const last = () => JSON.stringify(failures.at(-1));

const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse nerdctl '));
const nerdctl = async (...args: string[]) => (await runOrThrow(nerdctlProgram ?? '', args)).stdout.trim();
const lines = async (...args: string[]) => (await nerdctl(...args)).split('\n').filter(Boolean).sort();
const nodes = async (room: string) =>
  (await screen.trees.get(`wheelhouse.${room}`)?.provider.getChildren()) as Node[];
const words = async (room: string, label: string) =>
  (await nodes(room)).find((node) => node.label === label)?.description;
/** What fails says so, and is what the test wants. */
const failsWith = async (id: string, command: string, request: object) => {
  const count = failures.length;
  await execute(command, request);
  assert.equal(failures[count]?.id, id, last());
  return failures[count] as Failure;
};
const does = async <T>(command: string, request: object): Promise<T> => {
  const count = failures.length;
  const result = await execute<T>(command, request);
  assert.deepEqual(failures.slice(count), []);
  return result;
};
const contentOf = async (tree: FileTree, file: string) => {
  for await (const entry of tree.read(file)) {
    const portions: Buffer[] = [];
    for await (const portion of entry.content()) portions.push(portion);
    return Buffer.concat(portions).toString();
  }
  return undefined;
};
const busy = ['sh', '-c', 'trap "exit 0" TERM; echo ready; while :; do sleep 0.1; done'];

before(async () => {
  if (skip) return;
  const archive = path.join(folder, 'image.tar');
  await runOrThrow('docker', ['save', '--output', archive, image], { env: toolEnvironment(parts) });
  Object.assign(process.env, await startContainerd());
  await nerdctl('load', '--input', archive);
});
after(async () => {
  for (const page of screen.pages) page.close();
  await files.release();
  rmSync(folder, { recursive: true });
  await stopEverything();
});

test('it is found, and has no API', limits, async () => {
  const { kind, nerdctl: name, platform, version } = await workbench.engine.get();
  assert.deepEqual([kind, name], ['docker', 'nerdctl']);
  const info = JSON.parse(await nerdctl('info', '--format', '{{json .}}'));
  assert.equal(version, info.ServerVersion);
  assert.match(platform, /^linux\/(amd64|arm64)$/);
});

test('containers are run, shown, followed, renamed and removed', limits, async () => {
  const view = screen.trees.get('wheelhouse.containers') ?? assert.fail();
  view.see(true);
  try {
    const made = await does<{ containerId: string }>('wheelhouse.images.run', {
      image,
      name: 'one',
      options: ['--network=none', '--volume=named:/d'],
      env: { SECRET: 'x y' },
      command: busy,
    });
    assert.equal(await nerdctl('inspect', '--format', '{{.Id}}', 'one'), made.containerId);
    assert.match((await words('containers', 'one')) ?? '', /^running/);
    assert.match(await nerdctl('exec', 'one', 'sh', '-c', 'echo $SECRET'), /^x y$/);
    const [pid] = await lines('inspect', '--format', '{{.State.Pid}}', 'one');
    assert.ok((await processesOf(workbench, made.containerId)).includes(Number(pid)));

    // What others do is seen by its events.
    await nerdctl('run', '--detach', '--network=none', '--name=other', image, 'sh', '-c', 'exit 3');
    let seen = '';
    await eventually(() => {
      void words('containers', 'other').then((found) => {
        seen = found ?? '';
      });
      return seen.startsWith('exited 3') ? true : undefined;
    });
    const row = (await nodes('containers')).find(({ label }) => label === 'one') ?? assert.fail();
    const shown = () => (view.provider.getTreeItem(row) as { description: string }).description;
    await eventually(() => (/[\d.]+ \w?i?B · CPU [\d.]+%/.test(shown()) ? true : undefined));

    await does('wheelhouse.containers.pause', { container: 'one' });
    assert.equal(await nerdctl('inspect', '--format', '{{.State.Status}}', 'one'), 'paused');
    await does('wheelhouse.containers.unpause', { container: 'one' });
    await does('wheelhouse.containers.rename', { container: 'one', name: 'uno' });
    assert.equal(await nerdctl('inspect', '--format', '{{.Name}}', made.containerId), 'uno');
    await failsWith('name-taken', 'wheelhouse.containers.rename', { container: 'other', name: 'uno' });
    const logs = await does<{ text: string }>('wheelhouse.containers.logsInTerminal', {
      container: 'uno',
      follow: false,
    });
    assert.match(logs.text, /^ready/);
    const { processes } = await does<{ processes: number }>('wheelhouse.containers.processes', {
      container: 'uno',
    });
    assert.ok(processes >= 1);
    const committed = await does<{ imageId: string }>('wheelhouse.containers.commit', {
      container: 'uno',
      image: 'committed:1',
    });
    assert.match(committed.imageId, /^sha256:/);
    assert.deepEqual(await lines('images', '--quiet', '--no-trunc', 'committed:1'), [committed.imageId]);
    await does('wheelhouse.containers.stop', { container: 'uno' });
    assert.match(await nerdctl('inspect', '--format', '{{.State.Status}}', 'uno'), /exited/);
    await does('wheelhouse.containers.start', { container: 'uno' });
    await does('wheelhouse.containers.restart', { container: 'uno' });
    await does('wheelhouse.containers.kill', { container: 'uno' });
    for (const [command, request] of [
      ['wheelhouse.containers.copyRun', { container: 'uno' }],
      ['wheelhouse.images.recreate', { container: 'uno' }],
      ['wheelhouse.disk.show', {}],
    ] as const)
      assert.match((await failsWith('not-by-nerdctl', command, request)).message, /^nerdctl does not tell /);
    screen.press = agree;
    for (const container of ['uno', 'other'])
      await does('wheelhouse.containers.remove', { container, force: true });
    assert.deepEqual(await lines('ps', '--all', '--quiet'), []);
  } finally {
    view.see(false);
  }
});

test('images are listed, tagged, saved, loaded and removed', limits, async () => {
  const [name] = await nodes('images');
  assert.ok(name, last());
  const ids = await workbench.run(await listImageIds(await workbench.engine.get()), {
    step: 'x',
    tool: 'engine',
  });
  assert.deepEqual([...ids].sort(), [...new Set(await lines('images', '--quiet', '--no-trunc'))]);
  await does('wheelhouse.images.tag', { image, target: 'bikes:2' });
  await nerdctl('run', '--detach', '--network=none', '--name=user', 'bikes:2', 'sh', '-c', 'sleep 100');
  const { containers } = await does<{ containers: string[] }>('wheelhouse.images.uses', { image: 'bikes:2' });
  assert.deepEqual(containers, ['user']);
  await failsWith('image-in-use', 'wheelhouse.images.remove', { image: 'bikes:2' });
  await nerdctl('rm', '--force', 'user');
  const file = path.join(folder, 'two.tar');
  await does('wheelhouse.images.save', { images: ['bikes:2'], file });
  await does('wheelhouse.images.remove', { image: 'bikes:2' });
  assert.deepEqual(await lines('images', '--quiet', 'bikes:2'), []);
  const { refs } = await does<{ refs: string[] }>('wheelhouse.images.load', { file });
  assert.deepEqual(refs, ['docker.io/library/bikes:2']);
  await nerdctl('rmi', 'bikes:2');
});

test('volumes are made, measured, looked into and removed', limits, async () => {
  await does('wheelhouse.volumes.create', { name: 'data' });
  assert.ok((await lines('volume', 'ls', '--quiet')).includes('data'));
  await failsWith('volume-exists', 'wheelhouse.volumes.create', { name: 'data' });
  await nerdctl(
    'run',
    '--name=fills',
    '--network=none',
    '--volume=data:/d',
    image,
    'sh',
    '-c',
    'head -c 5000 /dev/zero >/d/a',
  );
  await failsWith('volume-in-use', 'wheelhouse.volumes.remove', { volume: 'data' });
  assert.match((await words('volumes', 'data')) ?? '', /^used by 1 container/);
  assert.ok(((await volumeSizes(workbench)).get('data') ?? 0) >= 5000);
  const volumes = createVolumeFiles(workbench);
  try {
    const tree = volumes.treeOf('data');
    const { entries } = await tree.list('/');
    assert.deepEqual(
      entries.map(({ name, size }) => [name, size]),
      [['a', 5000]],
    );
    await tree.write('/new', Buffer.from('hi'));
    await tree.rename('/new', '/b', false);
    assert.equal(await contentOf(tree, '/b'), 'hi');
  } finally {
    await volumes.release();
  }
  screen.press = agree;
  const to = path.join(folder, 'data.tar.gz');
  await does('wheelhouse.volumes.export', { volume: 'data', to });
  assert.match((await runOrThrow('tar', ['tzf', to])).stdout, /b$/m);
  await does('wheelhouse.volumes.clone', { volume: 'data', to: 'copy' });
  assert.equal(
    await nerdctl('run', '--rm', '--network=none', '--volume=copy:/d', image, 'sh', '-c', 'cat /d/b'),
    'hi',
  );
  await nerdctl('rm', 'fills');
  await does('wheelhouse.volumes.remove', { volume: 'data' });
  await does('wheelhouse.volumes.remove', { volume: 'copy' });
  assert.deepEqual(
    (await lines('volume', 'ls', '--quiet')).filter((name) => name !== 'named'),
    [],
  );
  assert.deepEqual(await lines('ps', '--all', '--quiet'), [], 'nothing that stood in is left');
});

test('networks are made and removed, and what cannot be done is said', limits, async () => {
  await does('wheelhouse.networks.create', { name: 'lan' });
  assert.ok((await lines('network', 'ls', '--format', '{{.Name}}')).includes('lan'));
  assert.match((await words('networks', 'lan')) ?? '', /^unused .*\d+\.\d+\.\d+\.\d+\/\d+/);
  assert.match((await words('networks', 'host')) ?? '', /^built-in/);
  await nerdctl('run', '--detach', '--name=lonely', '--network=none', image, 'sleep', '100');
  const failure = await failsWith('not-in-command-line', 'wheelhouse.networks.connect', {
    network: 'lan',
    container: 'lonely',
  });
  assert.match(failure.message, /has no network connect\.$/);
  await nerdctl('rm', '--force', 'lonely');
  screen.press = agree;
  await failsWith('network-built-in', 'wheelhouse.networks.remove', { network: 'host' });
  await does('wheelhouse.networks.remove', { network: 'lan' });
  assert.ok(!(await lines('network', 'ls', '--format', '{{.Name}}')).includes('lan'));
});

test('files are reached in a container that runs and in one that does not', limits, async () => {
  const script = 'mkdir /data && echo hi >/data/a && chown 12:34 /data/a && sleep 1000';
  await nerdctl('run', '--detach', '--name=files', '--network=none', image, 'sh', '-c', script);
  try {
    const tree = containerFiles(workbench, await nerdctl('inspect', '--format', '{{.Id}}', 'files'));
    const listed = async () => (await tree.list('/data')).entries.map(({ name }) => name).sort();
    assert.deepEqual(await listed(), ['a']);
    await tree.write('/data/a', Buffer.from('longer'));
    assert.equal(await nerdctl('exec', 'files', 'stat', '--format=%u:%g %s', '/data/a'), '12:34 6');
    await nerdctl('stop', '--time=0', 'files');
    assert.deepEqual(await listed(), ['a']);
    assert.equal(await contentOf(tree, '/data/a'), 'longer');
  } finally {
    await nerdctl('rm', '--force', 'files');
  }
});
