// What `# check=…` at the top of a file changes in how it is judged; test/oracle/buildkit.test.ts compares with BuildKit.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readCheckOptions } from '../../server/src/config/check-directive.ts';
import { type Configuration, defaultConfiguration } from '../../server/src/config/configuration.ts';
import { presetConfiguration } from '../../server/src/lint/presets.ts';
import { rules } from '../../server/src/rules/index.ts';
import { createService } from '../../server/src/service.ts';
import { loadTestShellParser } from './linter.ts';

const service = createService({
  ports: { readFile: async () => undefined, log: (_level, message) => assert.fail(message) },
  parseShell: await loadTestShellParser(),
});
const description = 'InvalidDefinitionDescription';
const looked = [description, 'DL3003', 'DL3025'];
const flawed = '# compiles\nFROM debian:12 AS build\nRUN cd /x\nCMD python app.py\n';
const judge = (directive: string, configuration: Configuration = defaultConfiguration) =>
  Object.fromEntries(
    service
      .lint(`${directive}\n${flawed}`, configuration)
      .filter(({ code }) => looked.includes(code))
      .map(({ code, severity }) => [code, severity]),
  );

describe('the check directive', () => {
  it('turns an experimental check on, by its name or with all of them', () => {
    assert.equal(judge('# plain')[description], undefined);
    assert.equal(judge(`# check=experimental=${description}`)[description], 'style');
    assert.equal(judge('# check=experimental=all')[description], 'style');
    assert.equal(judge('# check=experimental=Other')[description], undefined);
  });
  it('makes errors of what BuildKit checks, and of nothing else', () => {
    assert.deepEqual(judge('# plain'), { DL3003: 'warning', DL3025: 'warning' });
    assert.deepEqual(judge('# check=error=true'), { DL3003: 'warning', DL3025: 'error' });
    assert.deepEqual(judge('# check=experimental=all;error=true'), {
      [description]: 'error',
      DL3003: 'warning',
      DL3025: 'error',
    });
  });
  it('gives way to what is configured for a rule', () => {
    const levels = new Map([
      [description, 'off'],
      ['JSONArgsRecommended', 'info'],
    ] as const);
    const found = judge('# check=experimental=all;error=true', { ...defaultConfiguration, levels });
    assert.deepEqual(found, { DL3003: 'warning', DL3025: 'info' });
  });
  it('changes nothing under the preset, as hadolint does not read it', () => {
    const preset = presetConfiguration('hadolint', rules);
    assert.deepEqual(judge('# check=experimental=all;error=true', preset), judge('# plain', preset));
  });
  it('counts at the top of a file only', () => {
    assert.deepEqual(judge('# plain\n# check=experimental=all;error=true'), judge('# plain'));
  });
});

it('options of a check are read one by one', () => {
  assert.deepEqual(readCheckOptions('skip=A,b;experimental=all;error=TRUE a reason'), {
    skip: ['a', 'b'],
    experimental: ['all'],
    error: true,
  });
  const nothing = { skip: [], experimental: [], error: false };
  for (const value of ['', 'skip=', 'error=yes', 'other=A', 'all']) {
    assert.deepEqual(readCheckOptions(value), nothing, value);
  }
});
