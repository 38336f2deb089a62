// The real BuildKit as oracle: our findings of its 22 checks are its findings, save for the differences that are named.
// It needs a builder that knows `--call=check` and an open registry (WHEELHOUSE_TEST_BUILDER, …_REGISTRY).
import assert from 'node:assert/strict';
import { before, describe, it, type TestContext } from 'node:test';
import { rules } from '../../server/src/rules/index.ts';
import { createService } from '../../server/src/service.ts';
import { type CorpusFile, corpora } from '../corpus/files.ts';
import { readParts } from '../parts/environment.ts';
import { loadTestShellParser } from '../server/linter.ts';
import { type Answer, askBuildkit, prepare } from './buildkit.ts';
import { cases, pushed, pushImage } from './buildkit-cases.ts';
import { buildkitDifferences } from './buildkit-differences.ts';
import { type BuildkitParity, createOurChecks, measureBuildkit, theirChecks } from './buildkit-parity.ts';

const { engine, registry = '' } = readParts();
const builder = engine?.builder ? { name: engine.builder, config: engine.config } : undefined;
const ours = await createOurChecks();
const isCheck = (alias: string) => alias.startsWith('buildkit/');

// A suite that is skipped is not counted; this is.
it('BuildKit can be asked', { skip: !builder && 'no builder' }, () => assert.notEqual(registry, ''));

describe('BuildKit', { skip: !builder && 'no builder' }, () => {
  const ask = async (files: Parameters<typeof askBuildkit>[1]) =>
    builder ? await askBuildkit(builder, files) : new Map<string, Answer>();
  const askOne = async (text: string) => (await ask([{ name: 'one', text }])).get('one') as Answer;
  const measure = async (files: readonly CorpusFile[]) => measureBuildkit(files, await ask(files), ours);

  for (const { name, files, skip } of corpora()) {
    it(`finds what we find in ${name}`, { skip }, async (test) => {
      const some = everyNth(files(), 600);
      const parity = await measure(some.map(prepare));
      tell(test, parity);
      assert.deepEqual(parity.unexplained, []);
      assert.deepEqual(parity.refused.get('it asks a registry'), undefined);
      assert.ok(parity.checked >= Math.min(300, some.length / 2), `only ${parity.checked} were checked`);
    });
  }

  it('finds what we find in the examples of the rules', async (test) => {
    const examples = rules
      .filter(({ aliases }) => aliases.some(isCheck))
      .flatMap(({ code, examples }) =>
        [...examples.good, ...examples.bad]
          .filter(({ options }) => !options)
          .map((example, index) => ({ name: `${code} ${index}`, text: example.code.replace(/[⟦⟧]/g, '') })),
      );
    const parity = await measure(examples.map(prepare));
    tell(test, parity);
    assert.deepEqual(parity.unexplained, []);
    assert.ok(parity.checked > 100);
  });

  it('differs from us in each example of a difference, for the reason that is given', async () => {
    const files = buildkitDifferences.map(({ id, example }) => ({ name: id, text: example }));
    const answers = await ask(files);
    for (const file of files) {
      const { explained, unexplained } = measureBuildkit([file], answers, ours);
      assert.deepEqual(unexplained, [], file.name);
      assert.deepEqual(
        [...explained].filter(([, count]) => count > 0).map(([id]) => id),
        [file.name],
      );
    }
  });

  describe('in a case of each of its checks', () => {
    before(() => pushImage(registry));

    it('which are 22', () => assert.equal(new Set(cases.map(({ check }) => check)).size, 22));
    for (const [index, { check, text, context }] of cases.entries()) {
      it(`finds ${check} alone, as we do (${index})`, async () => {
        const here = text.replace('REGISTRY', registry);
        const pulled = [`${registry}/${pushed.repository}:${pushed.tag}`];
        const answer = (await ask([{ name: check, text: here, context, pulled }])).get(check) as Answer;
        assert.deepEqual(new Set(answer.warnings.map((warning) => warning.check)), new Set([check]));
        assert.deepEqual(ours(here, undefined, context), theirChecks(here, answer));
      });
    }
  });

  describe('obeys the check directive', async () => {
    const flawed = '# compiles\nFROM scratch AS build\nCMD python app.py\n';
    const log = () => {};
    const service = createService({
      ports: { readFile: async () => undefined, log },
      parseShell: await loadTestShellParser(),
    });
    const { defaultConfiguration } = await import('../../server/src/config/configuration.ts');
    for (const directive of [
      'check=skip=JSONArgsRecommended',
      'check=skip=all',
      'check=experimental=InvalidDefinitionDescription',
      'check=experimental=all',
      'check=experimental=ConsistentInstructionCasing',
      'check=skip=JSONArgsRecommended;experimental=InvalidDefinitionDescription',
      'check=error=true',
      'check=error=1',
      'check=error=false',
      'check=error=true;skip=JSONArgsRecommended',
      'check=skip=JSONArgsRecommended;experimental=all;error=true a reason',
    ]) {
      it(`# ${directive}`, async () => {
        const text = `# ${directive}\n${flawed}`;
        const answer = await askOne(text);
        assert.deepEqual(ours(text), theirChecks(text, answer));
        const checks = service
          .lint(text, defaultConfiguration)
          .filter(({ aliases }) => aliases.some(isCheck));
        const breaks = checks.some(({ severity }) => severity === 'error');
        assert.equal(breaks, answer.error?.startsWith('lint violation found') ?? false);
      });
    }
  });
});

/** At most `most` files, from all over the corpus. */
function everyNth(files: readonly CorpusFile[], most: number): readonly CorpusFile[] {
  const step = Math.max(1, files.length / most);
  return files.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

function tell(test: TestContext, { checked, early, refused, checks, explained }: BuildkitParity): void {
  test.diagnostic(`${checked} files checked, ${early} more up to their images`);
  for (const [reason, names] of refused) test.diagnostic(`${names.length} not checked: ${reason}`);
  for (const [check, row] of checks)
    test.diagnostic(
      `${check}: both ${row.both}, BuildKit ${row.onlyTheirs.length}, we ${row.onlyOurs.length}`,
    );
  for (const [id, count] of explained) if (count > 0) test.diagnostic(`${id}: ${count}`);
}
