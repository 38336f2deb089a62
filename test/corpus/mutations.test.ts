// Broken input: no rule and no fix throws on it, none of it hangs, and what is kept of old texts does not pile up. The
// slowest is told, for the runner shows no time of a single text. Another WHEELHOUSE_SEED breaks them otherwise.
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { createService } from '../../server/src/service.ts';
import { loadTestShellParser } from '../server/linter.ts';
import { mutate } from '../server/mutations.ts';
import { createRandom } from '../server/texts.ts';
import { corpusFolder, ownFiles, readCorpus } from './files.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const complaints: string[] = [];
const service = createService({
  ports: { readFile: async () => undefined, log: (_level, message) => complaints.push(message) },
  parseShell: await loadTestShellParser(),
});
const texts = [...ownFiles, ...(corpusFolder ? readCorpus(corpusFolder) : [])].map(({ text }) => text);
const seed = Number(process.env.WHEELHOUSE_SEED ?? 11);
const random = createRandom(seed);
const below = (limit: number) => Math.floor(random() * limit);
const pick = <T>(from: readonly T[]) => from[below(from.length)] as T;

/** Of the places in our code that 10,000 reach these reach 99 %. */
const mutations = 5_000;
/** More than the caches differ by, less than 2,500 texts would be. */
const mayGrow = 16e6;

/** Ways to break a text. */
const ways: readonly ((text: string) => string)[] = [
  (text) => mutate(text, random),
  (text) => text.slice(0, below(text.length)),
  (text) => text.slice(below(text.length)),
  (text) => text + text,
  (text) => text.slice(0, below(text.length)) + pick(texts).slice(below(2000)),
  (text) => Array.from(text, (char) => (random() < 0.01 ? String.fromCharCode(below(256)) : char)).join(''),
  (text) => text.replace(/\w/g, (char) => (random() < 0.01 ? '\0' : char)),
  (text) => text.replace(/\r?\n/g, () => pick(['\n', '\r\n', '\r', '\n\r\n'])),
  (text) => text.replace(/["'`\\]/g, (char) => (random() < 0.2 ? '' : char)),
];

/** Judges a text and makes every fix, and gives the milliseconds that it took. */
function judge(text: string): number {
  const begin = performance.now();
  for (const finding of service.lint(text, defaultConfiguration).slice(0, 2000)) finding.fixes();
  return performance.now() - begin;
}

function heap(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

describe('broken input', { timeout: 600_000 }, () => {
  it(`${mutations} mutations of ${texts.length} Dockerfiles, seed ${seed}, make nothing throw, hang or pile up`, (test) => {
    let slowest = { ms: 0, text: '' };
    let halfway = 0;
    for (let count = 0; count < mutations; count++) {
      const text = pick(ways)(pick(texts));
      const ms = judge(text);
      if (ms > slowest.ms) slowest = { ms, text };
      if (count === mutations / 2) halfway = heap();
    }
    const grown = heap() - halfway;
    test.diagnostic(
      `the slowest took ${slowest.ms.toFixed(0)} ms: ${JSON.stringify(slowest.text.slice(0, 60))}, ${slowest.text.length} characters`,
    );
    test.diagnostic(`the heap grew by ${(grown / 1e6).toFixed(1)} MB in the second half`);
    assert.deepEqual(complaints, []);
    assert.ok(grown < mayGrow, `the heap grew by ${grown} bytes in the second half`);
  });

  const many = (make: (index: number) => string, count: number) =>
    Array.from({ length: count }, (_, i) => make(i)).join('');
  const monsters: Readonly<Record<string, () => string>> = {
    'commands in a line of 1 MB': () => `FROM a\nRUN ${'echo abc; '.repeat(1e5)}`,
    'a word of 1 MB': () => `FROM a\nRUN ${'a'.repeat(1e6)}`,
    'paths in a line of 1 MB': () => `FROM a\nCOPY ${'a '.repeat(5e5)}/`,
    'variables in a line of 1 MB': () => `FROM a\nENV ${'a=$b '.repeat(2e5)}`,
    'packages in a line of 1 MB': () => `FROM a\nRUN apt-get install ${'pkg '.repeat(2.5e5)}`,
    'an array in a line of 1 MB': () => `FROM a\nCMD [${'"a",'.repeat(2.5e5)}"b"]`,
    'quotes in a line of 1 MB': () => `FROM a\nRUN ${'"'.repeat(1e6)}`,
    'NULs in a line of 1 MB': () => `FROM a\nRUN ${'\0'.repeat(1e6)}`,
    '50,000 times the same RUN': () => `FROM a\n${'RUN apt-get update && pip install x\n'.repeat(5e4)}`,
    '50,000 RUNs': () => `FROM a\n${many((i) => `RUN apt-get install p${i} && pip install x\n`, 5e4)}`,
    '50,000 ENVs': () => `FROM a\n${many((i) => `ENV a${i}=$a${i - 1}\n`, 5e4)}`,
    '50,000 COPYs': () => `FROM a\n${'COPY a.tar.gz b\n'.repeat(5e4)}`,
    '50,000 of several kinds': () =>
      `FROM a\n${'USER x\nWORKDIR y\nRUN echo $A\nCMD a\nENTRYPOINT b\n'.repeat(1e4)}`,
    '50,000 ignore comments': () => `FROM a\n${'# hadolint ignore=DL3008\nRUN x\n'.repeat(5e4)}`,
    '5,000 stages': () => many((i) => `FROM ${i ? `s${i - 1}` : 'a'} AS s${i}\nRUN x\n`, 5000),
    '300,000 continuations': () => `FROM a\nRUN a ${'\\\n'.repeat(3e5)}b`,
    '20,000 nested subshells': () => `FROM a\nRUN ${'('.repeat(2e4)}${')'.repeat(2e4)}`,
    '20,000 nested substitutions': () => `FROM a\nRUN ${'$('.repeat(2e4)}a${')'.repeat(2e4)}`,
    '20,000 nested ifs': () => `FROM a\nRUN ${'if a; then '.repeat(2e4)}`,
    'nested shells': () => `FROM a\nRUN ${'bash -c "'.repeat(2000)}`,
    '100,000 wrappers': () => `FROM a\nRUN ${'sudo env '.repeat(5e4)}ls`,
    '20,000 heredocs': () => `FROM a\nRUN ${'<<E '.repeat(2e4)}\n${'E\n'.repeat(2e4)}`,
    '100,000 ONBUILDs': () => `FROM a\n${'ONBUILD '.repeat(1e5)}`,
  };
  for (const [name, make] of Object.entries(monsters)) {
    it(name, (test: TestContext) => {
      test.diagnostic(`${judge(make()).toFixed(0)} ms`);
      assert.deepEqual(complaints, []);
    });
  }
});
