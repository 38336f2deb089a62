// A minute of the fuzzer. Each commit has a seed of its own, so that a run of it can be repeated.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { it } from 'node:test';
import { caseFolder } from './corpus.ts';
import { fuzz } from './fuzz.ts';
import { report } from './report.ts';
import { targetNames } from './targets.ts';

it('a minute of random files finds nothing', { timeout: 600_000 }, async (test) => {
  const seed = seedOf(
    execFileSync('git', ['rev-parse', 'HEAD'], { cwd: import.meta.dirname, encoding: 'utf8' }),
  );
  test.diagnostic(`seed ${seed}: repeat it by \`npm run fuzz -- --seed ${seed}\``);
  const say = (line: string) => test.diagnostic(line);
  const common = { targets: targetNames, grown: false, cases: caseFolder };
  const result = await fuzz({ ...common, seconds: 60, seed, secondsToMinimise: 10, say });
  const told = await report(result);
  for (const line of told.split('\n')) test.diagnostic(line);
  for (const { target, inputs } of result.tried) assert.ok(inputs > 10, `${target}: only ${inputs} inputs`);
  assert.equal(result.found.length, 0, `seed ${seed}\n${told}`);
});

function seedOf(commit: string): number {
  return createHash('sha256').update(commit.trim()).digest().readUInt32BE() % 2 ** 31;
}
