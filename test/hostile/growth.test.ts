// No kind of Dockerfile makes the work grow much faster than the file: each is judged at two sizes, of which the second is
// four times the first. Where that takes many times as long, and far longer than a harmless file of the same size, something
// looks at all of the file for each part of it. Times are those of the processor and compared with each other, so that neither a
// slow machine nor what else it does changes anything.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { DockerfileLanguageServiceFactory } from 'dockerfile-language-service';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { withoutMarkers } from '../../server/src/lint/markers.ts';
import type { Rule } from '../../server/src/lint/rule.ts';
import { createLanguageTexts, mostWorkOfOne } from '../../server/src/lsp/language-text.ts';
import { createSemanticTokens } from '../../server/src/lsp/semantic-tokens.ts';
import { rules } from '../../server/src/rules/index.ts';
import { createService } from '../../server/src/service.ts';
import { readYaml } from '../../server/src/syntax/yaml.ts';
import { cpuTimeOf } from '../server/cpu-time.ts';
import { loadTestShellParser } from '../server/linter.ts';
import { shapes } from './shapes.ts';

const parseShell = await loadTestShellParser();
const complaints: string[] = [];
const createTestService = (only?: readonly Rule[]) =>
  createService({
    rules: only,
    ports: { readFile: async () => undefined, log: (_level, message) => complaints.push(message) },
    parseShell,
  });

const small = 8000;
const factor = 4;
/** Work of the square would take sixteen times as long. */
const mostGrowth = 12;
/** So many times the work of a harmless file is no sign of anything. */
const mostTimes = 12;

/** The quickest of some tries, as something may have been compiled or collected meanwhile. */
function quickest(work: () => void, tries = 3): number {
  return Math.min(...Array.from({ length: tries }, () => cpuTimeOf(work)));
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

/** The most that the libraries of the editor are given of one instruction: what is a tenth longer is kept from them. */
const costliest = `FROM debian:12\nENV ${'a=b '.repeat(Math.floor(Math.sqrt(mostWorkOfOne / 8) * 0.95))}\n`;

/** One in ten of each kind, or all with WHEELHOUSE_GROWTH=all, which takes half an hour. */
const asked = Object.values(
  Object.groupBy(Object.entries(shapes), ([name]) => name.replace(/^[^:]*: /, '')),
).flatMap((kind = [], place) =>
  kind.filter(
    (_, i) => process.env.WHEELHOUSE_GROWTH === 'all' || i % 10 === place % Math.min(10, kind.length),
  ),
);

/** Fails where four times the text is far more than four times the work, and more than a harmless text would be. */
function grows(work: (text: string) => void, make: (size: number) => string, usual: number): void {
  const [short, long] = [make(small), make(small * factor)];
  let time = cpuTimeOf(() => work(long));
  if (time <= usual * mostTimes) return;
  const most = Math.max(usual * mostTimes, mostGrowth * quickest(() => work(short)));
  // What else a machine does may make a measure longer, and never shorter.
  for (let again = 0; again < 5 && time > most; again++)
    time = Math.min(
      time,
      cpuTimeOf(() => work(long)),
    );
  assert.ok(time <= most, `${time.toFixed(0)} ms, where ${most.toFixed(0)} would be many`);
}

for (const [what, work] of Object.entries({ judged: judge, edited: edit })) {
  describe(`files that are ${what}`, { timeout: 900_000 }, () => {
    let usual = 0;
    before(() => {
      judge(harmless(small));
      usual = quickest(() => work(harmless(small * factor)));
      if (work !== edit) return;
      // Those libraries do grow by the square, and what they are given is held by its size: twice that is the limit for them.
      assert.ok(createLanguageTexts().of(costliest)?.isWhole);
      usual = Math.max(usual, (2 * quickest(() => edit(costliest))) / mostTimes);
    });
    for (const [name, make] of asked) {
      it(name, () => {
        grows(work, make, usual);
        assert.deepEqual(complaints.splice(0), []);
      });
    }
  });
}

describe('the examples of each rule, one behind the other', { timeout: 600_000 }, () => {
  for (const rule of rules) {
    const codes = [...rule.examples.bad, ...rule.examples.good].map(({ code }) => withoutMarkers(code).text);
    const whole = codes.filter((code) => !code.includes('<<')).join('\n');
    const isStart = (line: string) => /^\s*(?:FROM|#\s*(?:syntax|escape|check)\b)/i.test(line);
    const rest = whole.split('\n').filter((line) => !isStart(line));
    const texts: Readonly<Record<string, string>> = { stages: whole, 'one stage': rest.join('\n') };
    const options = Object.assign({}, ...rule.examples.bad.map((example) => example.options ?? {}));
    const configuration = {
      ...defaultConfiguration,
      levels: new Map([[rule.code, rule.severity]]),
      options: new Map([[rule.code, options]]),
    };
    const work = (text: string) => {
      const findings = createTestService([rule]).lint(text, configuration);
      for (const finding of findings.slice(0, 2000)) finding.fixes();
    };
    for (const [kind, text] of Object.entries(texts)) {
      it(`${rule.name}, in ${kind}`, () => {
        const start = kind === 'stages' ? '' : `${whole.split('\n').find(isStart) ?? 'FROM debian:12'}\n`;
        const make = (size: number) =>
          start +
          Array.from({ length: Math.ceil(size / (text.length + 1)) }, (_, i) =>
            text.replace(/(?<= AS )\w+/gi, `$&${i}`),
          ).join('\n');
        const usual = quickest(
          () => createTestService([rule]).lint(harmless(small * factor), configuration),
          2,
        );
        grows(work, make, Math.max(usual, 15));
        assert.deepEqual(complaints.splice(0), []);
      });
    }
  }
});

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
