// The presets: what is said where none is chosen, what is stronger than a preset, and from which level on a run fails.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type Configuration,
  defaultConfiguration,
  mergeConfigurations,
  type Preset,
  recommendedLevel,
  severityOf,
} from '../../server/src/config/configuration.ts';
import { readHadolintYaml } from '../../server/src/config/hadolint-yaml.ts';
import { readSettings } from '../../server/src/config/read-settings.ts';
import { presetConfiguration } from '../../server/src/lint/presets.ts';
import type { Rule } from '../../server/src/lint/rule.ts';
import { rules } from '../../server/src/rules/index.ts';
import { createService } from '../../server/src/service.ts';
import { createCommandLine } from './cli-run.ts';
import { loadTestShellParser } from './linter.ts';

const { run, write } = await createCommandLine();
const rule = (code: string) => rules.find((one) => one.code === code) as Rule;
const under = (preset: Preset, yaml = '') =>
  mergeConfigurations(presetConfiguration(preset, rules), readHadolintYaml(yaml).configuration);
const levels = (codes: readonly string[], configuration: Configuration) =>
  codes.map((code) => severityOf(configuration, rule(code)));

describe('recommended', () => {
  const pins = ['DL3008', 'DL3018', 'DL3033', 'DL3037', 'DL3041'];

  it('leaves out the pins of system packages, which one name brings back', () => {
    const off = pins.map(() => 'off');
    assert.deepEqual(levels(pins, under('recommended')), off);
    assert.deepEqual(
      levels(pins, under('recommended', 'override: {info: [system-package-pins]}')),
      pins.map(() => 'info'),
    );
    assert.deepEqual(
      levels(pins, under('recommended', 'ignored: [DL3018]\noverride: {info: [system-package-pins]}')),
      ['info', 'off', 'info', 'info', 'info'],
    );
  });

  it('makes no errors of what builds, and hints of taste', () => {
    for (const code of ['DL4000', 'DL3020', 'DL3003', 'DL3059', 'FromAsCasing', 'LegacyKeyValueFormat'])
      assert.equal(recommendedLevel(rule(code)), 'hint', code);
    for (const { code, severity, recommended, offByDefault } of rules) {
      if (offByDefault || recommended) continue;
      assert.equal(recommendedLevel(rule(code)), severity === 'style' ? 'hint' : severity, code);
    }
  });

  it('says of each level that differs what it rests on', () => {
    for (const { code, recommended, severity } of rules) {
      if (!recommended) continue;
      assert.notEqual(recommended.level, severity, code);
      assert.match(recommended.because, /^[A-Z0-9`].*\.$/, code);
    }
  });

  it('is quiet about an ARG in FROM that has no default, and only there', async () => {
    const service = createService({
      ports: { readFile: async () => undefined, log: () => {} },
      parseShell: await loadTestShellParser(),
    });
    const found = (text: string, preset: Preset) =>
      service
        .lint(text, under(preset))
        .map(({ code }) => code)
        .includes('InvalidDefaultArgInFrom');
    assert.equal(found('ARG BASE\nFROM $BASE\n', 'recommended'), false);
    assert.equal(found('ARG BASE\nFROM $BASE\n', 'strict'), true);
    assert.equal(found('ARG TAG=\nFROM python:$TAG\n', 'recommended'), true);
  });
});

describe('what is configured', () => {
  it('goes before the preset, whichever it is', () => {
    for (const preset of ['recommended', 'strict', 'hadolint'] as const) {
      const own = under(preset, 'override: {error: [DL3008], hint: [DL3042]}\nignored: [DL3006]');
      assert.deepEqual(levels(['DL3008', 'DL3042', 'DL3006'], own), ['error', 'hint', 'off'], preset);
    }
  });

  it('chooses the preset in settings and files, and recommended is used where nothing does', async () => {
    const service = createService({
      ports: {
        readFile: async (uri) => (uri.endsWith('/strict/.hadolint.yaml') ? 'preset: strict' : undefined),
        log: () => {},
      },
      parseShell: await loadTestShellParser(),
    });
    const presetOf = async (uri: string, settings: object) =>
      (await service.configurationFor(uri, readSettings(settings))).preset;
    assert.equal(await presetOf('file:///a/Dockerfile', {}), 'recommended');
    assert.equal(await presetOf('file:///a/Dockerfile', { lint: { preset: '' } }), 'recommended');
    assert.equal(await presetOf('file:///strict/Dockerfile', { lint: { preset: '' } }), 'strict');
    assert.equal(await presetOf('file:///strict/Dockerfile', { lint: { preset: 'hadolint' } }), 'hadolint');
    assert.equal(defaultConfiguration.preset, undefined);
  });

  it('is stronger than the directive of the file, and that than recommended', async () => {
    const service = createService({
      ports: { readFile: async () => undefined, log: () => {} },
      parseShell: await loadTestShellParser(),
    });
    const level = (directive: string, yaml = '') =>
      service
        .lint(`# check=${directive}\nFROM debian:12\nENV a b\n`, under('recommended', yaml))
        .find(({ code }) => code === 'LegacyKeyValueFormat')?.severity;
    assert.equal(level('skip=StageNameCasing'), 'hint');
    assert.equal(level('experimental=all'), 'hint');
    assert.equal(level('error=true'), 'error', 'then the build fails');
    assert.equal(level('error=true', 'override: {info: [LegacyKeyValueFormat]}'), 'info');
  });
});

describe('the command line', () => {
  const text =
    'FROM python:3.12\nMAINTAINER Ada\nRUN apt-get update && apt-get install -y git\nCOPY a .\nCOPY b .\n';
  const name = write('Dockerfile', text);
  const codes = async (...args: string[]) =>
    JSON.parse((await run(['lint', '-f', 'json', ...args, name])).out).map(
      ({ code, level }: { code: string; level: string }) => `${code} ${level}`,
    );

  it('shows hints to those who ask for them', async () => {
    assert.deepEqual(await codes(), ['final-stage-root info']);
    assert.deepEqual(await codes('--hints'), [
      'final-stage-root info',
      'DL4000 hint',
      'DL3009 hint',
      'DL3015 hint',
      'DL3045 hint',
    ]);
    assert.ok((await codes('--preset', 'strict')).includes('DL3008 warning'));
    assert.deepEqual(await codes('--hint', 'final-stage-root'), []);
    assert.deepEqual(await codes('--failure-threshold', 'hint'), await codes('--hints'));
  });

  it('fails from warning on, and under hadolint from info on', async () => {
    const info = write('info.Dockerfile', 'FROM python:3.12\nRUN wget https://example.org/a\nUSER 1\n');
    const codeOf = async (...args: string[]) => (await run(['lint', ...args])).code;
    assert.equal(await codeOf(name), 0, 'info alone');
    assert.equal(await codeOf('-t', 'info', name), 1);
    assert.equal(await codeOf('-t', 'hint', info), 1);
    assert.equal(await codeOf('--preset', 'strict', info), 0);
    assert.equal(await codeOf('--preset', 'hadolint', info), 1);
    assert.equal(await codeOf('--preset', 'hadolint', '-t', 'warning', info), 0);
    const warning = write('warning.Dockerfile', 'FROM python\nUSER 1\n');
    assert.equal(await codeOf(warning), 1);
    write('loud/.hadolint.yaml', 'failure-threshold: info\n');
    assert.equal(await codeOf(write('loud/Dockerfile', text)), 1);
  });

  it('names the lines of what is reported once', async () => {
    const { out } = await run(['lint', '--preset', 'strict', name]);
    assert.match(out, /^Dockerfile:4:8 DL3045 warning: [^\n]+\. Also in line 5\.$/m);
    const report = JSON.parse((await run(['lint', '--preset', 'strict', '-f', 'json', name])).out);
    const { also } = report.find(({ code }: { code: string }) => code === 'DL3045');
    assert.deepEqual(also, [{ line: 5, column: 8, endLine: 5, endColumn: 9 }]);
    const sarif = JSON.parse((await run(['lint', '--preset', 'strict', '-f', 'sarif', name])).out);
    const related = sarif.runs[0].results.flatMap(
      ({ relatedLocations = [] }: { relatedLocations?: { physicalLocation: { region: object } }[] }) =>
        relatedLocations.map(({ physicalLocation }) => physicalLocation.region),
    );
    assert.deepEqual(related, [
      { endColumn: 9, endLine: 5, sourceLanguage: 'dockerfile', startColumn: 8, startLine: 5 },
    ]);
  });
});

describe('keys of .hadolint.yaml that mean nothing', () => {
  const problems = (yaml: string) => readHadolintYaml(yaml).problems.map(({ message }) => message);

  it('are named with the key that was meant', () => {
    for (const [key, meant] of [
      ['ignore', 'ignored'],
      ['Ignored', 'ignored'],
      ['ignored-rules', 'ignored'],
      ['exclude', 'ignored'],
      ['trusted-registries', 'trustedRegistries'],
      ['failure_threshold', 'failure-threshold'],
      ['overrides', 'override'],
    ]) {
      const [message, ...others] = problems(`${key}: [DL3008]\n`);
      assert.match(message ?? '', new RegExp(`^\`${key}\` .* Did you mean \`${meant}\`\\?$`));
      assert.deepEqual(others, []);
    }
    assert.match(problems('colour: red\n')[0] ?? '', /^`colour` .* Correct or remove it\.$/);
  });

  it('are one problem where they are many', () => {
    const many = Array.from({ length: 40 }, (_, i) => `key${i}: 1\n`).join('');
    assert.deepEqual(problems(`${many}ignore: [DL3008]\n`), [
      '`key0`, `key1`, `key2` and 38 more are not keys of this file, so they have no effect. Did you mean `ignored` for `ignore`?',
    ]);
  });
});
