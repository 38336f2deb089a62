// No kind of Dockerfile makes the work grow much faster than the file: each is judged at two sizes, of which the second is
// four times the first. Where that takes many times as long, and far longer than a harmless file of the same size, something
// looks at all of the file for each part of it. Times are compared with each other, so that a slow machine changes nothing.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { DockerfileLanguageServiceFactory } from 'dockerfile-language-service';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { createLanguageTexts } from '../../server/src/lsp/language-text.ts';
import { createSemanticTokens } from '../../server/src/lsp/semantic-tokens.ts';
import { createService } from '../../server/src/service.ts';
import { readYaml } from '../../server/src/syntax/yaml.ts';
import { loadTestShellParser } from '../server/linter.ts';
import { shapes } from './shapes.ts';

const parseShell = await loadTestShellParser();
const complaints: string[] = [];
const createTestService = () =>
  createService({
    ports: { readFile: async () => undefined, log: (_level, message) => complaints.push(message) },
    parseShell,
  });

const small = 12_000;
const factor = 4;
/** Work of the square would take sixteen times as long. */
const mostGrowth = 12;
/** So many times the work of a harmless file is no sign of anything. */
const mostTimes = 12;

function timeOf(work: () => void): number {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}
/** The quickest of some tries, as something else may have kept the machine. */
function quickest(work: () => void, tries = 3): number {
  return Math.min(...Array.from({ length: tries }, () => timeOf(work)));
}

function judge(text: string): void {
  for (const finding of createTestService().lint(text, defaultConfiguration).slice(0, 300)) finding.fixes();
}

const language = DockerfileLanguageServiceFactory.createLanguageService();
/** What an editor asks for at each key, and what it asks for at a place. */
function edit(text: string): void {
  const texts = createLanguageTexts();
  const document = TextDocument.create('file:///Dockerfile', 'dockerfile', 1, text);
  createSemanticTokens(language, texts)(document);
  const known = texts.of(text);
  if (!known) return;
  language.computeSymbols(document, known.text);
  language.computeFoldingRanges(known.text);
  language.computeLinks(known.text);
  language.computeHover(known.text, document.positionAt(text.length / 2));
}

const harmless = (size: number) =>
  'FROM debian:12\nWORKDIR /app\nCOPY a b\nRUN apt-get update && apt-get install -y curl\nENV A=b\n'.repeat(
    Math.ceil(size / 90),
  );

/** One in ten of each kind, or all with WHEELHOUSE_GROWTH=all, which takes half an hour. */
const asked = Object.values(
  Object.groupBy(Object.entries(shapes), ([name]) => name.replace(/^[^:]*: /, '')),
).flatMap((kind = [], place) =>
  kind.filter(
    (_, i) => process.env.WHEELHOUSE_GROWTH === 'all' || i % 10 === place % Math.min(10, kind.length),
  ),
);

for (const [what, work] of Object.entries({ judged: judge, edited: edit })) {
  describe(`files that are ${what}`, { timeout: 900_000 }, () => {
    let usual = 0;
    before(() => {
      judge(harmless(small));
      usual = quickest(() => work(harmless(small * factor)));
    });
    for (const [name, make] of asked) {
      it(name, () => {
        const [short, long] = [make(small), make(small * factor)];
        const most = Math.max(usual * mostTimes, mostGrowth * quickest(() => work(short), 1));
        let time = timeOf(() => work(long));
        if (time > most) time = quickest(() => work(long));
        const allowed = time > most ? Math.max(most, mostGrowth * quickest(() => work(short))) : most;
        assert.ok(time <= allowed, `${time.toFixed(0)} ms, where ${allowed.toFixed(0)} would be many`);
        assert.deepEqual(complaints.splice(0), []);
      });
    }
  });
}

describe('YAML', () => {
  const texts: Readonly<Record<string, (count: number) => string>> = {
    keys: (count) => Array.from({ length: count }, (_, i) => `k${i}: v\n`).join(''),
    'keys of one name': (count) => 'k: v\n'.repeat(count),
    'aliases of one anchor': (count) => `a: &a b\nc:\n${' - *a\n'.repeat(count)}`,
    'an error in each line': (count) => '}\n'.repeat(count),
    'nested sequences': (count) => '- '.repeat(count),
  };
  for (const [name, make] of Object.entries(texts)) {
    it(`${name} are read in a time that grows with them`, () => {
      const read = (count: number) => quickest(() => readYaml(make(count), true));
      const usual = quickest(() => readYaml('- a b c d\n'.repeat(12_000), true));
      const short = read(3000);
      const long = read(12_000);
      assert.ok(long <= Math.max(usual * mostTimes, short * mostGrowth), `${short} and ${long} ms`);
    });
  }
});
