import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import {
  checkAddress,
  checkContextName,
  contextFlags,
  contextsOf,
  contextWords,
  describeContext,
  nameOf,
} from '../../client/src/contexts/model.ts';
import {
  type ContextRecord,
  createContext,
  listConnections,
  listContexts,
} from '../../client/src/runtime/context-commands.ts';

const record = (name: string, address: string, more: Partial<ContextRecord> = {}): ContextRecord => ({
  name,
  address,
  description: '',
  current: false,
  ...more,
});
const docker = [
  record('default', 'unix:///var/run/docker.sock', { current: true }),
  record('train', 'ssh://me@train.example'),
  record('broken', '', { error: 'no such file' }),
];
const shown = (...given: Parameters<typeof contextsOf>) =>
  contextsOf(...given).map((context) => [context.label, contextWords(context)]);

test('which one is used, and who said so, stands beside where it leads', () => {
  const found = { docker, podman: undefined, sockets: [] };
  assert.deepEqual(shown(found, { kind: 'docker' }, {}), [
    ['default', 'in use · this machine, /var/run/docker.sock'],
    ['train', 'by ssh, me@train.example'],
    ['broken', 'cannot be read'],
  ]);
  const chosen = { kind: 'docker', chosen: { kind: 'docker', name: 'train' } } as const;
  assert.deepEqual(shown(found, chosen, { DOCKER_HOST: 'tcp://h:1' }).slice(0, 2), [
    ['default', 'by DOCKER_HOST of the environment, not used here · this machine, /var/run/docker.sock'],
    ['train', 'in use, chosen here · by ssh, me@train.example'],
  ]);
  assert.match(
    shown(found, { kind: 'docker' }, { DOCKER_CONTEXT: 'x' })[0]?.[1] ?? '',
    /^in use, by DOCKER_CONTEXT/,
  );
});

test('sockets that no context names and Podman by itself stand with the contexts', () => {
  const place = { kind: 'docker', address: 'unix:///run/user/1/docker.sock' } as const;
  const sockets = [place, { kind: 'podman', address: 'unix:///run/podman/podman.sock' } as const];
  const podman = [record('vm', 'ssh://core@127.0.0.1:50000/run/podman.sock')];
  assert.deepEqual(shown({ docker: [], podman, sockets }, { kind: 'docker', found: place }, {}), [
    ['vm', 'by ssh, core@127.0.0.1:50000/run/podman.sock'],
    ['Podman', 'what Podman takes by itself, not used here · without a service'],
    ['/run/user/1/docker.sock', 'in use, as no other answers · this machine, /run/user/1/docker.sock'],
    ['/run/podman/podman.sock', 'this machine, /run/podman/podman.sock'],
  ]);
  const flags = contextsOf({ docker, podman, sockets }, { kind: 'docker' }, {}).map(contextFlags);
  assert.deepEqual(flags, [
    ';context;other;readable;kept;',
    ';context;other;readable;kept;removable;',
    ';context;other;readable;kept;removable;',
    ';context;other;kept;removable;',
    ';context;other;',
    ';context;other;',
    ';context;other;',
  ]);
});

test('a description of strangers is no Markdown', () => {
  const [context] = contextsOf(
    {
      docker: [record('x', 'unix:///s', { description: '[a](command:b) $(alert)\n# c' })],
      podman: undefined,
      sockets: [],
    },
    { kind: 'docker' },
    {},
  );
  assert.ok(context);
  assert.doesNotMatch(describeContext(context), /\[a\]\(|\n# c/);
});

test('addresses and names are checked before Docker is asked', () => {
  for (const good of ['ssh://me@h', 'ssh://h:22', 'tcp://1.2.3.4:2376', 'unix:///a,b', 'tcp://[::1]:1'])
    assert.equal(checkAddress(good), undefined, good);
  for (const bad of [
    '',
    'ssh://',
    'h',
    'ssh://-oProxyCommand=x',
    'ssh://a b',
    'ssh://me:pw@h',
    'http://h',
    'unix://rel',
    'tcp://"',
  ])
    assert.ok(checkAddress(bad), bad);
  assert.equal(checkContextName('a.b_c+d-e'), undefined);
  for (const bad of ['', 'a', '-a', 'default', 'ä', 'a b', 'a/b']) assert.ok(checkContextName(bad), bad);
  assert.deepEqual(
    ['ssh://me@train.example:22', 'tcp://10.0.0.1:2376', 'unix:///run/docker.sock', 'ssh://x'].map(nameOf),
    ['train.example', '10.0.0.1', 'docker.sock', ''],
  );
});

test('an address is a field of a line of CSV, whatever is in it', () => {
  const { args } = createContext(
    'docker',
    { name: 'n1', address: 'unix:///a,ca=/x', certificates: '/c' },
    path.posix.join,
  );
  assert.deepEqual(args.slice(2), [
    '--docker',
    '"host=unix:///a,ca=/x","ca=/c/ca.pem","cert=/c/cert.pem","key=/c/key.pem"',
    '--',
    'n1',
  ]);
});

test('lists of old and new command lines are read', async () => {
  const old =
    '{"Current":true,"Description":"d","DockerEndpoint":"unix:///s","KubernetesEndpoint":"","Name":"default","StackOrchestrator":"swarm"}\n';
  assert.deepEqual(await listContexts('docker').parse?.(old, ''), [
    { name: 'default', address: 'unix:///s', description: '', current: true, error: undefined },
  ]);
  assert.deepEqual(await listConnections('podman').parse?.('', ''), []);
  assert.deepEqual(
    await listConnections('podman').parse?.(
      '[{"Name":"a","URI":"ssh://x","Identity":"","Default":true}]',
      '',
    ),
    [record('a', 'ssh://x', { current: true })],
  );
});
