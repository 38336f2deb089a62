// Compares our findings with hadolint's over the corpus and prints the disagreements, for whoever works on a rule:
//   node test/oracle/compare.ts [--default] [--shellcheck] [--examples N] [CODE…]
// The preset `hadolint` is compared; with --default what differs without it. With --shellcheck the SC codes as well:
// hadolint keeps one of them for each RUN, so `only ours` is no fault there.
import { parseArgs } from 'node:util';
import { presetConfiguration } from '../../server/src/lint/presets.ts';
import { rules } from '../../server/src/rules/index.ts';
import { corpusFolder, ownFiles, readCorpus } from '../corpus/files.ts';
import { isMissing } from '../parts/progress.ts';
import { ensurePython } from '../parts/python.ts';
import { askHadolint } from './hadolint.ts';
import { createOurVerdicts, createShellcheckVerdicts } from './ours.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    default: { type: 'boolean', default: false },
    shellcheck: { type: 'boolean', default: false },
    examples: { type: 'string', default: positionalsGiven() ? '8' : '0' },
  },
});
const python = await ensurePython((_part, message) => console.error(message));
if (isMissing(python)) throw new Error(python.missing);
const files = [...ownFiles, ...(corpusFolder ? readCorpus(corpusFolder) : [])];
const theirs = await askHadolint(python.hadolint, files);
const preset = values.default ? undefined : 'hadolint';
const ours = await createOurVerdicts(preset);

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
const shellcheck = values.shellcheck ? await shellcheckAll(python.shellcheck) : undefined;
for (const { name, text } of files) {
  const said = theirs.get(name);
  if (!said) continue;
  const found = new Set([...ours(text), ...(shellcheck?.get(name) ?? [])]);
  for (const entry of said) {
    if (found.has(entry)) rowOf(entry).both++;
    else rowOf(entry).missing.push(`${name}:${entry}`);
  }
  for (const entry of found) if (!said.has(entry)) rowOf(entry).extra.push(`${name}:${entry}`);
}
const family = values.shellcheck ? /^(?:DL|SC)/ : /^DL/;
const shown = [...rows]
  .filter(([code]) => (positionals.length > 0 ? positionals.includes(code) : family.test(code)))
  .sort(([a], [b]) => (a < b ? -1 : 1));
const examples = Number(values.examples);
for (const [code, { both, missing, extra }] of shown) {
  console.log(`${code}  both ${both}  only hadolint ${missing.length}  only ours ${extra.length}`);
  for (const place of missing.slice(0, examples)) console.log(`   only hadolint  ${place}`);
  for (const place of extra.slice(0, examples)) console.log(`   only ours      ${place}`);
}
if (values.shellcheck) {
  const own = shown.filter(([code]) => code.startsWith('SC')).map(([, row]) => row);
  const both = own.reduce((sum, row) => sum + row.both, 0);
  const missing = own.reduce((sum, row) => sum + row.missing.length, 0);
  const share = ((100 * both) / (both + missing)).toFixed(2);
  console.log(
    `SC  found ${both} of ${both + missing} (${share} %), and more in places where hadolint keeps one`,
  );
}

/** What ShellCheck says through us of every file, and how long that takes. */
async function shellcheckAll(program: string): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const ask = await createShellcheckVerdicts(program);
  const configuration = presetConfiguration(preset, rules);
  const begin = performance.now();
  const said = await Promise.all(
    files.map(async ({ name, text }) => [name, await ask(text, configuration)] as const),
  );
  console.error(`ShellCheck over ${files.length} files: ${Math.round(performance.now() - begin)} ms`);
  return new Map(said);
}

function positionalsGiven(): boolean {
  return process.argv.slice(2).some((arg) => /^(?:DL|SC)\d+$/.test(arg));
}
