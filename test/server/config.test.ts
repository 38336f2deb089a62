// Where configuration comes from and which source wins. Files are read through stand-in ports, from a table in memory;
// protocol.test.ts and cli.test.ts read them from a real disk.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type Configuration,
  defaultConfiguration,
  mergeConfigurations,
  optionsOf,
  severityOf,
} from '../../server/src/config/configuration.ts';
import { hadolintYamlCandidates } from '../../server/src/config/find-configuration.ts';
import { readHadolintYaml } from '../../server/src/config/hadolint-yaml.ts';
import { readSettings } from '../../server/src/config/read-settings.ts';
import { configurationOf } from '../../server/src/config/settings.ts';
import type { Rule } from '../../server/src/lint/rule.ts';
import unknownHealthcheckType from '../../server/src/rules/syntax/unknown-healthcheck-type.ts';
import { wordRule } from './toy-rules.ts';
import { createToyService } from './toy-service.ts';

const rule = wordRule('DL9001', 'a', undefined, {
  name: 'first-word',
  aliases: ['buildkit/FirstWord'],
  options: {
    names: { default: ['x'], description: 'Names.' },
    strict: { default: false, description: 'Strict.' },
    limit: { default: 3, description: 'A number.' },
  } as never,
});
const levelIn = (configuration: Configuration, of: Rule = rule) => severityOf(configuration, of);
const yaml = (text: string) => readHadolintYaml(text);
const settings = (rules: unknown) => configurationOf(readSettings({ rules }));

describe('.hadolint.yaml', () => {
  it('is read with the keys that hadolint documents', () => {
    const { configuration, problems } = yaml(`
ignored: [DL1, DL2]
override:
  error: [DL3]
  style: [DL4]
trustedRegistries: [docker.io, "*.example.org"]
label-schema: { version: semver }
strict-labels: true
disable-ignore-pragma: true
failure-threshold: info
`);
    assert.deepEqual(problems, []);
    assert.deepEqual(Object.fromEntries(configuration.levels), {
      DL1: 'off',
      DL2: 'off',
      DL3: 'error',
      DL4: 'style',
    });
    assert.deepEqual(configuration.options.get('DL3026'), {
      trustedRegistries: ['docker.io', '*.example.org'],
    });
    assert.deepEqual(configuration.options.get('DL3050'), { labels: ['version:semver'], strict: true });
    assert.deepEqual(configuration.options.get('DL3056'), { labels: ['version:semver'] });
    assert.equal(configuration.ignoreCommentsDisabled, true);
  });

  it('keeps the other keys when one is wrong, and says which', () => {
    const { configuration, problems } = yaml(
      'ignored: 3\noverride:\n  error: [DL3]\ndisable-ignore-pragma: "yes"\n',
    );
    assert.equal(configuration.levels.get('DL3'), 'error');
    assert.equal(configuration.ignoreCommentsDisabled, false);
    assert.deepEqual(problems.map(({ message }) => /^`([\w-]+)`/.exec(message)?.[1]).sort(), [
      'disable-ignore-pragma',
      'ignored',
    ]);
  });

  it('has each problem at its place', () => {
    const places = (text: string) => yaml(text).problems.map(({ start, end }) => text.slice(start, end));
    assert.deepEqual(places('no-fail: maybe\noverride:\n  error: [DL1, {}]\n'), ['{}', 'maybe']);
    assert.deepEqual(places('ignore: [DL1]\nignored: [DL2]\n'), ['ignore']);
    assert.match(yaml('ignore: [DL1]').problems[0]?.message ?? '', /Did you mean `ignored`/);
    assert.equal(yaml('ignore: [DL1]\nignored: [DL2]\n').configuration.levels.get('DL2'), 'off');
    assert.ok((yaml('\n\nignored: [DL1').problems[0]?.start ?? 0) > 2);
  });

  it('of a wrong kind has no effect and one problem', () => {
    for (const text of ['ignored: [DL1', '- DL1', 'just words', '"', '\t- x: [']) {
      const { configuration, problems } = yaml(text);
      assert.equal(configuration.levels.size, 0, text);
      assert.equal(problems.length, 1, text);
    }
    for (const text of ['', '# nothing', 'ignored:\n']) assert.deepEqual(yaml(text).problems, [], text);
  });

  it('lets the strongest override win, and ignored over all', () => {
    const text =
      'override:\n  error: [DL1]\n  warning: [DL1, DL2]\n  info: [DL1, DL2, DL3]\n  style: [DL1]\nignored: [DL3]';
    assert.deepEqual(Object.fromEntries(yaml(text).configuration.levels), {
      DL1: 'error',
      DL2: 'warning',
      DL3: 'off',
    });
  });

  it('takes one trusted registry without a list', () => {
    const { options } = yaml('trustedRegistries: docker.io').configuration;
    assert.deepEqual(options.get('DL3026'), { trustedRegistries: ['docker.io'] });
  });
});

