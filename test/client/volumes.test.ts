import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContainerUse } from '../../client/src/engine/uses.ts';
import { explainFailure } from '../../client/src/runtime/failures.ts';
import { readSizes, volumeDetails } from '../../client/src/runtime/volume-commands.ts';
import { withoutValues } from '../../client/src/ui/hidden-values.ts';
import { volumePatterns } from '../../client/src/volumes/failures.ts';
import {
  checkVolumeName,
  describeVolume,
  groupWords,
  mountWords,
  sizeOf,
  volumeWords,
  withUsers,
} from '../../client/src/volumes/model.ts';

const use = (name: string, ...volumes: string[]): ContainerUse => ({
  id: name,
  name,
  active: false,
  volumes: volumes.map((volume) => ({ name: volume, to: `/${volume}`, readOnly: false })),
  image: '',
  networks: [],
});
const anonymous = 'ab'.repeat(32);

test('volumes stand in the order of their names, each with its users, once each', () => {
  const volumes = ['b', 'a', anonymous].map((Name) => volumeDetails({ Name, Driver: 'local' }));
  const all = withUsers(volumes, [use('x', 'b', 'b'), use('y', 'b')], new Map([['a', 5_000_000]]));
  assert.deepEqual(
    all.map((volume) => `${volume.name.slice(0, 4)} ${volumeWords(volume)}`),
    ['a unused · 5.0 MB · local', 'abab unused · local', 'b used by 2 containers · local'],
  );
  assert.equal(groupWords(all), '3 volumes, 2 unused');
  assert.equal(sizeOf(all), undefined);
  assert.equal(groupWords(all.slice(0, 1)), '1 volume, 1 unused · 5.0 MB');
  assert.equal(mountWords('b', use('x', 'b')), 'not running · /b');
});

test('sizes are read from the tables of Docker and Podman, and from nothing else', () => {
  const docker = `Local Volumes space usage:

VOLUME NAME   LINKS     SIZE
t1            1         0B
t2            0         1.234GB

Build cache usage: 0B

CACHE ID   CACHE TYPE   SIZE
x          1            5kB
`;
  assert.deepEqual(
    [...readSizes(docker)],
    [
      ['t1', 0],
      ['t2', 1_234_000_000],
    ],
  );
  assert.deepEqual([...readSizes('VOLUME NAME  LINKS  SIZE\nt1  1  12.5kB')], [['t1', 12_500]]);
  assert.deepEqual([...readSizes('')], []);
});

test('names are those that both engines take', () => {
  for (const good of ['data', 'a.b_c-d', '0x', 'A'.repeat(200)])
    assert.equal(checkVolumeName(good), undefined, good);
  for (const bad of ['', 'x', '-v', '.x', 'a b', 'a/b', 'ä', 'a\n']) assert.ok(checkVolumeName(bad), bad);
});

test('labels may hold anything, and options say nothing of a password', () => {
  const volume = volumeDetails({
    Name: 'a',
    Labels: { a: '[x](command:y)`', token: 'ghp_0123456789abcdef' },
  });
  const [told] = withUsers([volume], [], new Map());
  assert.ok(told);
  assert.match(describeVolume(told), /`` a=\[x\]\(command:y\)` ``/);
  assert.doesNotMatch(describeVolume(told), /ghp_/);
  assert.deepEqual(withoutValues({ Options: { o: 'user=a,password=b c,pass=d', device: '//h/s' } }), {
    Options: { o: 'user=a,password=***,pass=***', device: '//h/s' },
  });
});

const wordings: readonly (readonly [id: string, stderr: string, message: RegExp])[] = [
  ['volume-in-use', 'Error response from daemon: remove data: volume is in use - [5187dd]', /volume data/],
  [
    'volume-in-use',
    'Error: volume data is being used by the following container(s): 3b59: volume is being used',
    /volume data/,
  ],
  ['volume-gone', 'Error response from daemon: get data: no such volume', /no volume data/],
  ['volume-gone', 'Error: no volume with name "data" found: no such volume', /no volume data/],
  [
    'volume-exists',
    'Error: volume with name data already exists: volume already exists',
    /named data exists/,
  ],
  [
    'volume-driver-missing',
    'Error response from daemon: create xx: error looking up volume plugin nope: plugin "nope" not found',
    /driver nope/,
  ],
  [
    'volume-driver-missing',
    'Error: volume xx uses volume plugin nope but it could not be retrieved: no volume plugin with name nope available: required plugin missing',
    /driver nope/,
  ],
  [
    'measuring-already',
    'Error response from daemon: a disk usage operation is already running',
    /measuring already/,
  ],
];
for (const [id, stderr, message] of wordings) {
  test(`an engine says: ${stderr}`, () => {
    const exit = { kind: 'exited', file: 'docker', code: 1, stdout: '', stderr } as const;
    const failure = explainFailure(exit, { step: 'A step', tool: 'engine' }, volumePatterns);
    assert.equal(failure.id, id);
    assert.match(failure.message, message);
  });
}
