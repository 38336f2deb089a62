// ShellCheck through us and through hadolint: under the preset we find what it finds. It keeps one finding for each RUN,
// so more is right. WHEELHOUSE_TEST_HADOLINT and WHEELHOUSE_TEST_SHELLCHECK name the binaries.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { factOptions } from '../../server/src/facts/options.ts';
import { presetConfiguration } from '../../server/src/lint/presets.ts';
import { rules } from '../../server/src/rules/index.ts';
import { corpora } from '../corpus/files.ts';
import { askHadolint } from './hadolint.ts';
import { createShellcheckVerdicts } from './ours.ts';
import { totals } from './render-parity.ts';
import { measureShellcheck, shellcheckOf } from './shellcheck-parity.ts';

const hadolint = process.env.WHEELHOUSE_TEST_HADOLINT ?? '';
const shellcheck = process.env.WHEELHOUSE_TEST_SHELLCHECK ?? '';
const skip = (hadolint === '' || shellcheck === '') && 'no hadolint or no shellcheck';
const preset = presetConfiguration('hadolint', rules);
/** A SHELL without a folder: a difference without an option. */
const withoutOption = new Set(['conda.Dockerfile']);

describe('ShellCheck, as hadolint has it', { skip }, async () => {
  if (skip) return;
  const ours = await createShellcheckVerdicts(shellcheck);
  for (const { name, files, skip } of corpora()) {
    describe(name, { skip }, async () => {
      if (skip) return;
      const texts = files().filter((file) => !withoutOption.has(file.name));
      const said = await askHadolint(hadolint, texts);
      // The others take most of the time, and are in docs/parity.md.
      const concerned = texts.filter((file) => shellcheckOf(said.get(file.name)).size > 0);
      const parity = await measureShellcheck(concerned, said, ours);

      it('the preset finds 99 % of its findings', (context) => {
        const { both, onlyTheirs } = totals(parity.preset);
        context.diagnostic(`${both} of ${both + onlyTheirs}`);
        assert.ok(both > 0);
        const missing = [...parity.preset.values()].flatMap((row) => row.onlyTheirs);
        assert.ok(onlyTheirs <= 0.01 * (both + onlyTheirs), missing.join('\n'));
      });
      it('each one that the default lacks has an entry in docs/differences.md', () => {
        assert.deepEqual(parity.unexplained, []);
      });
    });
  }

  it('differs in the shell that it gives ShellCheck', async () => {
    const { example } = factOptions.shellcheckContext.hadolint;
    const said = await askHadolint(hadolint, [{ name: 'example', text: example }]);
    const theirs = shellcheckOf(said.get('example'));
    assert.equal(theirs.size, 1);
    assert.deepEqual(await ours(example, preset), theirs);
    assert.deepEqual(await ours(example, defaultConfiguration), new Set());
  });
});
