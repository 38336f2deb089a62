// What was measured of volumes stays with the engine that it was measured at. The engines are made up.
import '../engine/fake-vscode.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Workbench } from '../../client/src/ui/workbench.ts';

const { createSizes } = await import('../../client/src/volumes/sizes.ts');

test('sizes are those of the engine of now, and are there again when one comes back to it', async () => {
  let engine: { kind: string; place?: object } | undefined = { kind: 'docker' };
  let measured = new Map([['data', 5]]);
  const sizes = createSizes({
    engine: {
      get: async () => engine ?? Promise.reject(new Error('none')),
      bind: (work: () => unknown) => work(),
    },
    changed: () => {},
    job: async () => measured,
  } as unknown as Workbench);
  const now = async () => [...(await sizes.now())].join();
  assert.equal(await now(), '');
  await sizes.measure();
  assert.equal(await now(), 'data,5');
  for (const other of [
    { kind: 'podman' },
    { kind: 'docker', place: { kind: 'context', name: 'lab2' } },
    { kind: 'docker', nerdctl: 'finch' },
  ]) {
    engine = other;
    assert.equal(await now(), '');
  }
  measured = new Map([['data', 7]]);
  await sizes.measure();
  assert.equal(await now(), 'data,7');
  engine = undefined;
  assert.equal(await now(), '');
  engine = { kind: 'docker' };
  assert.equal(await now(), 'data,5');
});
