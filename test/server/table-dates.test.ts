import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readOn as driversReadOn } from '../../server/src/data/cuda-drivers.ts';
import { readOn as deadReadOn } from '../../server/src/data/dead-python-packages.ts';
import { readOn as floorsReadOn } from '../../server/src/data/gpu-floors.ts';
import { readOn as sizesReadOn } from '../../server/src/data/image-sizes.ts';
import { readOn as artifactsReadOn } from '../../server/src/data/ml-artifacts.ts';
import { readOn as muslReadOn } from '../../server/src/data/musl-wheels.ts';
import { readOn as nativeReadOn } from '../../server/src/data/native-libraries.ts';
import { readOn as cudaReadOn } from '../../server/src/data/nvidia-cuda-tags.ts';
import { readOn as osReadOn, osReleases } from '../../server/src/data/os-releases.ts';
import { pythonEnds, readOn as releasesReadOn } from '../../server/src/data/release-dates.ts';
import { readOn as librariesReadOn } from '../../server/src/data/runtime-libraries.ts';
import { readOn as torchReadOn } from '../../server/src/data/torch-pypi.ts';
import { readOn as buildsReadOn } from '../../server/src/data/torch-releases.ts';
import { readOn as uvReadOn } from '../../server/src/data/uv-flags.ts';
import { today } from '../../server/src/facts/today.ts';

describe('tables with dates', () => {
  it('say on which past day they were read', () => {
    for (const date of [
      sizesReadOn,
      driversReadOn,
      torchReadOn,
      buildsReadOn,
      nativeReadOn,
      artifactsReadOn,
      deadReadOn,
      cudaReadOn,
      floorsReadOn,
      muslReadOn,
      osReadOn,
      releasesReadOn,
      uvReadOn,
      librariesReadOn,
    ]) {
      assert.equal(new Date(date).toISOString().slice(0, 10), date);
      assert.ok(date <= today());
      assert.ok(!isOld(date, today()), `Compare the table of ${date} with its sources and correct the date.`);
    }
  });

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
