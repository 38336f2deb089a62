// What pruning would free, from what engines of several kinds and ages answer.
import '../client/register-vscode.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';

const { only, questionWords, rowWords, taken, thingWords, whatGoes } = await import(
  '../../client/src/disk/model.ts'
);
const { dockerUsage, parseBytes, podmanUsage } = await import('../../client/src/runtime/disk-usage.ts');

const images = [
  { Id: 'sha256:aa', RepoTags: ['bikes:1', 'bikes:2'], Size: 100, SharedSize: 60 },
  { Id: 'sha256:bb', RepoTags: ['<none>:<none>'], RepoDigests: ['<none>@<none>'], Size: 30, SharedSize: 0 },
  { Id: 'sha256:cc', RepoTags: null, RepoDigests: null, Size: 70, SharedSize: -1 },
];
const containers = [
  { Id: 'r1', Names: ['/runs'], ImageID: 'sha256:cc', State: 'running', SizeRw: 5 },
  { Id: 's1', Names: ['/stopped'], ImageID: 'sha256:dd', State: 'exited', SizeRw: 7 },
  { Id: 'p1', Names: ['/paused'], ImageID: 'sha256:dd', State: 'paused', SizeRw: 11 },
  { Id: 'n1', Names: null, State: 'created' },
];
const volumes = [
  { Name: 'data', UsageData: { Size: 12, RefCount: 1 } },
  { Name: 'old', UsageData: { Size: 13, RefCount: 0 } },
  { Name: 'elsewhere', UsageData: { Size: -1, RefCount: 0 } },
  { Name: 'unknown', UsageData: { Size: -1, RefCount: -1 } },
];
const cache = [
  { ID: 'c1', Size: 1000, InUse: false, Shared: false, LastUsedAt: '2026-01-01T00:00:00Z' },
  { ID: 'c2', Size: 200, InUse: false, Shared: true, LastUsedAt: '2026-01-09T23:00:00Z' },
  { ID: 'c3', Size: 40, InUse: true, Shared: false, LastUsedAt: '2026-01-01T00:00:00Z' },
  { ID: 'c4', Size: 8, CreatedAt: '2026-01-09T23:00:00Z' },
];
const old = { LayersSize: 150, Images: images, Containers: containers, Volumes: volumes, BuildCache: cache };
const recent = {
  ImageUsage: { TotalSize: 150, Items: images },
  ContainerUsage: { TotalSize: 23, Items: containers },
  VolumeUsage: { Items: volumes },
  BuildCacheUsage: { Items: cache },
};
const now = new Date('2026-01-10T00:00:00Z');

test('the answers of old and of recent engines are read alike', () => {
  assert.deepEqual(dockerUsage(recent), dockerUsage(old));
  assert.deepEqual(dockerUsage({}).images, []);
  assert.equal(dockerUsage({ LayersSize: 0, Images: null, BuildCache: null }).cache.length, 0);
});

test('what goes is counted with what it frees', () => {
  const usage = dockerUsage(old);
  const goes = (...[kind, hours]: [Parameters<typeof whatGoes>[1], number?]) => {
    const { ids, bytes, atLeast, of } = whatGoes(usage, kind, hours, now);
    return [ids.join(' '), bytes, atLeast, of];
  };
  assert.deepEqual(goes('containers'), ['s1 n1', 7, false, 4]);
  // One untagged image has a container that runs, and stays.
  assert.deepEqual(goes('untagged'), ['sha256:bb', 30, false, 3]);
  assert.deepEqual(goes('unused'), ['sha256:aa sha256:bb', 70, true, 3]);
  assert.deepEqual(goes('volumes'), ['old elsewhere', 13, true, 4]);
  assert.deepEqual(goes('cache'), ['c1 c2 c4', 1008, false, 4]);
  assert.deepEqual(goes('cache', 24), ['c1', 1000, false, 4]);
  assert.deepEqual(goes('cache', 24 * 30), ['', 0, false, 4]);
  assert.equal(taken(usage, 'unused'), 150);
  assert.equal(taken(usage, 'cache'), 1048);
  assert.equal(taken(usage, 'volumes'), 25);
});

test('what is left out is not counted', () => {
  const usage = dockerUsage(old);
  const going = whatGoes(usage, 'unused');
  const { ids, names, bytes, atLeast, some } = only(going, ['sha256:bb']);
  assert.deepEqual([ids, names, bytes, atLeast, some], [['sha256:bb'], ['bb'], 30, false, true]);
  assert.deepEqual(going.things[0]?.refs, ['bikes:1', 'bikes:2']);
  assert.equal(only(going, going.ids).some, undefined);
});

