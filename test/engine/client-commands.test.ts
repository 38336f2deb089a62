// The client's command values against a real engine, real registries and real uv: what they make, and that
// what goes wrong is told apart by the words these versions use.
import '../client/register-vscode.ts';
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineEvent } from '../../client/src/engine/events.ts';
import { buildPatterns, pushPatterns, runPatterns } from '../../client/src/images/failures.ts';
import type { Engine } from '../../client/src/runtime/engine.ts';
import { type Command, type ExecOptions, exec } from '../../client/src/runtime/exec.ts';
import { explainFailure, type Failure, type Pattern } from '../../client/src/runtime/failures.ts';
import { buildWheel } from '../../client/src/runtime/uv-commands.ts';
import { wheelPatterns } from '../../client/src/wheels/failures.ts';
import { startEngine } from '../parts/engine.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { eventually } from './fake-vscode.ts';

const images = await import('../../client/src/runtime/image-commands.ts');
const containers = await import('../../client/src/runtime/container-commands.ts');
const registries = await import('../../client/src/runtime/registry-commands.ts');
const { findEngine } = await import('../../client/src/runtime/engine.ts');
const { createWatch } = await import('../../client/src/engine/watch.ts');

const parts = readParts();
const environment = parts.engine ? toolEnvironment(parts) : {};
const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse ünï çode '));
const prefix = `wh-${process.pid}`;
const tag = `${prefix}:1.0`;
const skip =
  parts.engine && parts.registry && parts.protectedRegistry && parts.uv
    ? false
    : 'needs engine, registries and uv';
let engine: Engine;

before(async () => {
  if (skip) return;
  Object.assign(process.env, environment);
  engine = await findEngine(exec, { engine: 'docker', dockerPath: '', podmanPath: '' });
  write(
    'Dockerfile',
    `FROM ${parts.engine?.baseImage}\nEXPOSE 8000\nCOPY hello.txt /\nCMD ["cat", "/hello.txt"]\n`,
  );
  write('hello.txt', 'hello from the container');
});
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  if (skip) return;
  const listed = await exec({
    file: 'docker',
    args: ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}'],
  });
  const tags = listed.stdout.split('\n').filter((name) => name.includes(`${prefix}`));
  if (tags.length) await exec({ file: 'docker', args: ['image', 'rm', '--force', ...tags] });
  const left = (await done(await containers.listContainers(engine))).filter(({ name }) =>
    name.startsWith(prefix),
  );
  if (left.length)
    await exec(
      await containers.removeContainers(
        engine,
        left.map(({ id }) => id),
        true,
      ),
    );
});

function write(file: string, text: string): string {
  const full = path.join(folder, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, text);
  return full;
}

async function done<T>(command: Command<T>, options: ExecOptions = {}): Promise<T> {
  const exit = await exec(command, options);
  assert.ok(exit.kind === 'exited' && exit.code === 0, `${command.args.join(' ')}: ${JSON.stringify(exit)}`);
  return (await command.parse?.(exit.stdout, exit.stderr)) as T;
}

async function fails(
  command: Command<unknown>,
  patterns: readonly Pattern[],
  options: ExecOptions = {},
): Promise<Failure> {
  const exit = await exec(command, options);
  assert.ok(exit.kind !== 'exited' || exit.code !== 0, `${command.args.join(' ')} went well`);
  return explainFailure(
    exit,
    { step: 'The step', tool: 'engine', registry: 'the registry', image: 'x:1' },
    patterns,
  );
}

const build = (dockerfile = 'Dockerfile', name = tag) =>
  images.buildImage(engine, { context: folder, dockerfile: path.join(folder, dockerfile), tag: name });

test('an image is built in a folder with spaces and non-ASCII letters, and known by the engine afterwards', {
  skip,
}, async () => {
  await done(await build());
  const [image] = await done(await images.inspectImages(engine, [tag]));
  assert.deepEqual(
    [image?.tags, image?.ports, image?.runnable, image?.platform],
    [[tag], [8000], true, engine.platform],
  );
  assert.ok(image && image.bytes > 1_000_000);
  assert.ok((await done(await images.listImageIds(engine))).includes(image.id));
});

