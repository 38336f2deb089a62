import assert from 'node:assert/strict';
import { it } from 'node:test';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { createService } from '../../server/src/service.ts';
import { loadTestShellParser } from './linter.ts';

it('fix-all leaves ignore comments of other linters alone', async () => {
  const service = createService({
    ports: { readFile: async () => undefined, log: (_level, message) => assert.fail(message) },
    parseShell: await loadTestShellParser(),
  });
  const fix = (comment: string) =>
    service.fixAll(`FROM debian:12\n# ${comment}\nRUN ls\n`, defaultConfiguration);
  for (const comment of [
    'hadolint ignore=DL3042',
    'check=skip=StageNameCasing',
    'tally ignore=hadolint/DL3042',
  ])
    assert.ok(fix(comment).includes(comment), comment);
  assert.equal(fix('wheelhouse ignore=DL3042'), 'FROM debian:12\nRUN ls\n');
});