test('rows and questions say how many, how much and what is lost', () => {
  const usage = dockerUsage(old);
  assert.deepEqual(rowWords(usage, whatGoes(usage, 'volumes')), {
    label: 'Volumes Without a Container',
    description: '2 of 4 · frees at least 13 B',
    detail: 'Volumes take 25 B.',
  });
  assert.deepEqual(questionWords([whatGoes(usage, 'volumes')]), {
    question: 'Remove 2 volumes without a container?',
    detail: 'It frees at least 13 B. What is in them is lost.\n\nold, elsewhere',
  });
  // Where nothing is known, a number would say nothing.
  const unknown = { ...whatGoes(usage, 'volumes'), bytes: 0 };
  assert.equal(rowWords(usage, unknown).description, '2 of 4 · what it frees is known afterwards');
  assert.match(questionWords([unknown]).detail, /^What it frees is known afterwards\. What/);
  const thing = { id: 'a', name: 'a', bytes: 0, refs: ['a'] };
  assert.equal(thingWords({ ...thing, atLeast: true }).description, 'known afterwards');
  assert.equal(thingWords(thing).description, '0 B');
  assert.equal(questionWords([whatGoes(usage, 'untagged')]).question, 'Remove 1 untagged image?');
  assert.equal(
    rowWords(dockerUsage({}), whatGoes(dockerUsage({}), 'cache')).description,
    '0 of 0 · nothing to remove',
  );
});

test('Podman is read from its lists, with the sizes of its table', () => {
  const usage = podmanUsage({
    images: [
      { Id: 'd48982efd51c067e', Names: ['localhost/bikes:1'], Size: 42_051 },
      { Id: '077f3755ea5a35f5', Names: null, Size: 85_719 },
    ],
    containers: [
      {
        Id: 'a0',
        Names: ['c1'],
        ImageID: 'd48982efd51c067e',
        State: 'created',
        Size: { rwSize: 9, rootFsSize: 1 },
      },
      { Id: 'a1', Names: ['c2'], ImageID: 'd48982efd51c067e', State: 'configured', Size: null },
      { Id: 'a2', Names: ['pod-infra'], ImageID: 'd48982efd51c067e', State: 'exited', IsInfra: true },
    ],
    volumes: [{ Name: 'v1' }, { Name: 'v.2_x' }, { Name: 'v3' }],
    unusedVolumes: [{ Name: 'v1' }, { Name: 'v3' }],
    table: [
      'REPOSITORY       TAG         IMAGE ID      CREATED     SIZE        SHARED SIZE  UNIQUE SIZE  CONTAINERS',
      'localhost/bikes  1           d48982efd51c  2 seconds   42.05kB     42.05kB      0B           1',
      '<none>           <none>      077f3755ea5a  1 second    85.72kB     42.66kB      43.06kB      0',
      '',
      'VOLUME NAME  LINKS       SIZE',
      'v1           0           1.5MB',
      'v.2_x        1           0B',
    ].join('\n'),
  });
  const { things, ...untagged } = whatGoes(usage, 'untagged');
  assert.equal(things.length, 1);
  assert.deepEqual(untagged, {
    pruning: 'untagged',
    olderThanHours: 0,
    ids: ['077f3755ea5a35f5'],
    names: ['077f3755ea5a'],
    of: 2,
    bytes: 43_060,
    atLeast: true,
  });
  // It tells no sum of what they share, and each is listed with all of it.
  assert.equal(rowWords(usage, whatGoes(usage, 'untagged')).detail, 'Images take 128 kB at most.');
  assert.equal(
    rowWords(dockerUsage(old), whatGoes(dockerUsage(old), 'untagged')).detail,
    'Images take 150 B.',
  );
  assert.deepEqual(whatGoes(usage, 'containers').ids, ['a0', 'a1']);
  const { ids, bytes, atLeast } = whatGoes(usage, 'volumes');
  assert.deepEqual([ids, bytes, atLeast], [['v1', 'v3'], 1_500_000, true]);
});

test('sizes that are printed for people are read', () => {
  for (const [text, bytes] of [
    ['0B', 0],
    ['42.05kB', 42_050],
    ['1.5GB', 1_500_000_000],
    ['2 MB', 2_000_000],
    ['3TB', 3e12],
    ['N/A', undefined],
    ['', undefined],
  ] as const)
    assert.equal(parseBytes(text), bytes, text);
});