test('without buildx the older builder is used, and its warning is no failure', { skip }, async () => {
  await done(
    await images.buildImage(
      { ...engine, buildx: undefined },
      { context: folder, dockerfile: path.join(folder, 'Dockerfile'), tag: `${prefix}:legacy` },
    ),
    { env: { DOCKER_BUILDKIT: '0' } },
  );
  assert.equal((await done(await images.inspectImages(engine, [`${prefix}:legacy`]))).length, 1);
});

test('a container runs, its output is in its logs, and it can be removed', { skip }, async () => {
  const name = `${prefix}-run`;
  const id = await done(
    await containers.runContainer(engine, {
      image: tag,
      name,
      env: { A: '1 2' },
      mounts: [{ source: folder, destination: '/data', readOnly: true }],
    }),
  );
  assert.match(id, /^[0-9a-f]{64}$/);
  await eventually(async () => {
    const [listed] = (await done(await containers.listContainers(engine))).filter((one) => one.name === name);
    return listed?.state === 'exited' || undefined;
  });
  const logs = await exec(await containers.containerLogs(engine, name, { tail: 10 }));
  assert.match(logs.stdout, /hello from the container/);
  await done(await containers.removeContainers(engine, [name], false));
});

test('an image is tagged, pushed, and its digest is the one that the registry has', { skip }, async () => {
  const ref = `${parts.registry}/${prefix}:1.0`;
  await done(await images.tagImage(engine, tag, ref));
  const digest = await done(await images.pushImage(engine, ref));
  const answer = await fetch(`http://${parts.registry}/v2/${prefix}/manifests/1.0`, {
    headers: { accept: 'application/vnd.docker.distribution.manifest.v2+json' },
  });
  assert.equal(answer.headers.get('docker-content-digest'), digest);
});

test('pushing needs a login; with a wrong token it fails, with the right one it works', {
  skip,
}, async () => {
  const { address, user, password } = parts.protectedRegistry ?? { address: '', user: '', password: '' };
  const ref = `${address}/${prefix}:1.0`;
  await done(await images.tagImage(engine, tag, ref));
  await exec(await registries.logoutRegistry(engine, address));
  assert.equal((await fails(await images.pushImage(engine, ref), pushPatterns)).id, 'not-logged-in');
  const login = await registries.loginRegistry(engine, address, user);
  const wrong = await exec(login, { stdin: 'not-the-token' });
  assert.ok(wrong.kind === 'exited' && wrong.code !== 0);
  assert.doesNotMatch(wrong.stderr + wrong.stdout, /not-the-token/);
  await done(login, { stdin: password });
  assert.match((await done(await images.pushImage(engine, ref))) ?? '', /^sha256:/);
  await done(await registries.logoutRegistry(engine, address));
});

test('several platforms are more than the default builder can', { skip }, async () => {
  const command = await images.buildImage(engine, {
    context: folder,
    dockerfile: path.join(folder, 'Dockerfile'),
    tag: `${parts.registry}/${prefix}:multi`,
    platforms: ['linux/amd64', 'linux/arm64'],
    push: true,
  });
  const failure = await fails(command, buildPatterns, { env: { BUILDX_BUILDER: 'default' } });
  assert.equal(failure.id, 'platforms-unsupported');
});

test('several platforms are built and pushed by a builder that can', {
  skip: skip || (parts.engine?.builder ? false : 'needs a builder'),
}, async () => {
  write('scratch.dockerfile', 'FROM scratch\nCOPY hello.txt /\n');
  const command = await images.buildImage(engine, {
    context: folder,
    dockerfile: path.join(folder, 'scratch.dockerfile'),
    tag: `${parts.registry}/${prefix}:multi`,
    platforms: ['linux/amd64', 'linux/arm64'],
    push: true,
  });
  await done(command, { env: { BUILDX_BUILDER: parts.engine?.builder ?? '' } });
  const answer = await fetch(`http://${parts.registry}/v2/${prefix}/manifests/multi`, {
    headers: {
      accept:
        'application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json',
    },
  });
  const { manifests } = (await answer.json()) as { manifests: { platform: { architecture: string } }[] };
  assert.deepEqual(
    manifests
      .map(({ platform }) => platform.architecture)
      .filter((name) => name !== 'unknown')
      .sort(),
    ['amd64', 'arm64'],
  );
});

