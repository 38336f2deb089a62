// What is read over the engine's API, beside what its command line says of the same things.
import '../client/register-vscode.ts';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { EngineEvent } from '../../client/src/engine/events.ts';
import { type EngineHttp, overSocket } from '../../client/src/engine/http.ts';
import { createResources } from '../../client/src/resources/store.ts';
import { type Command, exec } from '../../client/src/runtime/exec.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { run } from '../parts/processes.ts';

const { localSocket, overHttp } = await import('../../client/src/engine/connection.ts');
const { readContainers, readImages } = await import('../../client/src/engine/reads.ts');
const { loadUses, loadVolumeUses } = await import('../../client/src/engine/uses.ts');
const { containerNodes } = await import('../../client/src/containers/tree.ts');
const { containers } = await import('../../client/src/engine/containers.ts');
const { createEngineAccess } = await import('../../client/src/runtime/engine.ts');
const { inspectContainers } = await import('../../client/src/runtime/container-commands.ts');
const { listedContainer } = await import('../../client/src/runtime/listed-container.ts');
const { inspectImages, listedImage, listImageIds } = await import(
  '../../client/src/runtime/image-commands.ts'
);

const parts = readParts();
const image = parts.engine?.baseImage ?? '';
const skip = image ? false : 'needs an engine with its base image';
if (skip && process.env.CI === 'true') throw new Error(skip);
const prefix = `wh-r-${process.pid}`;
const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse reads '));

const access = createEngineAccess(exec, () => ({ engine: 'docker', dockerPath: '', podmanPath: '' }));
const user = {
  engine: access,
  async run<T>(command: Command<T>): Promise<T> {
    const exit = await exec(command);
    assert.ok(exit.kind === 'exited' && exit.code === 0, exit.stderr);
    return (await command.parse?.(exit.stdout, exit.stderr)) as T;
  },
};
const api = async <T>(ask: (http: EngineHttp) => Promise<T>): Promise<T> => {
  const answer = await overHttp(user, ask);
  assert.ok(answer !== undefined, 'the API was not asked');
  return answer;
};
/** The command line leaves out fields that are empty. */
type Details = ReturnType<typeof listedContainer>;
const withoutRaw = <T extends { raw: unknown }>({ raw: _, ...details }: T) => details;

async function docker(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run('docker', args);
  assert.equal(code, 0, stderr);
  return stdout.trim();
}

before(() => {
  if (parts.engine) Object.assign(process.env, toolEnvironment(parts));
});
after(async () => {
  rmSync(folder, { recursive: true });
  if (skip) return;
  const ids = await docker('ps', '--all', '--quiet', '--filter', `name=${prefix}`);
  if (ids) await docker('rm', '--force', '--volumes', ...ids.split('\n'));
  await docker('rmi', '--force', `${prefix}:a`, `${prefix}:b`);
});

