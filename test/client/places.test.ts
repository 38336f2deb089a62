import './register-vscode.ts';
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { argv, type Command, type Exec, type Exit } from '../../client/src/runtime/exec.ts';
import { flagsOf, readPlace } from '../../client/src/runtime/place.ts';
import { placeUnreachable } from '../../client/src/runtime/place-failures.ts';
import { isInContainer, machineContext, socketPlaces } from '../../client/src/runtime/sockets.ts';

const { createEngineAccess, findEngine } = await import('../../client/src/runtime/engine.ts');

test('what was kept is a place, or nothing', () => {
  assert.deepEqual(flagsOf(readPlace({ kind: 'docker', name: 'a' }) ?? { kind: 'podman' }), [
    '--context',
    'a',
  ]);
  assert.deepEqual(flagsOf({ kind: 'podman', name: 'a' }), ['--connection', 'a']);
  assert.deepEqual(flagsOf({ kind: 'docker', address: 'unix:///s' }), ['--host', 'unix:///s']);
  assert.deepEqual(readPlace({ kind: 'podman' }), { kind: 'podman' });
  for (const bad of [
    undefined,
    'x',
    { kind: 'x' },
    { kind: 'docker', name: '--help' },
    { kind: 'docker', address: 'ssh://-o' },
    { kind: 'docker', address: 'x' },
  ])
    assert.equal(readPlace(bad), undefined, JSON.stringify(bad));
});

test('the choice of the machine is that of its command line', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-config-'));
  try {
    const environment = { DOCKER_CONFIG: folder };
    assert.equal(machineContext(environment), 'default');
    for (const [text, name] of [
      ['{', 'default'],
      ['{"currentContext":"x"}', 'x'],
      ['{"currentContext":""}', 'default'],
    ] as const) {
      writeFileSync(path.join(folder, 'config.json'), text);
      assert.equal(machineContext(environment), name);
    }
    assert.equal(machineContext({ ...environment, DOCKER_CONTEXT: 'y' }), 'y');
    assert.equal(machineContext({ ...environment, DOCKER_CONTEXT: 'y', DOCKER_HOST: 'tcp://h' }), 'tcp://h');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('sockets are found where engines of one’s own put them', {
  skip: process.platform === 'win32',
}, async () => {
  const home = mkdtempSync(path.join(tmpdir(), 'wh-home-'));
  const files = ['run/docker.sock', '.colima/default/docker.sock', 'run/podman/podman.sock'];
  const servers = files.map((file) => {
    mkdirSync(path.dirname(path.join(home, file)), { recursive: true });
    return net.createServer().listen(path.join(home, file));
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.once('listening', resolve))));
  // A file of that name is no socket.
  mkdirSync(path.join(home, '.rd'));
  writeFileSync(path.join(home, '.rd/docker.sock'), '');
  try {
    const found = socketPlaces({ XDG_RUNTIME_DIR: path.join(home, 'run') }, home);
    assert.deepEqual(
      found.filter((place) => 'address' in place && place.address.includes(home)),
      files.map((file) => ({
        kind: file.includes('podman') ? 'podman' : 'docker',
        address: `unix://${path.join(home, file)}`,
      })),
    );
  } finally {
    for (const server of servers) server.close();
    rmSync(home, { recursive: true });
  }
});

const info = JSON.stringify({ ServerVersion: '28', OSType: 'linux', Architecture: 'x86_64' });
/** Docker, which answers where its flags say so. */
function fake(answers: (flags: string) => boolean): Exec & { readonly seen: string[] } {
  const seen: string[] = [];
  const exec = async (command: Command<unknown>): Promise<Exit> => {
    const { path: file, args } = argv(command);
    const flags = args.slice(0, args.indexOf('info') < 0 ? 2 : args.indexOf('info')).join(' ');
    seen.push(flags);
    if (file !== '/d') return { kind: 'not-found', file, stdout: '', stderr: '' };
    return answers(flags)
      ? { kind: 'exited', code: 0, file, stdout: info, stderr: '' }
      : { kind: 'exited', code: 1, file, stdout: '', stderr: 'Cannot connect to the Docker daemon' };
  };
  return Object.assign(exec, { seen });
}
const choice = { engine: 'auto', dockerPath: '/d', podmanPath: '/p' } as const;
const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error) => error.failure,
  );
const place = { kind: 'docker', address: 'unix:///run/user/1/docker.sock' } as const;
const withoutVariables = async (work: () => Promise<void>) => {
  const before = { ...process.env };
  for (const name of ['DOCKER_HOST', 'DOCKER_CONTEXT', 'CONTAINER_HOST', 'CONTAINER_CONNECTION'])
    delete process.env[name];
  process.env.DOCKER_CONFIG = '/nowhere';
  try {
    await work();
  } finally {
    process.env = before;
  }
};

