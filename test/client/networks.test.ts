import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContainerUse } from '../../client/src/engine/uses.ts';
import { networkPatterns } from '../../client/src/networks/failures.ts';
import {
  checkNetworkName,
  contextFlags,
  describeNetwork,
  membersOf,
  memberWords,
  networkWords,
  withUsers,
} from '../../client/src/networks/model.ts';
import { explainFailure } from '../../client/src/runtime/failures.ts';
import { networkDetails } from '../../client/src/runtime/network-commands.ts';
import { listNames } from '../../client/src/ui/words.ts';

const ofDocker = (Name: string, more: object = {}) =>
  networkDetails({ Id: `id-${Name}`, Name, Driver: 'bridge', ...more });
const use = (name: string, ...networks: string[]): ContainerUse => ({
  id: name,
  name,
  active: true,
  image: '',
  volumes: [],
  networks: networks.map((network) => ({ name: network, address: '10.0.0.2' })),
});

test('Docker and Podman spell the same network differently', () => {
  const docker = {
    Id: 'a1',
    Name: 'lan',
    Driver: 'bridge',
    Created: '2026-11-27T09:04:24.281906937Z',
    Internal: true,
    Labels: { a: 'b' },
    IPAM: { Config: [{ Subnet: '10.0.0.0/24' }, { Subnet: 'fd00::/64' }] },
  };
  const podman = {
    id: 'a1',
    name: 'lan',
    driver: 'bridge',
    created: '2026-11-27T09:04:24.281906937Z',
    internal: true,
    labels: { a: 'b' },
    subnets: [{ subnet: '10.0.0.0/24' }, { subnet: 'fd00::/64' }],
  };
  assert.deepEqual(networkDetails(docker), networkDetails(podman));
  assert.equal(
    networkWords({ ...networkDetails(docker), users: [] }),
    'unused · internal · bridge · 10.0.0.0/24 · fd00::/64',
  );
  // Old engines leave out what is empty.
  assert.deepEqual(networkDetails({ Id: 'x', Name: 'x', IPAM: { Config: null } }).subnets, []);
});

test('only what the engine made is built in', () => {
  const builtIn = (raw: object) => networkDetails(raw).builtIn;
  for (const Name of ['bridge', 'host', 'none']) assert.equal(builtIn({ Id: 'x', Name }), true, Name);
  assert.equal(builtIn({ Id: 'x', Name: 'ingress', Ingress: true }), true);
  assert.equal(builtIn({ Id: 'x', Name: 'nat', Driver: 'nat' }), true);
  assert.equal(builtIn({ Id: 'x', Name: 'nat', Driver: 'bridge' }), false);
  assert.equal(builtIn({ Id: 'x', Name: 'podman', Driver: 'bridge' }), false);
  assert.equal(builtIn({ id: 'x', name: 'podman', driver: 'bridge' }), true);
  assert.equal(builtIn({ id: 'x', name: 'bridge', driver: 'bridge' }), false);
});

test('own networks come first, each with who is in it, by name or by id', () => {
  const all = withUsers(
    [ofDocker('bridge'), ofDocker('host', { Driver: 'host' }), ofDocker('b'), ofDocker('a')],
    [use('x', 'a', 'bridge'), use('y', 'id-a'), use('z', 'host')],
  );
  assert.deepEqual(
    all.map((network) => [network.name, networkWords(network), contextFlags(network)]),
    [
      ['a', 'used by 2 containers · bridge', ';network;joinable;own;'],
      ['b', 'unused · bridge', ';network;joinable;own;unused;'],
      ['bridge', 'built-in · used by 1 container · bridge', ';network;joinable;'],
      ['host', 'built-in · used by 1 container · host', ';network;'],
    ],
  );
  assert.deepEqual(
    membersOf(all).map(({ network, use }) => `${network.name} ${use.name}`),
    ['a x', 'a y', 'bridge x'],
  );
  assert.equal(memberWords(ofDocker('a'), use('y', 'id-a')), 'running · 10.0.0.2');
});