test('containers of every state are read as the command line tells them', { skip }, async () => {
  const make = (name: string, ...args: string[]) =>
    docker('run', '--detach', `--name=${prefix}-${name}`, ...args);
  await make('runs', '--publish=8000', '--volume=/data', '--label=a=`b` *c*', image, 'sleep', '100');
  await make('fails', image, 'sh', '-c', 'exit 137');
  await make('sleeps', image, 'sleep', '100');
  await docker('pause', `${prefix}-sleeps`);
  const created = await docker('create', `--name=${prefix}-new`, image, 'true');
  await docker('wait', `${prefix}-fails`);
  const over = await api(readContainers);
  const ours = over.filter(({ name }) => name.startsWith(prefix));
  assert.equal(ours.length, 4);
  const ids = ours.map(({ id }) => id);
  const told = await user.run(await inspectContainers(await access.get(), ids));
  assert.deepEqual(ours.map(withoutRaw), told.map(withoutRaw));

  // What the list alone tells of them, for the first rows.
  const list = (await api((http) => http.get('/containers/json?all=1'))) as { Id: string }[];
  const rowOf = ({ id, name, image, imageId, status, running, exitCode, ports, mounts, labels }: Details) =>
    [id, { name, image, imageId, status, running, exitCode, ports, mounts, labels }] as const;
  const listed = list.filter(({ Id }) => ids.includes(Id)).map((raw) => listedContainer(raw));
  assert.deepEqual(new Map(listed.map(rowOf)), new Map(told.map(rowOf)));
  const dated = (all: readonly Details[]) =>
    all.map(({ name, started, finished }) => [name, Boolean(started), Boolean(finished)]);
  const endedOf = (all: readonly Details[]) => dated(all.filter(({ name }) => /fails|new/.test(name)));
  // Of one that ended it does not tell when it began.
  assert.deepEqual(endedOf(listed).toSorted(), [
    [`${prefix}-fails`, false, true],
    [`${prefix}-new`, false, false],
  ]);
  assert.ok(listed.every(({ name, started }) => Boolean(started) === /runs|sleeps/.test(name)));

  await docker('rm', created);
  const [fails] = ids.filter((id) => ours.some((one) => one.id === id && one.name.endsWith('fails')));
  const some = await api((http) => readContainers(http, [created, fails ?? '']));
  assert.deepEqual(
    some.map(({ name, exitCode }) => [name, exitCode]),
    [[`${prefix}-fails`, 137]],
  );
});

test('images are read as the command line tells them, and asked for once', { skip }, async () => {
  await docker('tag', image, `${prefix}:a`);
  const asked: string[] = [];
  const spied = (http: Pick<EngineHttp, 'get'>): Pick<EngineHttp, 'get'> => ({
    get: (path) => {
      asked.push(path);
      return http.get(path);
    },
  });
  const engine = await access.get();
  const byId = <T extends { id: string }>(images: readonly T[]) =>
    images.toSorted((a, b) => a.id.localeCompare(b.id));
  const told = async () => user.run(await inspectImages(engine, await user.run(await listImageIds(engine))));
  const first = await api((http) => readImages(spied(http)));
  assert.deepEqual(byId(first).map(withoutRaw), byId(await told()).map(withoutRaw));
  const list = (await api((http) => http.get('/images/json'))) as unknown[];
  const rowOf = ({ id, tags, digests, bytes, created }: (typeof first)[number]) => ({
    ...{ id, bytes, seconds: Math.floor((created?.getTime() ?? 0) / 1000) },
    ...{ tags: tags.toSorted(), digests: digests.toSorted() },
  });
  assert.deepEqual(byId(list.map(listedImage)).map(rowOf), byId(await told()).map(rowOf));

  asked.length = 0;
  await docker('tag', image, `${prefix}:b`);
  await docker('rmi', `${prefix}:a`);
  const second = await api((http) => readImages(spied(http), new Map(first.map((one) => [one.id, one]))));
  assert.deepEqual(asked, ['/images/json']);
  const names = (images: readonly { id: string; tags: readonly string[]; digests: readonly string[] }[]) =>
    byId(images.map(({ id, tags, digests }) => ({ id, tags: tags.toSorted(), digests: digests.toSorted() })));
  assert.deepEqual(names(second), names(await told()));
});

