// What nerdctl says, in its own words (2.3 with containerd 2.1), and when it is the engine. The program is made up here;
// test/engine/nerdctl-by-hand.ts has a real one.
import './register-vscode.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Engine } from '../../client/src/runtime/engine.ts';
import type { Exec } from '../../client/src/runtime/exec.ts';

const { DockerClient } = await import('@microsoft/vscode-container-client');
const { createEventReader } = await import('../../client/src/engine/events.ts');
const { createPrintedStatsReader } = await import('../../client/src/engine/printed-stats.ts');
const { listContainers } = await import('../../client/src/runtime/container-commands.ts');
const { findEngine } = await import('../../client/src/runtime/engine.ts');
const { explainFailure } = await import('../../client/src/runtime/failures.ts');
const { inspectImages } = await import('../../client/src/runtime/image-commands.ts');
const { messageOf } = await import('../../client/src/runtime/log-line.ts');
const { networkDetails } = await import('../../client/src/runtime/network-commands.ts');
const { bytesOf } = await import('../../client/src/runtime/sizes.ts');
const { measureVolumes } = await import('../../client/src/runtime/volume-commands.ts');

const engine: Engine = {
  kind: 'docker',
  nerdctl: 'nerdctl',
  file: 'nerdctl',
  version: '2.1.4',
  platform: 'linux/amd64',
  gpu: false,
  client: new DockerClient('nerdctl'),
};
const digest = `sha256:${'d'.repeat(64)}`;

const paths = { dockerPath: '/d', podmanPath: '/p', nerdctlPath: '/n', finchPath: '/f' };
/** These programs are there; those in `answering` answer. */
const machine =
  (there: readonly string[], answering: readonly string[]): Exec =>
  async ({ file }) => {
    const path = typeof file === 'string' ? file : file.path;
    if (!there.includes(path)) return { kind: 'not-found', file: path, stdout: '', stderr: '' };
    const info = { ServerVersion: '2.1.4', OSType: 'linux', Architecture: 'x86_64' };
    return answering.includes(path)
      ? { kind: 'exited', code: 0, file: path, stdout: JSON.stringify(info), stderr: '' }
      : { kind: 'exited', code: 1, file: path, stdout: '', stderr: 'cannot access its socket' };
  };
const found = async (exec: Exec, wanted: 'auto' | 'finch' | 'docker' = 'auto') => {
  const before = process.env;
  process.env = { PATH: '', HOME: '/nowhere', DOCKER_CONFIG: '/nowhere' };
  const outcome = findEngine(
    exec,
    { engine: wanted, ...paths },
    () => [],
    () => false,
  );
  const told = await outcome.then(
    ({ nerdctl, kind, buildx }) => [nerdctl ?? kind, buildx],
    (error) => [error.failure.id],
  );
  process.env = before;
  return told;
};

test('it is the engine where neither Docker nor Podman answers, or where it is chosen', async () => {
  assert.deepEqual(await found(machine(['/n', '/f'], ['/n', '/f'])), ['nerdctl', undefined]);
  assert.deepEqual(await found(machine(['/d', '/n'], ['/n'])), ['nerdctl', undefined]);
  assert.deepEqual(await found(machine(['/d', '/n'], ['/d', '/n'])), ['docker', undefined]);
  assert.deepEqual(await found(machine(['/f'], ['/f'])), ['finch', undefined]);
  assert.deepEqual(await found(machine(['/n', '/f'], ['/n', '/f']), 'finch'), ['finch', undefined]);
  assert.deepEqual(await found(machine(['/d', '/n'], ['/n']), 'docker'), ['engine-unreachable']);
  assert.deepEqual(await found(machine(['/n'], [])), ['engine-unreachable']);
  assert.deepEqual(await found(machine([], [])), ['engine-absent']);
});

