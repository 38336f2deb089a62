import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countLayers } from '../../client/src/images/layer-progress.ts';

function told(lines: string): (string | undefined)[] {
  const count = countLayers();
  return lines
    .trim()
    .split('\n')
    .map((line) => count(line));
}

test('a pull tells how many of the layers are through', () => {
  // As Docker 20.10 and 28 print where no terminal reads.
  const lines = `1.27: Pulling from library/nginx
0a9a5dfd008f: Pulling fs layer
e4f3d2aa1b0c: Already exists
8899aabbccdd: Waiting
0a9a5dfd008f: Verifying Checksum
0a9a5dfd008f: Download complete
0a9a5dfd008f: Pull complete
8899aabbccdd: Download complete
Digest: sha256:${'0'.repeat(64)}
8899aabbccdd: Pull complete
Status: Downloaded newer image for nginx:1.27`;
  assert.deepEqual(told(lines), [
    undefined,
    '0 of 1 layers',
    '1 of 2 layers',
    '1 of 3 layers',
    '1 of 3 layers',
    '1 of 3 layers, 1 more downloaded',
    '2 of 3 layers',
    '2 of 3 layers, 1 more downloaded',
    undefined,
    '3 of 3 layers',
    undefined,
  ]);
});

test('a push tells it of what it puts there, has there already, and takes from another repository', () => {
  const lines = `The push refers to repository [localhost:5000/bikes]
0a9a5dfd008f: Preparing
e4f3d2aa1b0c: Preparing
8899aabbccdd: Waiting
e4f3d2aa1b0c: Layer already exists
8899aabbccdd: Mounted from base
0a9a5dfd008f: Pushed`;
  assert.equal(told(lines).at(-1), '3 of 3 layers');
});

test('Podman says only that layers begin, and that it has them all', () => {
  const lines = `Trying to pull localhost:5000/bikes:1...
Getting image source signatures
Copying blob sha256:0a9a5dfd008f
Copying blob sha256:e4f3d2aa1b0c
Copying config sha256:8899aabbccdd
Writing manifest to image destination`;
  assert.deepEqual(told(lines).slice(2), ['0 of 1 layers', '0 of 2 layers', '2 of 2 layers', undefined]);
});

test('what only looks like a layer is none', () => {
  assert.deepEqual(told('error: Pulling fs layer\nabcdef: Pushed\n0a9a5dfd008f:'), [
    undefined,
    undefined,
    undefined,
  ]);
});
