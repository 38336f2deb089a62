// The real hadolint as oracle, over the project's own Dockerfiles and the public ones where they are: under the preset
// our findings are its findings; without it each disagreement has its entry in docs/differences.md.
// WHEELHOUSE_TEST_HADOLINT names the binary (2.15.1); without it the test is skipped.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import {
  type Configuration,
  defaultConfiguration,
  mergeConfigurations,
} from '../../server/src/config/configuration.ts';
import { presetConfiguration } from '../../server/src/lint/presets.ts';
import { rules } from '../../server/src/rules/index.ts';
import { listDifferences } from '../../server/tools/differences.ts';
import { corpora } from '../corpus/files.ts';
import { askHadolint } from './hadolint.ts';
import { createOurVerdicts } from './ours.ts';
import { measureParity } from './parity.ts';
import { totals } from './render-parity.ts';

const binary = process.env.WHEELHOUSE_TEST_HADOLINT ?? '';
const ours = await createOurVerdicts(undefined);
const preset = presetConfiguration('hadolint', rules);

describe('parity with hadolint', { skip: binary === '' && 'no hadolint' }, () => {
  for (const { name, files, skip } of corpora()) {
    describe(name, { skip }, async () => {
      const texts = skip ? [] : files();
      const parity = measureParity(texts, skip ? new Map() : await askHadolint(binary, texts), ours);

      it('the preset finds 99.5 % of its findings, and at most 0.5 % more', () => {
        const { both, onlyTheirs, onlyOurs } = totals(parity.preset);
        assert.ok(both > 0);
        const odd = [...parity.preset.values()].flatMap((row) => [...row.onlyTheirs, ...row.onlyOurs]);
        assert.ok(onlyTheirs <= 0.005 * (both + onlyTheirs), odd.join('\n'));
        assert.ok(onlyOurs <= 0.005 * (both + onlyTheirs), odd.join('\n'));
      });
      it('the preset refuses the files that it refuses, and no others', () => {
        const { onlyTheirs, onlyOurs } = parity.refused;
        assert.deepEqual({ onlyTheirs, onlyOurs }, { onlyTheirs: [], onlyOurs: [] });
      });
      it('each rule with 20 cases agrees in 98 % of them, both ways', () => {
        for (const [code, { both, onlyTheirs, onlyOurs }] of parity.preset) {
          const cases = both + onlyTheirs.length;
          if (cases < 20) continue;
          assert.ok(onlyTheirs.length <= 0.02 * cases, `${code} lacks ${onlyTheirs.join('\n')}`);
          assert.ok(onlyOurs.length <= 0.02 * cases, `${code} has beyond it ${onlyOurs.join('\n')}`);
        }
      });
      it('each disagreement of the default has an entry in docs/differences.md', () => {
        assert.deepEqual(parity.unexplained, []);
      });
    });
  }

  for (const { id, code, example, options = {} } of listDifferences(rules)) {
    // About ShellCheck alone, which shellcheck.test.ts looks at.
    if (id === 'facts.shellcheckContext') continue;
    it(`${id}: its example is judged differently, and the preset agrees with hadolint`, () => {
      const under = (base: Configuration) =>
        mergeConfigurations(base, { ...defaultConfiguration, options: new Map([[code ?? '', options]]) });
      const theirs = new Set(run(example, options));
      const mine = (found: ReadonlySet<string>) => [...found].filter((line) => !code || line.endsWith(code));
      const same = [...theirs].filter((line) => /DL\d/.test(line) && (!code || line.endsWith(code)));
      assert.deepEqual(mine(ours(example, under(preset))).sort(), same.sort());
      assert.notDeepEqual(mine(ours(example, under(defaultConfiguration))).sort(), same.sort());
    });
  }
});

/** What hadolint says of a text, with those of the rules' options that are options of its own as well. */
function run(
  text: string,
  { trustedRegistries = [], labels = [] }: Readonly<Record<string, unknown>>,
): string[] {
  const trusted = (trustedRegistries as readonly string[]).map(
    (registry) => `--trusted-registry=${registry}`,
  );
  const required = (labels as readonly string[]).map((label) => `--require-label=${label}`);
  const args = ['--no-fail', '-f', 'json', ...trusted, ...required, '-'];
  const out = execFileSync(binary, args, { input: text, encoding: 'utf8' });
  const found = JSON.parse(out) as { line: number; code: string }[];
  return found.map(({ line, code }) => `${line} ${code}`);
}
