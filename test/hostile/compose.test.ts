// What is made of a Compose file, and what that takes, grows with the file, and not with its services times its anchors. Work
// is counted in lines that are looked at, as times would differ.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { servicesIn } from '../../server/src/features/refactorings/non-root/compose-services.ts';

const manyOf = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('');

/** Anchors of which each names the next, and as many services that name the first. */
const inChain = (count: number) =>
  `x:\n${manyOf(count, (i) => ` k${i}: &a${i}\n  <<: *a${i + 1}\n  user: ${'u'.repeat(100)}\n`)}services:\n` +
  manyOf(count, (i) => `  s${i}:\n    <<: *a0\n`);

/** Anchors that lie in one another, so that each holds those below it. */
const nested = (count: number) =>
  `x: &a0\n${manyOf(count, (i) => `${' '.repeat(1 + (i % 40))}k${i}: &a${i + 1}\n`)}services:\n` +
  manyOf(count, (i) => `  s${i}:\n    <<: *a${i}\n`);

/** How often lines are asked for how deep they are while a file is read, and how many letters come of it. */
function read(text: string): { looks: number; letters: number; services: number } {
  const depth = mock.method(String.prototype, 'trimStart');
  try {
    const services = servicesIn(text);
    const letters = services.reduce((sum, { body }) => sum + body.length, 0);
    return { looks: depth.mock.callCount(), letters, services: services.length };
  } finally {
    depth.mock.restore();
  }
}

describe('Compose files with many anchors', () => {
  for (const [name, make] of Object.entries({ 'in a chain': inChain, 'in one another': nested }))
    it(`${name} are read once, and little of them for each service`, () => {
      const [few, many] = [read(make(100)), read(make(400))];
      assert.deepEqual([few.services, many.services], [100, 400]);
      assert.ok(few.looks > 100, 'lines are looked at');
      // Of four times as many.
      assert.ok(many.looks < few.looks * 8, `${few.looks} and ${many.looks} looks`);
      assert.ok(many.letters < 400 * 30_000, `${many.letters} letters`);
    });
});
