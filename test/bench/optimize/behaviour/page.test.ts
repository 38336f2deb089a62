// docs/optimize.md names each case, as a row that is missing was never judged, or its verdict not written down.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { it } from 'node:test';
import { optimizeCases, scaffoldCases } from './all.ts';
import { heading } from './render.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../../../docs/optimize.md'), 'utf8');
const [, behaviour = ''] = page.split(heading);

it('the page has a row for each case, and counts them', () => {
  const rows = behaviour.split('\n').flatMap((line) => [...line.matchAll(/^\| ([\w-]+) \| ([^|]+) \|/g)]);
  const told = rows.filter(([, name]) => name !== 'project').map(([, name, about]) => [name, about]);
  assert.deepEqual(
    told,
    [...optimizeCases, ...scaffoldCases].map(({ name, about }) => [name, about]),
  );
  const counts = [
    `${optimizeCases.length} of ${optimizeCases.length} are`,
    `For ${scaffoldCases.length} projects`,
  ];
  for (const count of [`${optimizeCases.length} small projects`, ...counts])
    assert.ok(behaviour.includes(count), count);
});
