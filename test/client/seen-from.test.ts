import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { seenFrom } from '../../client/src/images/seen-from.ts';

const folder = path.resolve('/home/me/bikes');
const seen = (...parts: string[]) => {
  const file = path.join(folder, ...parts);
  const { dockerfile } = seenFrom(folder, { context: folder, dockerfile: file });
  return dockerfile === file ? 'whole' : dockerfile;
};

test('paths of a build are those that a terminal in the folder takes', () => {
  const plan = { context: folder, dockerfile: path.join(folder, 'Dockerfile'), tag: 'bikes:1.0' };
  assert.deepEqual(seenFrom(folder, plan), { context: '.', dockerfile: 'Dockerfile', tag: 'bikes:1.0' });
  assert.equal(seen('services', 'api', 'Dockerfile'), path.join('services', 'api', 'Dockerfile'));
  assert.equal(seen('..more', 'Dockerfile'), path.join('..more', 'Dockerfile'));
});

test('what lies outside of it, or would be an option, stays whole', () => {
  assert.equal(seen('..', 'Dockerfile'), 'whole');
  assert.equal(seen('..', 'bikes-2', 'Dockerfile'), 'whole');
  assert.equal(seen('--file', 'Dockerfile'), 'whole');
});