test('what goes wrong with a build is told apart', { skip }, async () => {
  const of = async (text: string, name = tag) => {
    write('bad.dockerfile', text);
    const failure = await fails(await build('bad.dockerfile', name), buildPatterns);
    return failure.id === 'unknown' ? failure.message : failure.id;
  };
  const from = `FROM ${parts.engine?.baseImage}\n`;
  assert.equal(await of(`${from}COPYX a b\n`), 'dockerfile-invalid');
  assert.equal(await of(`${from}RUN exit 7\n`), 'step-failed');
  assert.equal(await of(`${from}COPY dist/bikes-1-py3-none-any.whl /\n`), 'wheel-missing');
  assert.equal(await of(from, 'Bikes:1'), 'invalid-reference');
  const unknown = await of('FROM 127.0.0.1:9/none:1\n');
  assert.equal(unknown, 'registry-down');
  assert.equal(await of(`FROM ${parts.registry}/none:1\n`), 'base-unknown');
  const target = await images.buildImage(engine, {
    context: folder,
    dockerfile: path.join(folder, 'Dockerfile'),
    tag,
    target: 'nope',
  });
  assert.equal((await fails(target, buildPatterns)).id, 'target-unknown');
  const [untouched] = await done(await images.inspectImages(engine, [tag]));
  assert.deepEqual(untouched?.tags.includes(tag), true);
});

test('what goes wrong with a run or a push is told apart', { skip }, async () => {
  const server = createServer().listen(0, '0.0.0.0');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const run = async (options: object) =>
    (
      await fails(
        await containers.runContainer(engine, { image: tag, name: `${prefix}-bad`, ...options }),
        runPatterns,
      )
    ).id;
  assert.equal(await run({ ports: [{ host: port, container: 80 }] }), 'port-taken');
  assert.equal(await run({}), 'name-taken');
  await exec(await containers.removeContainers(engine, [`${prefix}-bad`], true));
  server.close();
  assert.equal(await run({ image: `${parts.registry}/${prefix}:9` }), 'image-unknown');
  assert.equal(await run({ gpu: true }), 'gpu-missing');
  await exec(await containers.removeContainers(engine, [`${prefix}-bad`], true));
  assert.equal(await run({ command: ['no-such-program'] }), 'program-missing');
  const down = '127.0.0.1:9/x:1';
  await done(await images.tagImage(engine, tag, down));
  assert.equal((await fails(await images.pushImage(engine, down), pushPatterns)).id, 'registry-down');
  await done(await images.removeImages(engine, [down], false));
  assert.equal(
    (await fails(await images.pushImage(engine, `${parts.registry}/never-tagged:1`), pushPatterns)).id,
    'image-unknown',
  );
});

