// A minute of the fuzzer.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { seedOfCommit } from '../server/texts.ts';
import { caseFolder } from './corpus.ts';
import { fuzz } from './fuzz.ts';
import { report } from './report.ts';
import { targetNames } from './targets.ts';

it('a minute of random files finds nothing', { timeout: 600_000 }, async (test) => {
  const seed = seedOfCommit();
  test.diagnostic(`seed ${seed}: repeat it by \`npm run fuzz -- --seed ${seed}\``);
  const say = (line: string) => test.diagnostic(line);
  const common = { targets: targetNames, grown: false, cases: caseFolder };
  const result = await fuzz({ ...common, seconds: 60, seed, secondsToMinimise: 10, say });
  const told = await report(result);
  for (const line of told.split('\n')) test.diagnostic(line);
  for (const { target, inputs } of result.tried) assert.ok(inputs > 10, `${target}: only ${inputs} inputs`);
  assert.equal(result.found.length, 0, `seed ${seed}\n${told}`);
});
