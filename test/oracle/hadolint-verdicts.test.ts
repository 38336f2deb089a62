// Whether the preset passes and fails the files that hadolint passes and fails: small texts of the grammar of
// verdicts.test.ts. WHEELHOUSE_VERDICTS says how many (1,500), WHEELHOUSE_SEED from where on.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRandom } from '../server/texts.ts';
import { askHadolint } from './hadolint.ts';
import { createOurVerdicts } from './ours.ts';
import { createDice, makeDockerfile } from './verdict-grammar.ts';

const binary = process.env.WHEELHOUSE_TEST_HADOLINT ?? '';
const count = Number(process.env.WHEELHOUSE_VERDICTS ?? 1500);
const seed = Number(process.env.WHEELHOUSE_SEED ?? 1);

/** Texts about which nothing is compared. */
const leftOut: readonly (readonly [reason: string, pattern: RegExp])[] = [
  ['hadolint ends with an exception at a folder of one character', /^WORKDIR\s+(?:\S|["'].?["']?)\s*$/m],
  ['hadolint ends with an exception at an empty path', /^(?:COPY|ADD) .*(?:\[ *\]|""|'')/m],
  ['another sign than a backslash continues a line', /^# escape=[^\\`\n]/],
  ['an instruction goes on behind an empty line', /\\[ \t]*\n[ \t]*\n/],
  ['a backslash is the last sign of the file', /\\$/],
  ['hadolint knows a heredoc by its place only', /^COPY --\w+=\w* <</m],
];

describe('the verdict of hadolint', { skip: binary === '' && 'no hadolint' }, () => {
  it(`is that of the preset in ${count} texts of a grammar, seed ${seed}`, async (t) => {
    const dice = createDice(createRandom(seed));
    const texts = new Set(Array.from({ length: count }, () => makeDockerfile(dice)));
    const files = [...texts]
      .filter((text) => !leftOut.some(([, pattern]) => pattern.test(text)))
      .map((text, index) => ({ name: String(index), text }));
    const said = await askHadolint(binary, files);
    const ours = await createOurVerdicts('hadolint');
    const refused = files.filter(({ name }) => said.get(name) === undefined).length;
    t.diagnostic(`${refused} of ${files.length} refused`);
    const odd = files.filter(({ name, text }) => (said.get(name) === undefined) !== ours(text).has('DL1000'));
    assert.deepEqual(
      odd.map(
        ({ name, text }) => `${said.get(name) ? 'ours' : 'hadolint'} alone refuses ${JSON.stringify(text)}`,
      ),
      [],
    );
    assert.ok(files.length > 0.85 * texts.size && refused > 0.3 * files.length);
  });
});
