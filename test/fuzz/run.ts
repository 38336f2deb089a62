// `npm run fuzz -- [--seconds 60] [--seed N] [--target NAME …] [--cases FOLDER] [--keep]` tries texts by grammar and by
// bytes on everything that reads what strangers commit. It ends with 1 when it found something.
//
// Without --seed it takes a fresh seed and goes on from what earlier runs on this machine found, in `.cache/fuzz/`. With
// --seed it begins with `test/fuzz/corpus/` alone, so that every machine tries the same inputs in the same order.
// What it finds is made small and written to `test/fuzz/cases/`, which `cases.test.ts` tries from then on. --keep
// replaces the corpus beside this file by the small inputs that show all that this run saw.
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { caseFolder, keep, seedFolder } from './corpus.ts';
import { fuzz } from './fuzz.ts';
import { report } from './report.ts';
import { type TargetName, targetNames } from './targets.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string' },
    target: { type: 'string', multiple: true, default: [] },
    cases: { type: 'string', default: caseFolder },
    keep: { type: 'boolean', default: false },
  },
});
const unknown = values.target.find((name) => !targetNames.some((target) => target === name));
if (unknown !== undefined)
  throw new Error(`There is no target ${unknown}. Name some of ${targetNames.join(', ')}.`);

const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
console.log(`seed ${seed}`);
const result = await fuzz({
  seconds: Number(values.seconds),
  seed,
  targets: values.target.length > 0 ? (values.target as TargetName[]) : targetNames,
  grown: values.seed === undefined,
  cases: values.cases,
  secondsToMinimise: 20,
  say: console.log,
});
if (values.keep) for (const { target, corpus } of result.tried) keep(seedFolder, target, small(corpus));
console.log(await report(result));
process.exitCode = result.found.length > 0 ? 1 : 0;

/** What is kept with the sources stays a few KB in all. */
function small(corpus: readonly string[]): string[] {
  let left = 3_000;
  return [...corpus]
    .sort((a, b) => a.length - b.length)
    .filter((text) => {
      left -= text.length;
      return left > 0;
    });
}