test('who uses volumes and who is in networks of a person is asked for by itself, and told as of all', {
  skip,
}, async () => {
  const create = (name: string, ...args: string[]) =>
    docker('create', `--name=${prefix}-use-${name}`, ...args, image, 'true');
  const subnet = `10.252.${process.pid % 250}.0/28`;
  const network = await docker('network', 'create', '--subnet', subnet, '--', `${prefix}-own`);
  try {
    const volume = await create('volume', `--volume=${prefix}-data:/data:ro`);
    const byName = await create('name', `--network=${prefix}-own`);
    // Until it starts, the engine has the network by its id.
    const ofId = await create('id', '--network', network);
    const neither = await create('neither');
    const mine = [volume, byName, ofId, neither];
    let own: Awaited<ReturnType<typeof loadUses>> | undefined;
    const all = await loadUses(user, (told) => {
      own = told;
    });
    const ofMine = (uses: typeof all = []) => uses.filter(({ id }) => mine.includes(id));
    const idsOf = (uses: typeof all) => uses.map(({ id }) => id).sort();
    assert.deepEqual(idsOf(ofMine(all)), mine.toSorted());
    assert.deepEqual(idsOf(ofMine(own)), [byName, ofId].sort());
    assert.deepEqual(
      ofMine(own),
      all.filter(({ id }) => [byName, ofId].includes(id)),
    );
    assert.deepEqual(
      ofMine(await loadVolumeUses(user)),
      all.filter(({ id }) => id === volume),
    );
    assert.deepEqual(all.find(({ id }) => id === volume)?.volumes, [
      { name: `${prefix}-data`, to: '/data', readOnly: true },
    ]);
  } finally {
    const ids = await docker('ps', '--all', '--quiet', '--filter', `name=${prefix}-use`);
    if (ids) await docker('rm', '--force', ...ids.split('\n'));
    await docker('volume', 'rm', '--force', `${prefix}-data`);
    await docker('network', 'rm', `${prefix}-own`);
  }
});

test('an engine elsewhere is asked through the command line, by processes that end', { skip }, async () => {
  const listening = net.createServer((near) => {
    const far = net.connect(localSocket(parts.engine?.host ?? '') ?? '');
    near.pipe(far).pipe(near);
    for (const end of [near, far]) end.on('error', () => {});
  });
  listening.listen(0, '127.0.0.1');
  await new Promise((resolve) => listening.once('listening', resolve));
  const { port } = listening.address() as net.AddressInfo;
  const before = process.env.DOCKER_HOST;
  process.env.DOCKER_HOST = `tcp://127.0.0.1:${port}`;
  try {
    const elsewhere = createEngineAccess(exec, () => ({ engine: 'docker', dockerPath: '', podmanPath: '' }));
    const far = { ...user, engine: elsewhere };
    const id = await docker('create', `--name=${prefix}-far`, image, 'true');
    const containers = await overHttp(far, readContainers);
    assert.ok(containers?.some((one) => one.id === id));
    const dialling = async () => (await run('pgrep', ['-f', 'system dial-stdio'])).stdout.trim().split('\n');
    assert.ok((await dialling()).length <= 4);
    const again = performance.now();
    for (let each = 0; each < 50; each++)
      assert.ok(await overHttp(far, (http) => readContainers(http, [id])));
    assert.ok(performance.now() - again < 5_000, 'connections are not kept');
    listening.close();
    for (const pid of await dialling()) process.kill(Number(pid), 'SIGKILL');
    assert.equal(await overHttp(far, readContainers), undefined);
  } finally {
    process.env.DOCKER_HOST = before;
    listening.close();
  }
});

