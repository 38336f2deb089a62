// The label schema as the real hadolint 2.15 reads it: values of every type, and required labels over stages that build
// on each other. Judged under the preset.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { mergeConfigurations } from '../../server/src/config/configuration.ts';
import { readHadolintYaml } from '../../server/src/config/hadolint-yaml.ts';
import { presetConfiguration } from '../../server/src/lint/presets.ts';
import { rules } from '../../server/src/rules/index.ts';
import { createService } from '../../server/src/service.ts';
import { createLineIndex } from '../../server/src/text/line-index.ts';
import { readParts } from '../parts/environment.ts';
import { loadTestShellParser } from '../server/linter.ts';
import { createRandom } from '../server/texts.ts';

const { hadolint } = readParts();
const codes = /^DL(?:1001|3049|305[0-8])$/;

const values: Readonly<Record<string, readonly string[]>> = {
  url: [
    ...[
      'http://a',
      'http://a:80',
      'http://a:x',
      'http://a/%zz',
      'http://a/%20',
      'http://a@b',
      'http://',
      'http:///a',
    ],
    ...[
      'x',
      'x:',
      'x:y',
      'x:/',
      'x:?a',
      ':a',
      '1a:b',
      'h-t.p+1://a',
      'ht_tp://a',
      'urn:a:b',
      '//a/b',
      'HTTP://A',
    ],
    ...['http://a b', 'http://ü', 'http://a/ü', 'http://a/[', 'http://[::1]/', 'http://[::1', 'http://a?b#c'],
    ...[
      'http://a/#a#b',
      'http://a^b',
      'http://a/`',
      'http://a/<b>',
      'http://a|b',
      'http://a{b}',
      'mailto:x@y',
    ],
    ...['mailto:a b', 'https://example.org/a(b)', 'git+ssh://x', 'file:///x', ' http://a', 'http://a ', '$X'],
  ],
  rfc3339: [
    ...[
      '2021-03-10T10:26:33Z',
      '2021-03-10t10:26:33z',
      '2021-03-10T10:26:33.5641+01:00',
      '2021-03-10T10:26:33.Z',
    ],
    ...[
      '2021-03-10',
      '2021-03-10 10:26:33Z',
      '2021-03-10T10:26Z',
      '2021-03-10T10:26:33',
      '2021-3-10T10:26:33Z',
    ],
    ...['2021-13-10T10:26:33Z', '2021-02-30T10:26:33Z', '2020-02-29T00:00:00Z', '2021-02-29T00:00:00Z'],
    ...['2021-03-10T25:26:33Z', '2021-03-10T24:00:00Z', '2021-03-10T10:60:33Z', '2021-03-10T10:26:60Z'],
    ...[
      '2021-03-10T10:26:61Z',
      '2021-03-10T10:26:33+0100',
      '2021-03-10T10:26:33+01',
      '2021-03-10T10:26:33+24:00',
    ],
    ...['2021-03-10T10:26:33-00:00', ' 2021-03-10T10:26:33Z', '2021-03-10T10:26:33Z ', '21-03-10T10:26:33Z'],
    ...['02021-03-10T10:26:33Z', '-2021-03-10T10:26:33Z', '2021-03-10T10:26:33UTC', '$X'],
  ],
  hash: [
    ...['abcdef0', 'ABCDEF0', 'abcdef', 'abcdef01', '$X', ' abcdef0'],
    ...['0123456789012345678901234567890123456789', '012345678901234567890123456789012345678g'],
  ],
  semver: [
    ...[
      '1.0.0',
      'v1.0.0',
      '1.0',
      '1',
      '1.0.0.0',
      '1.0.x',
      '-1.0.0',
      '01.0.0',
      '1.00.0',
      ' 1.0.0',
      '1.0.0 ',
      '$X',
    ],
    ...[
      '1.0.0-rc.1',
      '1.0.0-',
      '1.0.0-01',
      '1.0.0-0a',
      '1.0.0-a..b',
      '1.0.0+build',
      '1.0.0-rc.1+b.2',
      '1.0.0+01',
    ],
    ...['1.0.0+', '1.0.0-+b', '1.0.0-a+', '1.0.0-a_b', '99999999999999999999.0.0'],
  ],
  spdx: [
    ...['MIT', 'mit', 'MIT ', ' MIT', 'Apache-2.0', 'apache-2.0', 'Apache 2.0', 'MIT OR Apache-2.0', '(MIT)'],
    ...[
      'GPL-2.0',
      'GPL-2.0+',
      'GPL-2.0-only',
      'GPL-2.0-or-later',
      'LicenseRef-x',
      'NONE',
      'Net-SNMP',
      'CC-BY-4.0',
    ],
    ...['FSL-1.1-MIT', 'any-OSI', 'BUSL-1.1', '$X'],
  ],
  email: [
    ...[
      'a@b.c',
      'a@b',
      'a',
      'a@',
      '@b',
      'a b@c.d',
      'A <a@b.c>',
      'a@b..c',
      'a.@b.c',
      '.a@b.c',
      'a..b@c.d',
      'a@@b',
    ],
    ...[
      'a@[1.2.3.4]',
      'a@127.0.0.1',
      'a@b.c ',
      ' a@b.c',
      'a+x@b.c',
      'ü@b.c',
      'a@b_c.d',
      'a@-b.c',
      'a@b.c.',
      '$X',
    ],
    ...["o'neil@b.c", 'a@b.c,d@e.f'],
  ],
  text: ['', 'a', ' ', '$X'],
};

