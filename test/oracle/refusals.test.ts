// What BuildKit's own parser refuses, a rule of ours calls an error, and nothing else: over broken cases, the corpus, and
// the corpus with random edits.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { frontendOf } from '../../server/src/facts/frontend.ts';
import { rules } from '../../server/src/rules/index.ts';
import { parseDockerfile } from '../../server/src/syntax/parse.ts';
import { type CorpusFile, corpora } from '../corpus/files.ts';
import { describeMissing, isMissing } from '../parts/progress.ts';
import { createTestLinter } from '../server/linter.ts';
import { mutate } from '../server/mutations.ts';
import { createRandom } from '../server/texts.ts';
import { cases } from './dockerfile-utils-cases.ts';
import { ensureRefusals } from './refusals.ts';

/** What BuildKit finds only where it makes the steps of a build: verdicts.test.ts has these. */
const later = new Set([
  ...['invalid-copy-from', 'invalid-checksum', 'invalid-chmod', 'invalid-image-name', 'invalid-mount'],
  ...['invalid-platform', 'invalid-port', 'linked-owner-name', 'undeclared-variable-in-from', 'url-in-copy'],
]);
const others = new Set(['DL3061', 'DL3043']);
const breaking = rules.filter(
  ({ code, family, severity }) =>
    (family === 'syntax' && severity === 'error' && !later.has(code)) || others.has(code),
);
/** They find what the build may survive; where it does not, they are what says so. */
const perhaps = rules.filter(({ code }) =>
  ['broken-json-array', 'DL3025', 'unknown-stopsignal', 'invalid-mount'].includes(code),
);

/** What the tree reads otherwise than BuildKit, and nobody writes: listed here, so that the rest is compared strictly. */
const unread: readonly RegExp[] = [
  // A control character is a blank to us, and a mark of the byte order stands at the beginning only.
  /[\0\ufeff]/,
];

const lint = await createTestLinter();
const refusals = await ensureRefusals();
const skip = isMissing(refusals) && describeMissing(refusals);

/** The texts about which the two are of different opinion, with what BuildKit says and what we say. */
async function disagreements(files: readonly CorpusFile[]): Promise<{ refused: number; odd: string[] }> {
  assert.ok(!isMissing(refusals));
  const messages = await refusals(files.map(({ text }) => text));
  let refused = 0;
  const odd = files.flatMap(({ name, text }, i) => {
    // The program that asks BuildKit puts an x in for every variable.
    const message = messages[i]?.replace(/^.*\bvalue x for (?:uid|gid|mode)\b.*$/s, '') ?? '';
    const file = parseDockerfile(text);
    if (!frontendOf(file).isDocker) return [];
    const found = lint(text, breaking);
    if (message !== '') {
      refused++;
      const says = found.length > 0 || lint(text, perhaps).length > 0;
      return says ? [] : [`${name}: BuildKit: ${message}`];
    }
    // BuildKit reads what ONBUILD wraps when it is carried out.
    const now = found.filter(
      ({ instruction }) => file.instructions[instruction ?? -1]?.node.keyword !== 'ONBUILD',
    );
    return now.map(
      ({ code, span }) => `${name}: ${code} at ${JSON.stringify(text.slice(span.start, span.end))}`,
    );
  });
  return { refused, odd };
}

describe('what BuildKit refuses', { skip }, () => {
  it('is an error of ours in the cases of each validation', async () => {
    const files = [...cases].flatMap(([name, list]) => list.map((text) => ({ name, text })));
    const { refused, odd } = await disagreements(files);
    assert.deepEqual(odd, []);
    assert.ok(refused > 150);
  });

  for (const { name, files, skip } of corpora()) {
    it(`is an error of ours in ${name}`, { skip }, async (t) => {
      const { refused, odd } = await disagreements(files());
      t.diagnostic(`${refused} of ${files().length} refused`);
      assert.deepEqual(odd, []);
    });

    it(`is an error of ours in ${name} with random edits`, { skip }, async (t) => {
      const random = createRandom(11);
      const all = files();
      const times = all.length < 100 ? 40 : 1;
      const edited = all.flatMap((file) =>
        Array.from({ length: times }, (_, i) => ({
          name: `${file.name}, edit ${i}`,
          text: mutate(file.text, random),
        })),
      );
      const compared = edited.filter(({ text }) => !unread.some((pattern) => pattern.test(text)));
      const { refused, odd } = await disagreements(compared);
      t.diagnostic(`${refused} of ${compared.length} refused`);
      assert.deepEqual(odd, []);
      assert.ok(refused > 0.1 * compared.length && compared.length > 0.5 * edited.length);
    });
  }
});
