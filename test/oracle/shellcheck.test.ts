// ShellCheck through us and through hadolint: under the preset we find what it finds. It keeps one finding for each RUN,
// so more is right. WHEELHOUSE_TEST_HADOLINT and WHEELHOUSE_TEST_SHELLCHECK name the binaries.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { factOptions } from '../../server/src/facts/options.ts';
import { corpora } from '../corpus/files.ts';
import { askHadolint } from './hadolint.ts';
import { createShellcheckVerdicts } from './ours.ts';

const hadolint = process.env.WHEELHOUSE_TEST_HADOLINT ?? '';
const shellcheck = process.env.WHEELHOUSE_TEST_SHELLCHECK ?? '';
const skip = (hadolint === '' || shellcheck === '') && 'no hadolint or no shellcheck';

describe('ShellCheck, as hadolint has it', { skip }, () => {
  for (const { name, files, skip } of corpora()) {
    it(`is found in 99 % of the cases in ${name}`, { skip }, async () => {
      const ask = await createShellcheckVerdicts('hadolint', shellcheck);
      // Our reading of ignore comments is more lenient by design, and a shell without a folder is no finding.
      const texts = files().filter(
        (file) => !['suppressed.Dockerfile', 'conda.Dockerfile'].includes(file.name),
      );
      const said = await askHadolint(hadolint, texts);
      let both = 0;
      const missing: string[] = [];
      await Promise.all(
        texts.map(async (file) => {
          const theirs = [...(said.get(file.name) ?? [])].filter((entry) => / SC/.test(entry));
          if (theirs.length === 0) return;
          const ours = await ask(file.text);
          for (const entry of theirs) {
            if (ours.has(entry)) both++;
            else missing.push(`${file.name}:${entry}`);
          }
        }),
      );
      assert.ok(both > 0);
      assert.ok(missing.length <= 0.01 * (both + missing.length), missing.join('\n'));
    });
  }

  it('differs in the shell that it gives ShellCheck', async () => {
    const { example } = factOptions.shellcheckContext.hadolint;
    const said = await askHadolint(hadolint, [{ name: 'example', text: example }]);
    const theirs = [...(said.get('example') ?? [])].filter((entry) => / SC/.test(entry));
    const [preset, plain] = await Promise.all(
      (['hadolint', undefined] as const).map((which) => createShellcheckVerdicts(which, shellcheck)),
    );
    assert.deepEqual([...((await preset?.(example)) ?? [])], theirs);
    assert.deepEqual([...((await plain?.(example)) ?? [])], []);
    assert.equal(theirs.length, 1);
  });
});
