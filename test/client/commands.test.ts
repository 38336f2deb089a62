// The command values: what they put on the command line, for which engine, and what they read from the answer.
import './register-vscode.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Engine } from '../../client/src/runtime/engine.ts';
import { argv, type Command, type Exec, type Exit } from '../../client/src/runtime/exec.ts';

const { DockerClient, PodmanClient } = await import('@microsoft/vscode-container-client');
const { findEngine, createEngineAccess } = await import('../../client/src/runtime/engine.ts');
const images = await import('../../client/src/runtime/image-commands.ts');
const containers = await import('../../client/src/runtime/container-commands.ts');
const registries = await import('../../client/src/runtime/registry-commands.ts');
const { engineEvents } = await import('../../client/src/engine/watch.ts');

const base = { version: '28', platform: 'linux/amd64', gpu: true };
const docker: Engine = {
  ...base,
  kind: 'docker',
  file: '/usr/bin/docker',
  buildx: '0.38.2',
  client: new DockerClient('/usr/bin/docker'),
};
const legacy: Engine = { ...docker, buildx: undefined };
const podman: Engine = { ...base, kind: 'podman', file: 'podman', client: new PodmanClient('podman') };
const build = { context: '/my bikes ünï', dockerfile: '/my bikes ünï/Dockerfile', tag: 'bikes:1' };

test('a build goes through buildx where it is there, and never gets flags that are not known otherwise', async () => {
  const options = { ...build, target: 'final', buildArgs: { V: 'a b' } };
  const rest = [
    '--file',
    '/my bikes ünï/Dockerfile',
    '--target',
    'final',
    '--tag',
    'bikes:1',
    '--build-arg',
    'V=a b',
    '/my bikes ünï',
  ];
  assert.deepEqual((await images.buildImage(docker, options)).args, [
    'buildx',
    'build',
    '--progress=plain',
    '--load',
    ...rest,
  ]);
  assert.deepEqual((await images.buildImage(legacy, options)).args, ['image', 'build', ...rest]);
  assert.deepEqual((await images.buildImage(podman, options)).args, ['image', 'build', ...rest]);
});

test('several platforms are one flag, and are pushed instead of loaded', async () => {
  const { args } = await images.buildImage(docker, {
    ...build,
    platforms: ['linux/amd64', 'linux/arm64'],
    push: true,
  });
  assert.deepEqual(args.slice(0, 6), [
    'buildx',
    'build',
    '--progress=plain',
    '--push',
    '--platform',
    'linux/amd64,linux/arm64',
  ]);
  assert.ok(!args.includes('--load'));
});

test('a run puts each choice on the command line, before the image', async () => {
  const command = await containers.runContainer(docker, {
    image: 'bikes:1',
    name: 'bikes-1',
    remove: true,
    gpu: true,
    shmSize: '2g',
    envFile: '/e nv',
    env: { A: '1 2' },
    ports: [
      { host: 8080, container: 80 },
      { address: '[::1]', host: 18001, container: 8000 },
    ],
    mounts: [{ source: '/a,b "c"', destination: '/d', readOnly: true }],
    command: ['bikes', '--x y'],
  });
  assert.deepEqual(command.args, [
    'container',
    'run',
    '--gpus',
    'all',
    '--shm-size',
    '2g',
    '--mount',
    'type=bind,"source=/a,b ""c""",destination=/d,readonly',
    '--detach',
    '--tty',
    '--rm',
    '--name',
    'bikes-1',
    '--publish',
    '8080:80',
    '--publish',
    '[::1]:18001:8000',
    '--env',
    'A=1 2',
    '--env-file',
    '/e nv',
    'bikes:1',
    'bikes',
    '--x y',
  ]);
  assert.equal(
    await command.parse?.(`Status: Downloaded newer image\n${'ab'.repeat(32)}\n`, ''),
    'ab'.repeat(32),
  );
});

test('Podman is given its own flag for GPUs', async () => {
  const { args } = await containers.runContainer(podman, { image: 'x', gpu: true });
  assert.deepEqual(args.slice(2, 4), ['--device', 'nvidia.com/gpu=all']);
});

test('a login has no secret on its command line, and takes it from stdin', async () => {
  const { args } = await registries.loginRegistry(docker, 'ghcr.io', 'me');
  assert.deepEqual(args, ['login', '--username', 'me', '--password-stdin', 'ghcr.io']);
});

test('an inspected image is read from both engines, with nulls where lists could be', async () => {
  const record = {
    Id: 'sha256:1',
    RepoTags: null,
    RepoDigests: ['a@sha256:2'],
    Created: '2026-01-01T00:00:00Z',
    Size: 12,
    Os: 'linux',
    Architecture: 'arm64',
    Config: { ExposedPorts: { '8000/tcp': {} }, Cmd: ['x'], Entrypoint: null },
    RootFS: { Type: 'layers', Layers: ['sha256:3'] },
  };
  const expected = {
    id: 'sha256:1',
    tags: [],
    digests: ['a@sha256:2'],
    created: new Date('2026-01-01T00:00:00Z'),
    bytes: 12,
    platform: 'linux/arm64',
    ports: [8000],
    runnable: true,
    layers: ['sha256:3'],
    raw: record,
  };
  const { parse } = await images.inspectImages(docker, ['x']);
  assert.deepEqual(await parse?.(`${JSON.stringify(record)}\n`, ''), [expected]);
  assert.deepEqual(await parse?.(JSON.stringify([record], undefined, 2), ''), [expected]);
  assert.deepEqual(await parse?.('', ''), []);
});

