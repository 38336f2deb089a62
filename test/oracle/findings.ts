// Counts what rules find over the corpus and shows some of it, for whoever judges a rule's precision:
//   node test/oracle/findings.ts [--examples N] [--seed N] CODE…
// Without a code the counts of all rules. The examples are a random sample that the seed repeats.
import { parseArgs } from 'node:util';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { createService } from '../../server/src/service.ts';
import { createLineIndex } from '../../server/src/text/line-index.ts';
import { corpusFolder, readCorpus } from '../corpus/files.ts';
import { loadTestShellParser } from '../server/linter.ts';
import { sampleOf } from './sample.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { examples: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' } },
});
if (!corpusFolder) throw new Error('There is no corpus: set WHEELHOUSE_CORPUS to a folder of Dockerfiles.');
const log = (_level: string, message: string) => console.error(message);
const service = createService({
  ports: { readFile: async () => undefined, log },
  parseShell: await loadTestShellParser(),
});
const found = new Map<string, string[]>();
for (const { name, text } of readCorpus(corpusFolder)) {
  const lines = createLineIndex(text);
  for (const { code, severity, span, message } of service.lint(text, defaultConfiguration)) {
    if (positionals.length > 0 && !positionals.includes(code)) continue;
    const { line } = lines.position(span.start);
    const places = found.get(code) ?? [];
    places.push(
      `${name}:${line + 1} ${severity} ${message}\n      | ${text.split('\n')[line]?.trim().slice(0, 180)}`,
    );
    found.set(code, places);
  }
}
for (const [code, places] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) {
  console.log(`${code}  ${places.length}`);
  if (positionals.length === 0) continue;
  for (const place of sampleOf(places, Number(values.examples), Number(values.seed)))
    console.log(`   ${place}`);
}
for (const code of positionals) if (!found.has(code)) console.log(`${code}  0`);
