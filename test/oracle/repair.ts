// Applies the fixes of rules over the corpus and judges them, for whoever works on a rule:
//   node test/oracle/repair.ts CODE…
import { corpusFolder, ownFiles, readCorpus } from '../corpus/files.ts';
import { isMissing } from '../parts/progress.ts';
import { ensurePython } from '../parts/python.ts';
import { createRepairs } from './fixes.ts';
import { judgeRepairs } from './judge-repairs.ts';
import { ensureRefusals } from './refusals.ts';

const codes = process.argv.slice(2);
const python = await ensurePython((_part, message) => console.error(message));
const refusals = await ensureRefusals();
if (isMissing(python) || isMissing(refusals))
  throw new Error('hadolint or the parser of BuildKit is missing.');
const ours = await createRepairs(codes);
const files = [...ownFiles, ...(corpusFolder ? readCorpus(corpusFolder) : [])];
const repairs = files.flatMap((file) => [...[ours.all(file) ?? []].flat(), ...ours.single(file)]);
const { complaints, applied } = await judgeRepairs(repairs, { ours, hadolint: python.hadolint, refusals });
for (const [code, count] of applied) console.log(`${code}  ${count} fixes applied`);
for (const complaint of complaints) console.log(complaint);