describe('the label schema', { skip: !hadolint && 'no hadolint' }, async () => {
  const service = createService({
    ports: { readFile: async () => undefined, log: (_level, message) => assert.fail(message) },
    parseShell: await loadTestShellParser(),
  });

  const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-labels-'));
  after(() => rmSync(folder, { recursive: true }));

  /** `line code` of each finding on labels. */
  function compare(text: string, yaml: string): void {
    const configuration = path.join(folder, 'hadolint.yaml');
    writeFileSync(configuration, yaml);
    const args = ['--no-fail', '--format=json', '--config', configuration, '-'];
    const out = execFileSync(hadolint ?? '', args, { input: text, encoding: 'utf8' });
    const said = JSON.parse(out) as { line: number; code: string }[];
    const theirs = said.filter(({ code }) => codes.test(code)).map(({ line, code }) => `${line} ${code}`);
    const read = readHadolintYaml(yaml);
    assert.deepEqual(read.problems, []);
    const { position } = createLineIndex(text);
    const ours = service
      .lint(text, mergeConfigurations(presetConfiguration('hadolint', rules), read.configuration))
      .filter(({ code }) => codes.test(code))
      .map(({ span, code }) => `${position(span.start).line + 1} ${code}`);
    assert.deepEqual([...new Set(ours)].sort(), [...new Set(theirs)].sort(), `${yaml}\n${text}`);
  }

  for (const [type, all] of Object.entries(values)) {
    it(`takes ${all.length} values for ${type} as hadolint does`, () => {
      const text = `FROM a:1\n${all.map((value) => `LABEL k="${value.replaceAll('`', '\\`')}"\n`).join('')}`;
      compare(text, `{ label-schema: { k: ${type} } }`);
    });
  }

  it('knows the labels that it does not, with and without a schema', () => {
    for (const schema of ['{}', '{ a: text }', '{ a: text, b: url }']) {
      for (const strict of [true, false]) {
        const text =
          'FROM a:1\nLABEL a=1 b=2 c=3\nLABEL a=""\nLABEL b=http://a\nLABEL c=""\nONBUILD LABEL d=1\n';
        compare(text, `{ label-schema: ${schema}, strict-labels: ${strict} }`);
      }
    }
  });

  it('follows stages as hadolint does, for labels and HEALTHCHECK, in 200 random files', () => {
    const random = createRandom(23);
    const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? '';
    for (let count = 0; count < 200; count++) {
      let text = '';
      const names: string[] = [];
      for (let stage = 0; stage < 2 + random() * 3; stage++) {
        const name = pick(['', '', `s${stage}`, `s${stage}`]);
        text += `FROM ${pick(['a:1', 'b:1', ...names, ...names])}${name && ` AS ${name}`}\n`;
        for (let line = 0; line < random() * 4; line++) {
          const from = pick(names);
          const copy = from ? `COPY --from=${from} /a /b` : 'USER 1';
          text += `${pick(['LABEL a=1', 'LABEL b=1 a=2', 'LABEL c=3', copy, copy, 'HEALTHCHECK CMD x', 'ONBUILD LABEL a=1'])}\n`;
        }
        if (name) names.push(name);
      }
      compare(text, '{ label-schema: { a: text, b: text }, override: { info: [DL3057] } }');
    }
  });
});