test('what it leaves out of its lists keeps nothing from being listed', async () => {
  const line =
    '{"Command":"\\"sh\\"","CreatedAt":"2026-11-27T17:35:55.24Z","ID":"abc","Image":"docker.io/library/bikes:1","Platform":"linux/amd64","Names":"two","Ports":"0.0.0.0:80->8000/tcp","Status":"Exited (3) 1 second ago","Runtime":"io.containerd.runc.v2","Size":"","Labels":"a=b"}';
  const listed = await (await listContainers(engine)).parse?.(`${line}\n`, '');
  assert.deepEqual(
    listed?.map(({ id, name, state, ports }) => [id, name, state, ports[0]?.hostPort]),
    [['abc', 'two', 'exited', 80]],
  );
  const image = `{"Id":"sha256:${'c'.repeat(64)}","RepoTags":["bikes:1"],"RepoDigests":["bikes@${digest}"],"Size":1}`;
  const images = await (await inspectImages(engine, ['bikes:1'])).parse?.(image, '');
  assert.deepEqual(
    images?.map(({ id }) => id),
    [digest],
    'as its commands know it',
  );
  const { id, builtIn } = networkDetails({ Name: 'host', IPAM: {}, Labels: null, Containers: {} });
  assert.deepEqual([id, builtIn], ['host', true]);
  const volumes = await measureVolumes(engine).parse?.('{"Name":"data","Size":"1.5 KiB"}\n', '');
  assert.deepEqual([...(volumes ?? [])], [['data', 1536]]);
});

test('its events are those of containerd, without those of programs that are run inside', () => {
  const event = (Topic: string, Event: object) =>
    `${JSON.stringify({ Timestamp: '2026-11-27T17:36:10.5Z', ID: '', Namespace: 'default', Topic, Status: 'unknown', Event: JSON.stringify(Event) })}\n\n`;
  const read = createEventReader(['container', 'image']);
  const at = new Date('2026-11-27T17:36:10.5Z');
  assert.deepEqual(
    read(
      event('/containers/create', { id: 'a' }) +
        event('/tasks/start', { container_id: 'a', pid: 1 }) +
        event('/tasks/exit', { container_id: 'a', id: 'exec-1', exit_status: 1 }) +
        event('/tasks/exec-started', { container_id: 'a', exec_id: 'exec-1' }) +
        event('/tasks/exit', { container_id: 'a', id: 'a', exit_status: 137 }) +
        event('/snapshot/prepare', { key: 'x' }) +
        event('/containers/create', { id: 'b', labels: { 'wheelhouse.stand-in-of': 'x' } }) +
        event('/images/delete', { name: 'docker.io/library/bikes:2' }),
    ),
    [
      { kind: 'container', action: 'create', id: 'a', at },
      { kind: 'container', action: 'start', id: 'a', at },
      { kind: 'container', action: 'die', id: 'a', at, exitCode: 137 },
      { kind: 'image', action: 'untag', id: 'docker.io/library/bikes:2', at },
    ],
  );
  assert.deepEqual(createEventReader(['image'])(event('/tasks/start', { container_id: 'a' })), []);
});

test('its figures and amounts are read', () => {
  const [usage] = createPrintedStatsReader()(
    '\u001b[2J\u001b[H{"Name":"one","ID":"d49e1d50bf31","CPUPerc":"1.25%","MemUsage":"924KiB / 8EiB","MemPerc":"0.00%","NetIO":"0B / 0B"}\n',
  );
  assert.deepEqual(
    [usage?.id, usage?.cpu, usage?.memory, usage?.memoryLimit],
    ['d49e1d50bf31', 1.25, 924 * 1024, undefined],
  );
  assert.deepEqual(['0.0 B', '1kB', '2.5GiB', '8EiB', 'x'].map(bytesOf), [
    0,
    1000,
    2.5 * 2 ** 30,
    undefined,
    undefined,
  ]);
});

test('what it cannot do is said, and its reasons without the form of a log', () => {
  const said = (stderr: string) =>
    explainFailure(
      { kind: 'exited', code: 1, file: 'nerdctl', stdout: '', stderr },
      { step: 'Connecting', tool: 'engine' },
    );
  const fatal = (message: string) => `time="2026-11-27T17:36:16Z" level=fatal msg=${JSON.stringify(message)}`;
  const missing = said(fatal('unknown subcommand "connect" for "network"'));
  assert.equal(missing.id, 'not-in-command-line');
  assert.equal(
    missing.message,
    'Connecting is not possible, as the command line of this engine has no network connect.',
  );
  assert.match(said(fatal('unknown flag: --filter')).message, /has no --filter\.$/);
  assert.match(said(fatal('1 errors:\nvolume "x" is odd')).message, /: volume "x" is odd\.$/);
  assert.equal(messageOf('time="x" level=info msg="a \\"b\\"" error="c"'), 'a "b" error="c"');
  assert.equal(messageOf('time="x" level=info msg="\\q"'), 'time="x" level=info msg="\\q"');
});