describe('the search for .hadolint.yaml', () => {
  it('goes from the folder of the Dockerfile upward, .yaml before .yml', () => {
    assert.deepEqual(hadolintYamlCandidates('file:///home/me/Dockerfile'), [
      'file:///home/me/.hadolint.yaml',
      'file:///home/me/.hadolint.yml',
      'file:///home/.hadolint.yaml',
      'file:///home/.hadolint.yml',
      'file:///.hadolint.yaml',
      'file:///.hadolint.yml',
    ]);
    assert.equal(
      hadolintYamlCandidates('vscode-vfs://github/a/b/Dockerfile')[0],
      'vscode-vfs://github/a/b/.hadolint.yaml',
    );
    assert.deepEqual(hadolintYamlCandidates('untitled:Untitled-1'), []);
  });

  it('takes the nearest file, whole, and reads each once until told to forget', async () => {
    const files: Record<string, string> = {
      'file:///p/.hadolint.yaml': 'ignored: [DL1]',
      'file:///p/svc/.hadolint.yml': 'ignored: [DL2]',
    };
    const { service, reads } = createToyService([rule], files);
    const none = readSettings(undefined);
    const levels = async (uri: string) => [...(await service.configurationFor(uri, none)).levels.keys()];
    assert.deepEqual(await levels('file:///p/svc/Dockerfile'), ['DL2']);
    assert.deepEqual(await levels('file:///p/other/Dockerfile'), ['DL1']);
    const before = reads.length;
    assert.deepEqual(await levels('file:///p/svc/Dockerfile.gpu'), ['DL2']);
    assert.equal(reads.length, before, 'nothing is read twice');
    files['file:///p/svc/.hadolint.yaml'] = 'ignored: [DL3]';
    assert.deepEqual(await levels('file:///p/svc/Dockerfile'), ['DL2'], 'not looked at again');
    service.forgetFiles();
    assert.deepEqual(await levels('file:///p/svc/Dockerfile'), ['DL3']);
    assert.deepEqual(await levels('untitled:x'), []);
  });

  it('logs what it cannot read and goes on with the rest', async () => {
    const { service, log } = createToyService([rule], {
      'file:///p/.hadolint.yaml': 'ignored: 1\noverride: {error: [DL9001]}',
    });
    const configuration = await service.configurationFor('file:///p/Dockerfile', readSettings(undefined));
    assert.equal(levelIn(configuration), 'error');
    assert.match(log.join('\n'), /^warn: file:\/\/\/p\/\.hadolint\.yaml: `ignored`/);
  });
});

describe('settings', () => {
  it('give levels and options, by any id', () => {
    assert.equal(levelIn(settings({ DL9001: 'off' })), 'off');
    assert.equal(levelIn(settings({ 'first-word': 'error' })), 'error');
    assert.equal(levelIn(settings({ 'buildkit/FirstWord': { severity: 'info', names: ['y'] } })), 'info');
    assert.equal(levelIn(settings({ FirstWord: 'style' })), 'style');
    assert.equal(levelIn(settings({ DL9001: 'default' })), 'warning');
    assert.deepEqual(optionsOf(settings({ 'first-word': { names: ['y'], limit: 5 } }), rule), {
      names: ['y'],
      strict: false,
      limit: 5,
    });
  });

  it('of a wrong type count as not set', () => {
    const wrong = { names: 'y', strict: 1, limit: '5', other: true };
    assert.deepEqual(optionsOf(settings({ DL9001: wrong }), rule), { names: ['x'], strict: false, limit: 3 });
    assert.equal(levelIn(settings({ DL9001: 'loud', DL2: 'off' })), 'warning');
    assert.equal(settings({ DL9001: 'loud', DL2: 'off' }).levels.get('DL2'), 'off');
    for (const value of [
      undefined,
      null,
      {},
      'x',
      3,
      [],
      { lint: 1 },
      { lint: { enable: 'no' }, rules: [] },
    ]) {
      const { shellcheck, ...rest } = readSettings(value);
      assert.deepEqual(rest, { lint: { enable: true }, rules: {} });
      assert.deepEqual(shellcheck, { enable: true, path: '' });
    }
    assert.equal(readSettings({ lint: { enable: false } }).lint.enable, false);
  });

  it('win over the file, whichever ids the two use', () => {
    const ids = ['DL9001', 'first-word', 'buildkit/FirstWord', 'FirstWord'];
    for (const inFile of ids) {
      for (const inSettings of ids) {
        const file = yaml(`override: {style: ["${inFile}"]}`).configuration;
        const both = mergeConfigurations(file, settings({ [inSettings]: { severity: 'error', limit: 9 } }));
        assert.equal(levelIn(both), 'error', `${inFile} in the file, ${inSettings} in the settings`);
      }
    }
    const twice = yaml('override: {style: [DL9001], info: [first-word]}').configuration;
    assert.equal(levelIn(mergeConfigurations(twice, settings({ DL9001: 'error' }))), 'error');
    const file: Configuration = { ...defaultConfiguration, options: new Map([['DL9001', { limit: 1 }]]) };
    const both = mergeConfigurations(file, settings({ 'first-word': { limit: 9 } }));
    assert.deepEqual(optionsOf(both, rule).limit, 9);
  });

  it('leave what the file says where they say nothing', () => {
    const both = mergeConfigurations(
      yaml('ignored: [DL9001]\ndisable-ignore-pragma: true').configuration,
      settings({ DL9001: 'default', DL2: 'error' }),
    );
    assert.deepEqual([levelIn(both), both.ignoreCommentsDisabled], ['off', true]);
  });

  it('set the severity of findings by any id of their rules, and turn rules off', async () => {
    const { service } = createToyService([rule, unknownHealthcheckType]);
    const text = 'FROM x\nRUN a\nHEALTHCHECK x';
    const found = async (rules: Record<string, string>) => {
      const configuration = await service.configurationFor('untitled:x', readSettings({ rules }));
      return service.lint(text, configuration).map(({ code, severity }) => `${code} ${severity}`);
    };
    assert.deepEqual(await found({}), ['DL9001 warning', 'unknown-healthcheck-type error']);
    assert.deepEqual(await found({ DL9001: 'info', UNKNOWN_TYPE: 'style' }), [
      'DL9001 info',
      'unknown-healthcheck-type style',
    ]);
    assert.deepEqual(await found({ FirstWord: 'off', DL1000: 'off' }), []);
  });
});
