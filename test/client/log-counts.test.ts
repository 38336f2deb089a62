// How many lines a log has, as its page says it: words of ours are none of them.
import '../engine/fake-vscode.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRing } from '../../client/src/containers/logs/ring.ts';

const { countWords } = await import('../../client/src/containers/logs/texts.ts');

test('the ring counts what counts, also when it goes', () => {
  const ring = createRing<string>(
    3,
    10,
    () => 1,
    (item) => item !== 'note',
  );
  for (const item of ['a', 'note', 'b']) ring.push(item);
  assert.deepEqual([ring.length, ring.counted], [3, 2]);
  ring.push('note');
  assert.deepEqual([ring.length, ring.counted], [3, 1]);
  ring.push('c');
  assert.deepEqual([ring.length, ring.counted], [3, 2]);
  ring.clear();
  assert.equal(ring.counted, 0);
});

test('lines are counted in words', () => {
  assert.deepEqual(
    [countWords(1), countWords(3_001), countWords(1, 1), countWords(3_001, 0)],
    ['1 line', '3,001 lines', '1 of 1 line', '0 of 3,001 lines'],
  );
});