test('after events a view asks for what they name alone, and for all again after a load that failed', {
  skip,
}, async () => {
  const engineSocket = localSocket(parts.engine?.host ?? '') ?? '';
  const socket = path.join(folder, 'proxy.sock');
  const asked: string[] = [];
  let answers = true;
  const proxy = http.createServer(({ url = '', method }, response) => {
    asked.push(url);
    if (!answers) return response.destroy();
    const far = http.request({ socketPath: engineSocket, path: url, method }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    return far.end();
  });
  proxy.listen(socket);
  await new Promise((resolve) => proxy.once('listening', resolve));
  const before = process.env.DOCKER_HOST;
  try {
    const engine = createEngineAccess(exec, () => ({ engine: 'docker', dockerPath: '', podmanPath: '' }));
    await engine.get();
    process.env.DOCKER_HOST = `unix://${socket}`;
    // The command line would answer in its place.
    const only = {
      engine,
      run: async <T>(command: Command<T>): Promise<T> =>
        command.args[0] === 'context' ? user.run(command) : assert.fail(`${command.args.join(' ')} was run`),
    };
    const limits = { limitMs: 60_000, tooLate: () => new Error('too late') };
    const resources = createResources(only, limits);
    resources.retain(containers);
    const nodes = containerNodes({ ...only, resources });
    const load = (events: readonly EngineEvent[] = []) => {
      resources.changed(['container'], events);
      return nodes(events);
    };
    const ids = (await load()).map(({ value }) => (value as { container: string }).container);
    process.env.DOCKER_HOST = before;
    assert.deepEqual(
      new Set(asked),
      new Set(['/containers/json?all=1', ...ids.map((id) => `/containers/${id}/json`)]),
    );
    const id = await docker('create', `--name=${prefix}-seen`, image, 'true');
    asked.length = 0;
    const event = { kind: 'container', action: 'create', id } as const;
    const labels = (await load([event])).map(({ label }) => label);
    assert.ok(labels.includes(`${prefix}-seen`));
    assert.deepEqual(asked, [`/containers/${id}/json`]);
    await docker('rm', id);
    assert.ok(
      !(await load([{ ...event, action: 'destroy' }])).some(({ label }) => label === `${prefix}-seen`),
    );
    asked.length = 0;
    assert.equal((await load([])).length, ids.length);
    assert.equal(asked.length, 0);

    answers = false;
    await assert.rejects(load([event]));
    answers = true;
    asked.length = 0;
    await load([event]);
    assert.ok(asked.includes('/containers/json?all=1'), 'what changed meanwhile was not asked for');
  } finally {
    process.env.DOCKER_HOST = before;
    proxy.close();
    proxy.closeAllConnections();
  }
});

test('after one that fails no more are asked for', async () => {
  let count = 0;
  const failing: Pick<EngineHttp, 'get'> = {
    async get() {
      count++;
      throw new Error('no');
    },
  };
  await assert.rejects(
    readContainers(
      failing,
      Array.from({ length: 1000 }, (_, id) => `${id}`),
    ),
  );
  assert.ok(count <= 4, `${count} were asked for`);
});

/** An engine that answers as it pleases: a real one cannot be made to. */
async function strangeEngine(answer: http.RequestListener) {
  const socket = path.join(folder, `${Math.random()}.sock`);
  const server = http.createServer(answer).listen(socket);
  await new Promise((resolve) => server.once('listening', resolve));
  return { http: overSocket(socket), stop: () => void server.close(() => {}).closeAllConnections() };
}

test('an answer that is cut off, no JSON, an error or endless is no answer', async () => {
  const answers: Readonly<Record<string, http.RequestListener>> = {
    'cut off': (_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('[');
      setImmediate(() => response.destroy());
    },
    'no JSON': (_, response) => void response.end('<html>'),
    'an error': (_, response) => void response.writeHead(500).end('{"message":"no"}'),
    endless: (_, response) => {
      const more = () => {
        while (response.write(' '.repeat(1_000_000)));
      };
      response.on('drain', more);
      more();
    },
  };
  for (const [kind, answer] of Object.entries(answers)) {
    const { http, stop } = await strangeEngine(answer);
    await assert.rejects(readContainers(http), Error, kind);
    stop();
  }
  const { http, stop } = await strangeEngine((_, response) => void response.writeHead(404).end());
  assert.deepEqual(await readContainers(http, ['gone']), []);
  stop();
  await assert.rejects(overSocket(path.join(folder, 'none.sock')).get('/'), /ENOENT/);
});

test('only what listens on this machine is asked directly', () => {
  assert.equal(localSocket('unix:///run/user/1000/docker.sock'), '/run/user/1000/docker.sock');
  assert.equal(localSocket('npipe:////./pipe/docker_engine'), '//./pipe/docker_engine');
  for (const host of ['ssh://me@server', 'tcp://10.0.0.1:2376', 'tcp://127.0.0.1:2375', '', 'unix://'])
    assert.equal(localSocket(host), undefined);
});
