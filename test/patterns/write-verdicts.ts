// `node test/patterns/write-verdicts.ts` asks of all patterns that are not known yet, and forgets those that are gone; with
// `--all` it asks of each anew.
import { fault } from './check.ts';
import { exceptions } from './exceptions.ts';
import { findPatterns } from './find.ts';
import { hashOf, readVerdicts, writeVerdicts } from './verdicts.ts';

const known = process.argv.includes('--all') ? new Set<string>() : readVerdicts();
const linear = new Set<string>();
for (const pattern of findPatterns().patterns) {
  const { source, flags, place } = pattern;
  const hash = hashOf(pattern);
  if (linear.has(hash) || exceptions.has(`/${source}/${flags}`)) continue;
  const found = known.has(hash) ? undefined : fault(source, flags, 30_000);
  if (found) console.error(`${place} /${source}/${flags}\n  ${found}`);
  else linear.add(hash);
}
writeVerdicts(linear);