test('a push answers with its digest, or with nothing', async () => {
  const { parse } = await images.pushImage(docker, 'r/x:1');
  const digest = `sha256:${'0a'.repeat(32)}`;
  assert.equal(await parse?.(`The push refers to repository\n1: digest: ${digest} size: 528\n`, ''), digest);
  assert.equal(await parse?.('The push refers to repository\n', ''), undefined);
});

test('events are asked for by name of Docker only, for Podman refuses names it does not know', async () => {
  assert.ok((await engineEvents(docker, ['image', 'container'])).args.includes('event=oom'));
  assert.ok(
    !(await engineEvents(podman, ['image', 'container'])).args.some((arg) => arg.startsWith('event=')),
  );
  assert.ok((await engineEvents(podman, ['image', 'container'])).args.includes('type=image'));
});

const dockerInfo = {
  ServerVersion: '28.2',
  OSType: 'linux',
  Architecture: 'aarch64',
  Runtimes: { nvidia: {}, runc: {} },
};
const podmanInfo = { host: { os: 'linux', arch: 'amd64' }, version: { Version: '4.3.1' } };

/** Engines that answer as said; everything else is not found. */
function fake(answers: Readonly<Record<string, object | string>>): Exec & { readonly seen: string[] } {
  const seen: string[] = [];
  const exec = async (command: Command<unknown>): Promise<Exit> => {
    const { path: file, args } = argv(command);
    seen.push(`${file} ${args[0]}`);
    const answer = answers[`${file} ${args[0]}`];
    if (answer === undefined) return { kind: 'not-found', file, stdout: '', stderr: '' };
    if (typeof answer === 'string') return { kind: 'exited', code: 1, file, stdout: '{}', stderr: answer };
    return {
      kind: 'exited',
      code: 0,
      file,
      stdout: 'raw' in answer ? String(answer.raw) : JSON.stringify(answer),
      stderr: 'WARNING: No swap limit support',
    };
  };
  return Object.assign(exec, { seen });
}
const paths = { dockerPath: '/d', podmanPath: '/p' };
const idOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'found',
    (error) => error.failure?.id,
  );

test('with auto the first engine that answers is taken', async () => {
  const both = {
    '/d info': dockerInfo,
    '/d buildx': { raw: 'github.com/docker/buildx v0.38.2 abc\n' },
    '/p info': podmanInfo,
  };
  const found = await findEngine(fake(both), { engine: 'auto', ...paths });
  assert.deepEqual(
    [found.kind, found.version, found.platform, found.buildx, found.gpu],
    ['docker', '28.2', 'linux/arm64', '0.38.2', true],
  );
  const second = await findEngine(fake({ '/d info': 'Cannot connect', '/p info': podmanInfo }), {
    engine: 'auto',
    ...paths,
  });
  assert.deepEqual([second.kind, second.version, second.platform], ['podman', '4.3.1', 'linux/amd64']);
});

test('a chosen engine is the only one that is asked', async () => {
  const exec = fake({ '/p info': podmanInfo, '/d info': dockerInfo });
  assert.equal((await findEngine(exec, { engine: 'podman', ...paths })).kind, 'podman');
  assert.deepEqual(exec.seen, ['/p info']);
});

test('none there, none answering, none allowed', async () => {
  assert.equal(await idOf(findEngine(fake({}), { engine: 'auto', ...paths })), 'engine-absent');
  assert.equal(
    await idOf(
      findEngine(fake({ '/d info': 'Cannot connect to the Docker daemon' }), { engine: 'auto', ...paths }),
    ),
    'engine-unreachable',
  );
  assert.equal(
    await idOf(
      findEngine(fake({ '/d info': 'permission denied … docker.sock' }), { engine: 'auto', ...paths }),
    ),
    'engine-permission',
  );
  assert.equal(
    await idOf(
      findEngine(fake({ '/d info': { ServerErrors: ['Cannot connect'] } }), { engine: 'docker', ...paths }),
    ),
    'engine-unreachable',
  );
});

test('what was found is kept, what was not is looked for again, and listeners hear of both', async () => {
  const answers: Record<string, object> = {};
  const exec = fake(answers);
  const access = createEngineAccess(exec, () => ({ engine: 'docker', ...paths }));
  const states: string[] = [];
  access.onDidChange((state) => states.push(state));
  assert.equal(await idOf(access.get()), 'engine-absent');
  answers['/d info'] = dockerInfo;
  assert.equal(await idOf(access.get()), 'found');
  const asked = exec.seen.length;
  await Promise.all([access.get(), access.get()]);
  assert.equal(exec.seen.length, asked);
  delete answers['/d info'];
  assert.equal(await access.stillAnswers(), false);
  assert.equal(await idOf(access.get()), 'engine-absent');
  assert.deepEqual(states, ['absent', 'ready', 'unreachable', 'absent']);
});