test('a registry that lets others in, but not this user, is told as that', { skip }, async () => {
  const registry = createHttpServer(({ method, url }, answer) => {
    const status = method === 'POST' ? 403 : url === '/v2/' ? 200 : 404;
    answer.writeHead(status, { 'Content-Type': 'application/json' }).end('{}');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => registry.once('listening', resolve));
  const address = registry.address();
  const ref = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/${prefix}/x:1`;
  await done(await images.tagImage(engine, tag, ref));
  const failure = await fails(await images.pushImage(engine, ref), pushPatterns);
  await done(await images.removeImages(engine, [ref], false));
  registry.closeAllConnections();
  registry.close();
  assert.equal(failure.id, 'push-denied', failure.message);
});

test('a build that is cancelled ends soon, and leaves no image', { skip }, async () => {
  write('slow.dockerfile', `FROM ${parts.engine?.baseImage}\nRUN echo begun; sleep 600\n`);
  const controller = new AbortController();
  const name = `${prefix}:cancelled`;
  let said = '';
  const onOutput = (text: string) => {
    said += text;
  };
  const running = exec(await build('slow.dockerfile', name), { signal: controller.signal, onOutput });
  // What the step printed, not its command line, which is told before it runs.
  await eventually(() => / begun$/m.test(said) || undefined);
  const before = Date.now();
  controller.abort();
  assert.equal((await running).kind, 'cancelled');
  assert.ok(Date.now() - before < 60_000, 'a tenth of what the step would take');
  const exit = await exec(await images.inspectImages(engine, [name]));
  assert.ok(exit.kind === 'exited' && exit.code !== 0);
});

test('events tell what changed while somebody looks, and end with that', { skip }, async () => {
  const seen: EngineEvent[] = [];
  const access = { get: async () => engine, forget() {}, stillAnswers: async () => true, onDidChange() {} };
  const watch = createWatch(exec, access, (events) => void seen.push(...events));
  const release = watch.retain(['image']);
  const told = (name: string, to = seen) =>
    eventually(() => to.some((event) => event.name === `${prefix}:${name}`) || undefined);
  await done(await images.tagImage(engine, tag, `${prefix}:seen`));
  await told('seen');
  // The process for both kinds starts where that for one has ended.
  const both = watch.retain(['container']);
  await done(await images.tagImage(engine, tag, `${prefix}:between`));
  await told('between');
  // Another one, by which it is known when the first would have been told.
  const others: EngineEvent[] = [];
  const watchOn = createWatch(exec, access, (events) => void others.push(...events)).retain(['image']);
  release();
  both();
  await done(await images.tagImage(engine, tag, `${prefix}:unseen`));
  await told('unseen', others);
  await sleep(700);
  watchOn();
  // What tests before did in the same second is told as well, as engines count seconds.
  const own = seen.filter(({ name }) => /:(?:seen|between|unseen)$/.test(name ?? ''));
  const names = new Set(own.map(({ kind, action, name }) => `${kind} ${action} ${name}`));
  assert.deepEqual(names, new Set([`image tag ${prefix}:seen`, `image tag ${prefix}:between`]));
  assert.ok(own.every(({ id, at }) => id.startsWith('sha256:') && at && Date.now() - at.getTime() < 60_000));
});

test('an engine that is stopped while it builds is told as that', { skip }, async () => {
  const own = await startEngine(() => {});
  assert.ok('host' in own);
  // A download that never ends keeps the build going.
  const server = createServer().listen(0, '127.0.0.1');
  const reached = new Promise((resolve) => server.once('connection', resolve));
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  write('long.dockerfile', `FROM scratch\nADD http://127.0.0.1:${port}/x /x\n`);
  const failing = fails(await build('long.dockerfile'), buildPatterns, {
    env: { DOCKER_HOST: own.host, BUILDX_BUILDER: 'default' },
  });
  await reached;
  await own.stop();
  const failure = await failing;
  server.close();
  assert.equal(failure.id, 'engine-stopped', failure.message);
});

test('uv builds a wheel where spaces and non-ASCII letters are, and says where', { skip }, async () => {
  const project = path.join(folder, 'projét');
  write(
    'projét/pyproject.toml',
    '[project]\nname = "bikes"\nversion = "1.0.0"\nrequires-python = ">=3.11"\n[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n',
  );
  write('projét/src/bikes/__init__.py', '');
  const printed = await done(buildWheel(parts.uv?.file ?? 'uv'), { cwd: project });
  assert.equal(printed, 'dist/bikes-1.0.0-py3-none-any.whl');
});

test('what goes wrong with a wheel is told apart', { skip }, async () => {
  const of = async (name: string, files: Readonly<Record<string, string>>) => {
    mkdirSync(path.join(folder, name), { recursive: true });
    for (const [file, text] of Object.entries(files)) write(`${name}/${file}`, text);
    return (await fails(buildWheel(parts.uv?.file ?? 'uv'), wheelPatterns, { cwd: path.join(folder, name) }))
      .id;
  };
  const hatchling = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n';
  const head = '[project]\nname = "bikes"\nversion = "1.0.0"\n';
  assert.equal(await of('empty', {}), 'no-pyproject');
  assert.equal(await of('broken', { 'pyproject.toml': '[project\n' }), 'pyproject-invalid');
  assert.equal(await of('no-module', { 'pyproject.toml': head + hatchling }), 'module-missing');
  assert.equal(
    await of('no-readme', { 'pyproject.toml': `${head}readme = "README.md"\n${hatchling}` }),
    'readme-missing',
  );
  assert.equal(
    await of('no-backend', {
      'pyproject.toml': `${head}[build-system]\nrequires = ["no-such-backend-at-all"]\nbuild-backend = "x"\n`,
    }),
    'index-unreachable',
  );
  assert.equal(
    await of('no-python', { 'pyproject.toml': `${head}requires-python = ">=3.99"\n${hatchling}` }),
    'python-missing',
  );
});
