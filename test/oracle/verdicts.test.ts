// What BuildKit cannot make the steps of a build of, an error of ours says, and nothing else: over texts of a grammar whose
// values are right, nearly right and wrong. WHEELHOUSE_VERDICTS says how many (5,000), WHEELHOUSE_SEED from where on, and
// WHEELHOUSE_BUILDS of how many a real builder is asked as well (120, three a second or so).
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rules } from '../../server/src/rules/index.ts';
import { parseDockerfile } from '../../server/src/syntax/parse.ts';
import { readParts } from '../parts/environment.ts';
import { describeMissing, isMissing } from '../parts/progress.ts';
import { createTestLinter } from '../server/linter.ts';
import { createRandom } from '../server/texts.ts';
import { askBuildkit } from './buildkit.ts';
import { readingDifferences, verdictDifferences } from './verdict-differences.ts';
import { createDice, makeDockerfile } from './verdict-grammar.ts';
import { ensureVerdicts } from './verdicts.ts';

const count = Number(process.env.WHEELHOUSE_VERDICTS ?? 5000);
const builds = Number(process.env.WHEELHOUSE_BUILDS ?? 120);
const seed = Number(process.env.WHEELHOUSE_SEED ?? 1);

/** Errors of other families that say that the build ends. */
const others = new Set(['DL3061', 'DL3043', 'DL3011', 'DL3023', 'circular-stage-deps', 'unknown-stopsignal']);
const breaking = rules.filter(
  ({ code, family, severity }) => (family === 'syntax' && severity === 'error') || others.has(code),
);

const lint = await createTestLinter();
const verdicts = await ensureVerdicts();
const skip = isMissing(verdicts) && describeMissing(verdicts);

const { engine } = readParts();
const builder = engine?.builder ? { name: engine.builder, config: engine.config } : undefined;

function make(length: number): string[] {
  const dice = createDice(createRandom(seed));
  return Array.from({ length }, () => makeDockerfile(dice));
}

/** What our errors say of a text that BuildKit takes: what ONBUILD wraps is read when it is carried out. */
function errorsOf(text: string): string[] {
  const { instructions } = parseDockerfile(text);
  return lint(text, breaking)
    .filter(({ instruction }) => instructions[instruction ?? -1]?.node.keyword !== 'ONBUILD')
    .map(({ code, message }) => `${code}: ${message}`);
}

describe('what BuildKit makes no steps of', { skip }, () => {
  it(`is an error of ours in ${count} texts of a grammar, seed ${seed}`, async (t) => {
    assert.ok(!isMissing(verdicts));
    const texts = make(count);
    const messages = await verdicts(texts);
    const all = [...verdictDifferences, ...readingDifferences];
    const explained = new Map(all.map(({ id }) => [id, 0]));
    const odd = texts.flatMap((text, i) => {
      const message = messages[i] ?? '';
      const says = message === '' ? errorsOf(text) : lint(text, breaking).map(({ code }) => code);
      if ((message === '') === (says.length === 0)) return [];
      const entry = all.find(({ explains }) => explains(text, message));
      if (entry) explained.set(entry.id, (explained.get(entry.id) ?? 0) + 1);
      return entry ? [] : [`${JSON.stringify(text)}: BuildKit: ${message || 'takes it'}; ours: ${says}`];
    });
    const refused = messages.filter((message) => message !== '').length;
    t.diagnostic(`${refused} of ${count} refused`);
    for (const [id, times] of explained) t.diagnostic(`${id}: ${times}`);
    assert.deepEqual(odd, []);
    assert.ok(refused > 0.2 * count && refused < 0.9 * count);
  });
});

describe('the verdict of the frontend', { skip: skip || (!builder && 'no builder') }, () => {
  it(`is that of a real builder in ${builds} of these texts`, async () => {
    assert.ok(!isMissing(verdicts) && builder);
    const texts = make(builds);
    const messages = await verdicts(texts);
    const answers = await askBuildkit(
      builder,
      texts.map((text, index) => ({ name: String(index), text })),
    );
    const odd = texts.flatMap((text, index) => {
      const { error } = answers.get(String(index)) ?? {};
      const isSame = (error === undefined) === (messages[index] === '');
      return isSame ? [] : [`${JSON.stringify(text)}: ${messages[index]} / ${error}`];
    });
    assert.deepEqual(odd, []);
  });
});