test('names are those that both engines take, and a tooltip holds nothing that is live', () => {
  for (const good of ['a', 'lan_1.x-y']) assert.equal(checkNetworkName(good), undefined, good);
  for (const bad of ['', '-x', 'a b', 'a,b', 'ä', 'a\n']) assert.ok(checkNetworkName(bad), bad);
  const network = { ...ofDocker('[x](command:y)', { Labels: { t: 'ghp_0123456789abcdef' } }), users: [] };
  assert.match(describeNetwork(network), /^` \[x\]\(command:y\) ` unused · bridge/);
  assert.doesNotMatch(describeNetwork(network), /ghp_/);
});

test('a list of many names ends in how many more there are', () => {
  const names = Array.from({ length: 22 }, (_, index) => `n${index}`);
  assert.match(listNames(names), /n19, and 2 more$/);
  assert.equal(listNames(names.slice(0, 20)), names.slice(0, 20).join(', '));
});

const wordings: readonly (readonly [id: string, stderr: string, message: RegExp])[] = [
  [
    'network-in-use',
    'Error response from daemon: error while removing network: network nn id 8a38 has active endpoints',
    /network nn\./,
  ],
  [
    'network-in-use',
    'Error: "nn" has associated containers with it. Use -f to forcibly delete containers and pods: network is being used',
    /network nn\./,
  ],
  [
    'network-built-in',
    'Error response from daemon: bridge is a pre-defined network and cannot be removed',
    /^bridge is/,
  ],
  [
    'network-built-in',
    'Error response from daemon: operation is not permitted on predefined host network',
    /^host is/,
  ],
  ['network-built-in', 'Error: default network podman cannot be removed', /^podman is/],
  ['network-exists', 'Error response from daemon: network with name nn already exists', /named nn exists/],
  ['network-exists', 'Error: network name nn already used: network already exists', /named nn exists/],
  [
    'subnet-taken',
    'Error response from daemon: Pool overlaps with other one on this address space',
    /subnet already/,
  ],
  [
    'subnet-taken',
    'Error: subnet 10.89.0.0/24 is already used on the host or by another config',
    /subnet already/,
  ],
  [
    'subnet-invalid',
    'Error response from daemon: Invalid subnet 10.0.0.0/33 : invalid CIDR address: 10.0.0.0/33',
    /^10\.0\.0\.0\/33 is no subnet/,
  ],
  ['network-driver-missing', 'Error response from daemon: plugin "nope" not found', /driver nope/],
  ['network-driver-missing', 'Error: unsupported driver nope: invalid argument', /driver nope\./],
  [
    'network-not-joinable',
    'Error response from daemon: container cannot be connected to multiple networks with one of the networks in private (none) mode',
    /network of its own/,
  ],
  ['network-not-joinable', 'Error: "" is not supported: invalid network mode', /network of its own/],
  [
    'connected-already',
    'Error response from daemon: endpoint with name nr already exists in network nn',
    /^nr is in nn already/,
  ],
  [
    'not-connected',
    'Error response from daemon: container 5187 is not connected to the network nn',
    /no such container in a network/,
  ],
  ['not-connected', 'Error: container vv is not connected to network nn', /no such container in a network/],
  ['container-gone', 'Error response from daemon: No such container: nope', /no container nope/],
  [
    'container-gone',
    'Error: no container with name or ID "nope" found: no such container',
    /no container nope/,
  ],
  ['network-gone', 'Error response from daemon: network nope not found', /no network nope/],
  [
    'network-gone',
    'Error: unable to find network with name or ID nope: network not found',
    /no network nope\./,
  ],
];
for (const [id, stderr, message] of wordings) {
  test(`an engine says: ${stderr}`, () => {
    const exit = { kind: 'exited', file: 'docker', code: 1, stdout: '', stderr } as const;
    const failure = explainFailure(exit, { step: 'A step', tool: 'engine' }, networkPatterns);
    assert.equal(failure.id, id);
    assert.match(failure.message, message);
  });
}
