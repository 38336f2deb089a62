// How much a preset says of the corpus' ML files, and how much of that people switch off:
//   node test/oracle/levels.ts [--evidence FILE] [--folders ml,hub-ml] [--preset NAME]… [--rules N]
// FILE counts, for each rule (`byRule`), in how many repositories it `fires` and how many of these silence it.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Preset, presets } from '../../server/src/config/configuration.ts';
import { presetConfiguration } from '../../server/src/lint/presets.ts';
import { rules } from '../../server/src/rules/index.ts';
import { createService } from '../../server/src/service.ts';
import { corpusFolder, readCorpus } from '../corpus/files.ts';
import { loadTestShellParser } from '../server/linter.ts';

/** A rule counts as silenced where so large a part of at least so many repositories silences it. */
const silencedBy = { part: 1 / 3, repositories: 3 };

const { values } = parseArgs({
  options: {
    evidence: { type: 'string' },
    folders: { type: 'string', default: 'ml,hub-ml' },
    preset: { type: 'string', multiple: true, default: ['strict', 'recommended'] },
    rules: { type: 'string', default: '15' },
  },
});
if (!corpusFolder) throw new Error('There is no corpus: set WHEELHOUSE_CORPUS to a folder of Dockerfiles.');
type Evidence = Record<string, { fires: { repos: number; silenced: number } }>;
const evidence: Evidence = values.evidence ? JSON.parse(readFileSync(values.evidence, 'utf8')).byRule : {};
const isSilenced = (code: string) => {
  const { repos = 0, silenced = 0 } = evidence[code]?.fires ?? {};
  return repos >= silencedBy.repositories && silenced / repos >= silencedBy.part;
};

const folder = corpusFolder;
const files = values.folders
  .split(',')
  .flatMap((name) => readCorpus(`${folder}/${name}/`).map(({ text }) => text));
const service = createService({
  ports: { readFile: async () => undefined, log: (_level, message) => console.error(message) },
  parseShell: await loadTestShellParser(),
});
const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;

for (const preset of values.preset) {
  if (!presets.some((known) => known === preset)) throw new Error(`There is no preset ${preset}.`);
  const configuration = presetConfiguration(preset as Preset, rules);
  const byCode = new Map<string, number>();
  const byLevel = new Map<string, number>();
  const hurting: number[] = [];
  const shown: number[] = [];
  for (const text of files) {
    const findings = service.lint(text, configuration);
    const told = findings.filter(({ severity }) => severity !== 'hint');
    for (const { severity } of findings) byLevel.set(severity, (byLevel.get(severity) ?? 0) + 1);
    for (const { code } of told) byCode.set(code, (byCode.get(code) ?? 0) + 1);
    shown.push(told.length);
    hurting.push(told.filter(({ severity }) => severity === 'error' || severity === 'warning').length);
  }
  const all = shown.reduce((sum, count) => sum + count, 0);
  const silenced = [...byCode].filter(([code]) => isSilenced(code));
  const ofSilenced = silenced.reduce((sum, [, count]) => sum + count, 0);
  console.log(`${preset}: ${files.length} files, ${all} findings shown`);
  console.log(`  median of a file: ${median(hurting)} at warning or above, ${median(shown)} shown`);
  console.log(`  files with nothing at warning or above: ${hurting.filter((count) => count === 0).length}`);
  console.log(`  ${[...byLevel].map(([level, count]) => `${level} ${count}`).join(', ')}`);
  console.log(`  by rules that are silenced: ${percent(ofSilenced, all)}`);
  for (const [code, count] of [...byCode].sort(([, a], [, b]) => b - a).slice(0, Number(values.rules)))
    console.log(`    ${String(count).padStart(5)}  ${code}${isSilenced(code) ? ' (silenced)' : ''}`);
}
