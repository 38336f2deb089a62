// What is read of an inspected container.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { containerDetails } from '../../client/src/runtime/container-details.ts';

test('inspect of Docker is read, with one entry for a port that IPv4 and IPv6 share', () => {
  const details = containerDetails({
    Id: 'abc',
    Name: '/train-7',
    Image: `sha256:${'1f'.repeat(32)}`,
    Created: '2026-11-23T22:01:53.540236807Z',
    Path: 'sh',
    Args: ['-c', 'true'],
    RestartCount: 3,
    State: {
      Status: 'exited',
      Running: false,
      OOMKilled: true,
      ExitCode: 137,
      Error: '',
      StartedAt: '2026-11-23T22:01:54.057600458Z',
      FinishedAt: '0001-01-01T00:00:00Z',
    },
    Config: { Image: 'trainer:2.1' },
    HostConfig: { DeviceRequests: [{ Capabilities: [['gpu']] }] },
    NetworkSettings: {
      Ports: {
        '8000/tcp': [{ HostPort: '18000' }, { HostPort: '18000' }],
        '9000/tcp': null,
        '53/udp': [{ HostPort: '53' }],
        '80/tcp': [
          { HostIp: '127.0.0.1', HostPort: '18001' },
          { HostIp: '::1', HostPort: '18001' },
        ],
        '81/tcp': [
          { HostIp: '0.0.0.0', HostPort: '18002' },
          { HostIp: '::', HostPort: '18002' },
        ],
      },
    },
    Mounts: [{ Type: 'volume', Name: 'data', Source: '/var/lib/x', Destination: '/data', RW: false }],
  });
  const { raw: _, created, started, ...rest } = details;
  assert.equal(created?.toISOString(), '2026-11-23T22:01:53.540Z');
  assert.equal(started?.toISOString(), '2026-11-23T22:01:54.057Z');
  assert.deepEqual(rest, {
    id: 'abc',
    name: 'train-7',
    image: 'trainer:2.1',
    imageId: '1f'.repeat(32),
    status: 'exited',
    running: false,
    outOfMemory: true,
    exitCode: 137,
    error: undefined,
    finished: undefined,
    health: undefined,
    ports: [
      { host: 18000, container: '8000' },
      { host: 53, container: '53/udp' },
      { address: '127.0.0.1', host: 18001, container: '80' },
      { address: '[::1]', host: 18001, container: '80' },
      { host: 18002, container: '81' },
    ],
    restarts: 3,
    mounts: [{ from: 'data', to: '/data', readOnly: true }],
    command: ['sh', '-c', 'true'],
    gpu: true,
    hasTerminal: false,
    labels: undefined,
  });
});

test('inspect of Podman is read, and so is one that says next to nothing', () => {
  const podman = containerDetails({
    Id: 'abc',
    Name: 'bikes-1',
    ImageName: 'localhost/bikes:latest',
    State: { Status: 'running', Running: true, Health: { Status: '' } },
    HostConfig: {},
    NetworkSettings: { Ports: { '8000/tcp': [{ HostIp: '', HostPort: '8000' }] } },
    Mounts: [],
  });
  assert.equal(podman.image, 'localhost/bikes:latest');
  assert.equal(podman.health, undefined);
  assert.deepEqual(podman.ports, [{ host: 8000, container: '8000' }]);
  const bare = containerDetails({ Id: 'x', Name: 'y', State: { Status: 'created' } });
  assert.deepEqual([bare.running, bare.command, bare.created, bare.image], [false, [], undefined, '']);
  assert.throws(() => containerDetails({ Id: 'x' }));
});

test('a GPU is seen however it was asked for, and not where it may only be asked for', () => {
  const gpu = (HostConfig: object, ...Env: string[]) =>
    containerDetails({ Id: 'x', Name: 'y', State: { Status: 'running' }, HostConfig, Config: { Env } }).gpu;
  for (const host of [
    { DeviceRequests: [{ Driver: '', Count: -1, Capabilities: [['gpu']] }] },
    { DeviceRequests: [{ Driver: 'cdi', DeviceIDs: ['nvidia.com/gpu=all'], Capabilities: null }] },
    { Devices: [{ PathOnHost: '/dev/snd' }, { PathOnHost: '/dev/nvidia0' }] },
  ])
    assert.ok(gpu(host), JSON.stringify(host));
  assert.ok(gpu({ Runtime: 'nvidia' }, 'NVIDIA_VISIBLE_DEVICES=void', 'NVIDIA_VISIBLE_DEVICES=0,1'));
  assert.ok(!gpu({ Runtime: 'runc' }, 'NVIDIA_VISIBLE_DEVICES=all'), 'as images of nvidia/cuda have it');
  assert.ok(!gpu({ Runtime: 'nvidia' }), 'as the runtime of all');
  assert.ok(!gpu({ Runtime: 'nvidia' }, 'NVIDIA_VISIBLE_DEVICES=none'));
  assert.ok(
    !gpu({ DeviceRequests: [{ DeviceIDs: ['vendor.com/net=1'] }], Devices: [{ PathOnHost: '/dev/fuse' }] }),
  );
});
