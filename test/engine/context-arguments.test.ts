// Every command line that the extension makes names the context. `docker` is a stand-in here: it notes its arguments and
// hands them to the real one.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { failures, folder, hosts, image, limits, on, parts, workbench } from './context-world.ts';
import { eventually, execute, screen } from './fake-vscode.ts';

const { buildImage } = await import('../../client/src/runtime/image-commands.ts');
const { engineHost } = await import('../../client/src/engine/host.ts');

const calls = path.join(folder, 'calls');
/** Stands before the real one on PATH. */
function standIn(): () => readonly (readonly string[])[] {
  const bin = path.join(folder, 'bin');
  mkdirSync(bin);
  const real = process.env.PATH;
  const program = `#!${process.execPath}
const { appendFileSync } = require('node:fs');
const { spawnSync } = require('node:child_process');
appendFileSync(${JSON.stringify(calls)}, JSON.stringify(process.argv.slice(2)) + '\\n');
const { status } = spawnSync('docker', process.argv.slice(2), { stdio: 'inherit', env: { ...process.env, PATH: ${JSON.stringify(real)} } });
process.exitCode = status ?? 1;
`;
  writeFileSync(path.join(bin, 'docker'), program);
  chmodSync(path.join(bin, 'docker'), 0o755);
  process.env.PATH = `${bin}${path.delimiter}${real}`;
  writeFileSync(calls, '');
  return () =>
    readFileSync(calls, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as string[]);
}

test('each command line of the extension names the context', { ...limits, timeout: 180_000 }, async () => {
  const seen = standIn();
  const name = 'wh-args';
  await execute('wheelhouse.contexts.create', { name: 'wh-far', address: hosts.second });
  assert.ok(await execute('wheelhouse.contexts.use', { name: 'wh-far' }));

  await execute('wheelhouse.volumes.create', { name });
  await execute('wheelhouse.volumes.inspect', { volume: name });
  await execute('wheelhouse.volumes.measure');
  await execute('wheelhouse.networks.create', { name });
  const started = await execute('wheelhouse.images.run', {
    image,
    name,
    command: ['sh', '-c', 'echo hi; exec sleep 600'],
    env: { A: 'b' },
    mounts: [],
  });
  assert.ok(started, JSON.stringify(failures.at(-1)));
  const container = { container: name };
  await execute('wheelhouse.networks.connect', { network: name, container: name });
  await execute('wheelhouse.networks.disconnect', { network: name, container: name });
  await execute('wheelhouse.networks.inspect', { network: name });
  for (const verb of ['pause', 'unpause', 'restart', 'shell', 'inspect', 'kill'])
    await execute(`wheelhouse.containers.${verb}`, container);
  await execute('wheelhouse.containers.start', container);
  await execute('wheelhouse.files.newFile', { in: name, path: '/tmp', name: 'note' });
  await execute('wheelhouse.files.download', {
    in: name,
    path: '/etc/passwd',
    to: path.join(folder, 'passwd'),
  });
  await execute('wheelhouse.containers.rename', { ...container, name: `${name}-2` });
  await execute('wheelhouse.containers.remove', { container: `${name}-2`, force: true });
  await execute('wheelhouse.images.tag', { image, target: `${parts.registry}/${name}:1` });
  await execute('wheelhouse.images.layers', { image });
  await execute('wheelhouse.images.pull', { image: `${parts.registry}/no/such:1` });
  await execute('wheelhouse.images.push', { image: `${parts.registry}/${name}:1` });
  await execute('wheelhouse.images.remove', { image: `${parts.registry}/${name}:1` });
  screen.answer = ({ password }) => (password ? parts.protectedRegistry?.password : undefined);
  const { address = '', user = '' } = parts.protectedRegistry ?? {};
  await execute('wheelhouse.registries.login', { registry: address, username: user });
  await execute('wheelhouse.registries.logout', { registry: address });
  screen.answer = () => undefined;
  await execute('wheelhouse.disk.show', {});
  const view = screen.trees.get('wheelhouse.images');
  view?.see(true);
  await eventually(() => seen().find((args) => args.includes('events')));
  view?.see(false);
  await execute('wheelhouse.networks.remove', { network: name });
  await execute('wheelhouse.volumes.remove', { volume: name });

  const project = path.join(folder, 'project');
  mkdirSync(project);
  writeFileSync(path.join(project, 'Dockerfile'), `FROM ${image}\nRUN echo built > /built\n`);
  const options = { context: project, dockerfile: path.join(project, 'Dockerfile'), tag: `${name}:built` };
  await workbench.run(await buildImage(await workbench.engine.get(), options), {
    step: 'Building',
    tool: 'engine',
  });
  const all = seen();
  assert.equal(await on('second', 'images', '--quiet', `${name}:built`).then((id) => id.length), 12);
  assert.equal(await on('first', 'images', '--quiet', `${name}:built`), '');

  // What is about contexts, and the first looks before one was chosen.
  const bare = all.filter(([flag]) => flag !== '--context').map(([verb]) => verb ?? '');
  const before = ['context', 'info', 'buildx', ...bare];
  assert.deepEqual([...new Set(before)], ['context', 'info', 'buildx']);
  assert.ok(bare.filter((verb) => verb !== 'context').length <= 4, `${bare}`);
  const groups = ['container', 'image', 'network', 'volume'];
  const verbs = new Set(
    all.map(([, , verb = '', word]) => (groups.includes(verb) ? `${verb} ${word}` : verb)),
  );
  const wanted =
    'volume create,volume rm,network create,network connect,network rm,container run,container pause,container kill,container rename,container rm,image push,image tag,login,logout,events,info,context';
  assert.deepEqual(
    wanted.split(',').filter((verb) => !verbs.has(verb)),
    [],
    `${[...verbs]}`,
  );
  assert.ok(
    [...verbs].some((verb) => /^(?:buildx|image build)$/.test(verb)),
    `${[...verbs]}`,
  );
  rmSync(calls);
});

test('a page of a container is on the host of the engine', limits, async () => {
  const at = async (address: string) => {
    const engine = { ...(await workbench.engine.get()), place: { kind: 'docker', address } as const };
    return engineHost({ run: workbench.run, engine: { ...workbench.engine, get: async () => engine } });
  };
  assert.equal(await at('unix:///run/docker.sock'), 'localhost');
  assert.equal(await at('tcp://10.1.2.3:2376'), '10.1.2.3');
  assert.equal(await at('tcp://[fe80::1]:2376'), '[fe80::1]');
  assert.equal(await at('ssh://me@train.example:2222'), 'train.example');
  assert.equal(await engineHost(workbench), 'localhost');
});
