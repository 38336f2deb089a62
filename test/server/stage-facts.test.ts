// What the rules about stages and base images rest on, where their examples do not reach.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { expandWord } from '../../server/src/facts/word-expansion.ts';
import { rules } from '../../server/src/rules/index.ts';
import { isImageName, parseImageReference } from '../../server/src/syntax/image-reference.ts';
import { parsePlatform } from '../../server/src/syntax/platform.ts';
import { applyEdits, removeWord } from '../../server/src/text/edit.ts';
import { createTestLinter } from './linter.ts';

describe('words', () => {
  const values = new Map([
    ['X', 'scratch-x'],
    ['E', ''],
    ['F', 'a.b.c'],
  ]);
  const expand = (raw: string) => expandWord(raw, values, '\\')?.text;
  it('are expanded as BuildKit does', () => {
    const expected: Readonly<Record<string, string>> = {
      '"$X"': 'scratch-x',
      "'$X'": '$X',
      '\\$X': '$X',
      '"\\$X"': '$X',
      a$: 'a$',
      '${E:-d}': 'd',
      '${E-d}': '',
      '${U:-${V:-e}}': 'e',
      '${X+y}': 'y',
      '${E:+y}': '',
      '${X%-*}': 'scratch',
      '${F#*.}': 'b.c',
      '${F##*.}': 'c',
      '${F%.*}': 'a.b',
      '${F%%.*}': 'a',
      '${F/./-}': 'a-b.c',
      '${F//./-}': 'a-b-c',
    };
    for (const [raw, text] of Object.entries(expected)) assert.equal(expand(raw), text, raw);
  });
  it('are refused where BuildKit does, and where they would take long', () => {
    for (const raw of ['${X', '"a', '${U?no}', '${U:=x}', '${}', '${F/a', `\${F#${'*a'.repeat(9)}}`]) {
      assert.equal(expand(raw), undefined, raw);
    }
    assert.equal(expand(`${'${U:-'.repeat(200)}${'}'.repeat(200)}`), undefined);
  });
  it('say which variables have a value, also in a default that is not needed', () => {
    const { matched, unmatched } = expandWord('$X${E:-$U}', values, '\\') ?? {};
    assert.deepEqual([[...(matched ?? [])], [...(unmatched ?? [])]], [['X', 'E'], ['U']]);
  });
});

describe('names', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  it('are those of images or not', () => {
    for (const name of [
      'debian',
      'a/b/c:1',
      'localhost:5000/x',
      'A/b',
      'a__b',
      `a:1@${digest}`,
      '[::1]:5000/x',
    ])
      assert.equal(isImageName(name), true, name);
    for (const name of ['', 'Debian', 'a:', 'a/B', 'a___b', 'a@sha256:ab', 'a'.repeat(64), 'r.io/', 'a:b:c'])
      assert.equal(isImageName(name), false, name);
  });
  it('have a registry with a dot only, where hadolint is followed', () => {
    const read = (text: string) => {
      const { registry, repository, tag } = parseImageReference(text, false);
      return [registry, repository, tag];
    };
    assert.deepEqual(read('localhost:5000/x'), [undefined, 'localhost', '5000/x']);
    assert.deepEqual(read('r.io:5000/x:1'), ['r.io:5000', 'x', '1']);
  });
  it('are those of platforms', () => {
    const read = (text: string) => Object.values(parsePlatform(text) ?? {}).join('/');
    const names = [
      'linux/x86_64',
      'linux/arm/v7',
      'aarch64',
      'windows',
      'macos/arm64',
      'foo',
      'a/b/c/d',
      'linux/',
    ];
    assert.deepEqual(names.map(read), [
      ...['linux/amd64', 'linux/arm', 'linux/arm64', 'windows/amd64', 'darwin/arm64'],
      ...['', '', ''],
    ]);
  });
});

describe('fixes', async () => {
  const lint = await createTestLinter();
  const mend = (code: string, text: string) => {
    const rule = rules.filter((candidate) => candidate.code === code);
    const [finding] = lint(text, rule, { ...defaultConfiguration, levels: new Map([[code, 'info']]) });
    const [fix] = finding?.fixes() ?? [];
    return fix && applyEdits(text, fix.edits);
  };
  it('take a word out with its line, but never into a comment', () => {
    const remove = (text: string) => {
      const start = text.indexOf('--x');
      return applyEdits(text, [removeWord(text, { start, end: start + 3 })]);
    };
    assert.equal(remove('A --x b'), 'A b');
    assert.equal(remove('A \\\r\n  --x \\\r\n  b'), 'A \\\r\n  b');
    assert.equal(remove('A \\\n  --x \\\n  # c\n  b'), 'A \\\n  \\\n  # c\n  b');
  });
  it('declare an ARG where no comment is parted from its instruction', () => {
    const declare = (text: string) => mend('undeclared-variable-in-from', text);
    assert.equal(
      declare('# syntax=docker/dockerfile:1\n# about\nfrom x:$Tag'),
      '# syntax=docker/dockerfile:1\narg Tag\n# about\nfrom x:$Tag',
    );
    assert.equal(declare('ARG A\r\n\r\n# b\r\nFROM x:$Tag'), 'ARG A\r\nARG Tag\r\n\r\n# b\r\nFROM x:$Tag');
    assert.equal(declare('\uFEFFFROM x:$Tag'), '\uFEFFARG Tag\nFROM x:$Tag');
  });
  it('delete no stage that is counted or needed', () => {
    const remove = (text: string) => mend('no-unreachable-stages', text);
    assert.equal(remove('FROM x AS a\nFROM y AS b\nFROM z\nCOPY --from=1 /a /a'), undefined);
    assert.equal(remove('FROM x AS a\nFROM a AS b\nFROM z'), undefined);
    assert.equal(remove('FROM x AS a\nRUN a \\\n  b\n\nFROM z'), 'FROM z');
  });
});
