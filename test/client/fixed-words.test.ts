import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixedWords } from '../../client/src/language/fixed-words.ts';

const left = (count: number) => Array.from({ length: count }, (_, i) => ({ code: `DL300${i}`, line: 2 * i }));

test('what was fixed is told with what is left, by its code and its line', () => {
  assert.equal(fixedWords(7, left(2)), 'Fixed 7 of 9 problems. Left: DL3000 (line 1), DL3001 (line 3).');
  assert.equal(fixedWords(3, []), 'Fixed all 3 problems.');
  assert.equal(fixedWords(1, []), 'Fixed the only problem.');
});

test('where nothing can be fixed it says so', () => {
  assert.equal(fixedWords(0, []), 'There are no problems in this file.');
  assert.equal(
    fixedWords(0, left(1)),
    'Nothing was fixed, as the only problem has no safe fix. Left: DL3000 (line 1).',
  );
  assert.equal(
    fixedWords(0, left(2)),
    'Nothing was fixed, as none of the 2 problems has a safe fix. Left: DL3000 (line 1), DL3001 (line 3).',
  );
});

test('of many that are left the first are named', () => {
  assert.match(fixedWords(1, left(8)), /^Fixed 1 of 9 problems\. .*DL3004 \(line 9\), 3 more\.$/);
});
