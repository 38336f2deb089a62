import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { osReleases } from '../../server/src/data/os-releases.ts';
import { pythonEnds } from '../../server/src/data/release-dates.ts';
import { today } from '../../server/src/facts/today.ts';

const data = new URL('../../server/src/data/', import.meta.url);

describe('tables', () => {
  // What other linters, shells and formats call things, which does not grow old with the world.
  const timeless =
    /^(?:archives|command-wrappers|dockerfile-names|instruction-flags|licences|linter-ids|signals)\.ts$/;
  for (const file of readdirSync(data).filter((name) => !timeless.test(name))) {
    it(`say when they were read, and are not older than a year: ${file}`, () => {
      const text = readFileSync(new URL(file, data), 'utf8');
      const day = /^(?:\/\/ Read on |export const readOn = ')(20\d\d-\d\d-\d\d)/m.exec(text)?.[1];
      // Where no day is given the comments name the month.
      const dates =
        day === undefined ? [...text.matchAll(/\b20\d\d-[01]\d(?:-[0-3]\d)?\b/g)].map(String) : [day];
      const [read] = dates.sort();
      assert.ok(read, 'It names no date.');
      const date = read.length === 7 ? `${read}-01` : read;
      assert.equal(new Date(date).toISOString().slice(0, 10), date);
      assert.ok(date <= today());
      assert.ok(!isOld(date, today()), `Compare ${file} of ${read} with its sources and correct the date.`);
    });
  }

  it('are old after a year', () => {
    assert.equal(isOld('2024-03-01', '2025-02-28'), false);
    assert.equal(isOld('2024-03-01', '2025-03-02'), true);
  });

  it('give each release an end in the same form', () => {
    for (const end of [...osReleases.map((release) => release.end), ...pythonEnds.values()])
      assert.equal(new Date(end).toISOString().slice(0, 10), end);
  });
});

/** Whether a day lies more than a year before another. */
function isOld(readOn: string, now: string): boolean {
  return Date.parse(now) - Date.parse(readOn) > 365 * 24 * 60 * 60 * 1000;
}