test('a socket that was found is taken only where the command line gets no answer, and nobody said where', () =>
  withoutVariables(async () => {
    const exec = fake((flags) => flags.startsWith('--host'));
    const found = await findEngine(
      exec,
      choice,
      () => [place],
      () => false,
    );
    assert.deepEqual(
      [found.place, argv({ file: found.file, args: ['ps'] }).args],
      [place, ['--host', place.address, 'ps']],
    );
    const answering = fake(() => true);
    assert.equal(
      (
        await findEngine(
          answering,
          choice,
          () => [place],
          () => false,
        )
      ).place,
      undefined,
    );
    assert.ok(!answering.seen.some((flags) => flags.startsWith('--host')));
    process.env.DOCKER_HOST = 'tcp://down:1';
    assert.equal(
      (
        await failureOf(
          findEngine(
            exec,
            choice,
            () => [place],
            () => false,
          ),
        )
      ).id,
      'engine-unreachable',
    );
    const chosen = { ...choice, place: { kind: 'docker', name: 'x' } as const };
    assert.equal(
      (
        await failureOf(
          findEngine(
            exec,
            chosen,
            () => [place],
            () => false,
          ),
        )
      ).id,
      'engine-context-unreachable',
    );
  }));

test('a window in a container without a way to an engine is told what to add', () =>
  withoutVariables(async () => {
    const silent = fake(() => false);
    const failure = await failureOf(
      findEngine(
        silent,
        choice,
        () => [],
        () => true,
      ),
    );
    assert.equal(failure.id, 'engine-unreachable');
    assert.match(failure.remedy, /docker-outside-of-docker/);
    const absent = await failureOf(
      findEngine(
        silent,
        { ...choice, dockerPath: '/none' },
        () => [],
        () => true,
      ),
    );
    assert.deepEqual([absent.id, /devcontainer\.json/.test(absent.remedy)], ['engine-absent', true]);
    process.env.DOCKER_HOST = 'tcp://down:1';
    assert.doesNotMatch(
      (
        await failureOf(
          findEngine(
            silent,
            choice,
            () => [],
            () => true,
          ),
        )
      ).remedy,
      /devcontainer/,
    );
    assert.equal(
      isInContainer({ REMOTE_CONTAINERS: 'true' }, () => false),
      true,
    );
    assert.equal(
      isInContainer({}, (file) => file === '/.dockerenv'),
      true,
    );
    assert.equal(
      isInContainer({}, () => false),
      false,
    );
  }));

test('why a chosen engine does not answer is said with what to do', () => {
  for (const [said, remedy] of [
    [
      'error during connect: command [ssh -l me -- h docker system dial-stdio] has exited with exit status 255, stderr=me@h: Permission denied (publickey,password).',
      /ssh agent/,
    ],
    ['Host key verification failed.', /log in once/],
    ['ssh: Could not resolve hostname train: Name or service not known', /no address/],
    ['timed-out', /in time/],
    ['bash: line 1: docker: command not found', /no docker/],
    ['x509: certificate signed by unknown authority', /certificates/],
    ['nothing known', /Start it/],
  ] as const)
    assert.match(placeUnreachable({ kind: 'docker', name: 'train' }, said).remedy, remedy, said);
  const gone = placeUnreachable(
    { kind: 'docker', name: 'train' },
    'context "train": context not found: open /x: no such file',
  );
  assert.equal(gone.id, 'engine-context-gone');
});

test('work that began before another engine was chosen goes on with its own', () =>
  withoutVariables(async () => {
    let chosen: { kind: 'docker'; name: string } | undefined;
    const exec = fake(() => true);
    const access = createEngineAccess(exec, () => ({ ...choice, place: chosen }));
    const moved: string[] = [];
    access.onDidMove(() => moved.push('moved'));
    let go = () => {};
    const waiting = new Promise<void>((resolve) => {
      go = resolve;
    });
    const old = access.bind(async () => {
      const before = await access.get();
      await waiting;
      access.forget();
      return [before.place, (await access.get()).place];
    });
    await access.get();
    chosen = { kind: 'docker', name: 'new' };
    access.move();
    assert.deepEqual((await access.get()).place, chosen);
    const now = access.get();
    go();
    assert.deepEqual(await old, [undefined, undefined]);
    assert.equal(access.get(), now, 'what old work forgets is its own');
    assert.deepEqual(moved, ['moved']);
  }));
