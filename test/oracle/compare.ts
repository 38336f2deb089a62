// Compares our findings with hadolint's over the corpus and prints the disagreements, for whoever works on a rule:
//   node test/oracle/compare.ts [--default] [--examples N] [CODE…]
// The preset `hadolint` is compared; with --default what differs without it.
import { parseArgs } from 'node:util';
import { corpusFolder, ownFiles, readCorpus } from '../corpus/files.ts';
import { isMissing } from '../parts/progress.ts';
import { ensurePython } from '../parts/python.ts';
import { askHadolint } from './hadolint.ts';
import { createOurVerdicts } from './ours.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    default: { type: 'boolean', default: false },
    examples: { type: 'string', default: positionalsGiven() ? '8' : '0' },
  },
});
const python = await ensurePython((_part, message) => console.error(message));
if (isMissing(python)) throw new Error(python.missing);
const binary = python.hadolint;
const files = [...ownFiles, ...(corpusFolder ? readCorpus(corpusFolder) : [])];
const theirs = await askHadolint(binary, files);
const ours = await createOurVerdicts(values.default ? undefined : 'hadolint');

interface Row {
  both: number;
  readonly missing: string[];
  readonly extra: string[];
}
const rows = new Map<string, Row>();
const rowOf = (entry: string): Row => {
  const code = entry.split(' ')[1] ?? '';
  const row = rows.get(code) ?? { both: 0, missing: [], extra: [] };
  rows.set(code, row);
  return row;
};
for (const { name, text } of files) {
  const said = theirs.get(name);
  if (!said) continue;
  const found = ours(text);
  for (const entry of said) {
    if (found.has(entry)) rowOf(entry).both++;
    else rowOf(entry).missing.push(`${name}:${entry}`);
  }
  for (const entry of found) if (!said.has(entry)) rowOf(entry).extra.push(`${name}:${entry}`);
}
const shown = [...rows]
  .filter(([code]) => (positionals.length > 0 ? positionals.includes(code) : /^DL/.test(code)))
  .sort(([a], [b]) => (a < b ? -1 : 1));
const examples = Number(values.examples);
for (const [code, { both, missing, extra }] of shown) {
  console.log(`${code}  both ${both}  only hadolint ${missing.length}  only ours ${extra.length}`);
  for (const place of missing.slice(0, examples)) console.log(`   only hadolint  ${place}`);
  for (const place of extra.slice(0, examples)) console.log(`   only ours      ${place}`);
}

function positionalsGiven(): boolean {
  return process.argv.slice(2).some((arg) => /^(?:DL|SC)\d+$/.test(arg));
}
