// Nothing that stands in a file or is the name of one steers a terminal or a CI's log, on either stream, in any format.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { formats } from '../../server/src/lint/report/formats.ts';
import { visible, visibleJson, visibleLine } from '../../server/src/text/visible.ts';
import { createCommandLine, flawed, type Run } from './cli-run.ts';
import { parseXml } from './xml.ts';

const { run, write } = await createCommandLine();

const between = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i));
const controls = [
  ...between(0x01, 0x1f),
  ...between(0x7f, 0x9f),
  ...['\u061c', '\u200e', '\u200f', '\u2028', '\u2029'],
  ...between(0x202a, 0x202e),
  ...between(0x2066, 0x2069),
];
const control = new RegExp(`[${controls.filter((char) => char !== '\n').join('')}]`, 'u');
/** What a CI's log takes for a command, wherever our own words begin. */
const command = /^\s*::(?!(?:error|warning|notice) file=)|##(?:\[|vso\[|teamcity\[)/im;
const commands = ['::error::x', '\r::error::x', '\n::add-mask::x', ' ::debug::x', '##[error]x', '##vso[x]y'];

function assertTame({ out, err }: Run, what: string): void {
  for (const [stream, text] of Object.entries({ out, err })) {
    assert.doesNotMatch(text, control, `${what}: ${stream} ${JSON.stringify(text.slice(0, 400))}`);
    assert.doesNotMatch(text, command, `${what}: ${stream} ${JSON.stringify(text.slice(0, 400))}`);
  }
}

describe('visible', () => {
  it('writes out every control character, and leaves other text alone', () => {
    for (const char of [...controls, '\0'])
      assert.doesNotMatch(visible(`a${char}b`), /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_C}]/u);
    for (const text of ['größe 🐳 👩‍💻', 'C:\\new', '# comment', '::', 'שלום', '#[x]', '##'])
      assert.equal(visible(text), text);
    assert.equal(visible('a\r\n\x1b[31m\x9b\u2028\u202e'), 'a\\r\\n\\x1b[31m\\x9b\\u2028\\u202e');
  });

  it('leaves no text that a log takes for a command', () => {
    for (const text of commands) assert.doesNotMatch(visibleLine(text), command, JSON.stringify(text));
    assert.equal(visibleLine('a::error::x'), 'a::error::x');
  });

  it('is JSON of the same value', () => {
    for (const text of [...controls, ...commands, 'größe', '\ud800'])
      assert.equal(JSON.parse(visibleJson({ [text]: [text] }))[text][0], text);
    assert.doesNotMatch(visibleJson([...controls, ...commands]), control);
  });
});

describe('the command line', () => {
  it('prints no control character of a name', async () => {
    const names = [
      ...controls.map((char, i) => `${i}${char}::error::[31m`),
      ...['\r::error::x', '::error::x', ' ::error::y', '\n::error::z', '##[error]x', 'a\n\n    at b'],
    ];
    for (const name of names) write(`names/${name}.dockerfile`, flawed);
    for (const format of Object.keys(formats)) {
      const hadolints = ['lint', '--preset', 'hadolint', '--no-color'];
      for (const args of ['tty', 'gnu', 'junit'].includes(format) ? [['lint'], hadolints] : [['lint']]) {
        // From within the folder, a line begins with the name.
        const result = await run([...args, '-f', format, '.'], { cwd: 'names' });
        assert.ok(result.out.length > 1000, format);
        // Code Climate's issues end in a NUL, which is not among the controls.
        assertTame(result, `${format} ${args}`);
        if (['checkstyle', 'junit'].includes(format)) parseXml(result.out);
      }
    }
    const json = JSON.parse((await run(['lint', '-f', 'json', 'names'])).out);
    const found = new Set(json.map(({ file }: { file: string }) => file));
    for (const name of names) assert.ok(found.has(`names/${name}.dockerfile`), JSON.stringify(name));
  });

  it('prints none of a name in what it says on standard error', async () => {
    const missing = [...controls, ...commands].flatMap((one) => [`${one}::error::gone`, `gone${one}*`]);
    const all = await run(['lint', ...missing]);
    assert.equal(all.err.split('\n').length, missing.length + 1, 'a line for each');
    assertTame(all, 'missing');
    for (const text of ['\r::error::x\x1b[2J\u202e', '\n::error::x##[error]']) {
      write(`folder${text}/none`, '');
      const cases = [
        ['lint', `folder${text}`],
        ['lint', '-c', text, 'x'],
        ['lint', '-f', text, 'x'],
        ['lint', '-t', text, 'x'],
        ['lint', '--preset', text, 'x'],
        ['lint', '--require-label', `a:${text}`, 'x'],
        ['lint', `--${text}`],
        ['lint', `-${text}`],
        ['lint', `--fix=${text}`],
        ['lint', '-o', `--${text}`],
        ['lint', '-o', `gone${text}/x`, write('d', flawed)],
        ['rules', '-f', text],
        ['rules', `--${text}`],
        ['explain', text],
        [text],
      ];
      for (const args of cases) {
        const result = await run(args);
        assert.equal(result.code, 1, JSON.stringify(args));
        assert.notEqual(result.err, '', JSON.stringify(args));
        assertTame(result, JSON.stringify(args));
      }
    }
  });

  it('prints none of a configuration file, also when it says which one it uses', async () => {
    const escaped = controls.map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
    const texts = [
      `ignored: ["${escaped}", "\\r::error::x", "\\n::error::x", "##[error]x"]\n`,
      `override: { error: ["${escaped}"], style: ["\\n::error::x"] }\n`,
      `"${escaped}": 1\n"\\n::error::x": 2\n`,
      `trustedRegistries: ["${escaped}\\n::error::x"]\n`,
      `label-schema: { "${escaped}": "x\\r::error::y", "\\n::error::": text }\n`,
      `failure-threshold: "${escaped}"\nformat: "\\r::error::x"\n`,
      `preset: "\\n::error::x${escaped}"\n`,
      `a: [\r::error::x\r\n::error::y`,
      `\x1b[31m: "\x1b`,
      `a: *\u202e\u2028x`,
      `? [\x9b]\n: b`,
      `options: { DL3008: { "\\n::error::x": "${escaped}" } }\n`,
    ];
    for (const [i, text] of texts.entries()) {
      write(`configured/${i}/.hadolint.yaml`, text);
      write(`configured/${i}/Dockerfile`, flawed);
      const result = await run(['lint', '--verbose', 'Dockerfile'], { cwd: `configured/${i}` });
      assert.match(result.err, /Configuration file used/);
      assertTame(result, text);
      assertTame(await run(['lint', '-c', `configured/${i}/.hadolint.yaml`, `configured/${i}`]), text);
    }
  });

  it('prints none of a Dockerfile', async () => {
    const all = [...controls, '\0'].join('');
    const texts = [
      `FROM a${all}\n`,
      `FROM debian:12\n${all}FOO x\n`,
      `FROM debian:12\nRUN ${all} | cat\nMAINTAINER ${all}\n`,
      `FROM debian:12 AS \u202e\u2028::error::\nCOPY --from=\x9b31m a b\n`,
      `FROM debian:12\nRUN apt-get install \x1b]0;x\x07\n`,
      `FROM debian:12\n# hadolint ignore=DL\x1b[31m\rRUN x\n`,
      `FROM debian:12\n::error::x\n##[error]x\nRUN ##vso[x] sudo\n##[y]\n`,
      `# syntax=\x1b[31m\rx\n# check=skip=\x9b\u2066\nFROM debian\nENV \x7f=\r\nUSER \u2069\n`,
    ];
    const files = texts.map((text, i) => write(`texts/${i}.dockerfile`, text));
    for (const format of Object.keys(formats)) {
      const result = await run(['lint', '--preset', 'strict', '-f', format, ...files]);
      for (const file of files) assert.ok(result.out.includes(file), `${format} ${file}`);
      assertTame(result, format);
    }
  });

  it('writes to its streams in one place', () => {
    const root = new URL('../../server/src/', import.meta.url).pathname;
    const writers = globSync('{cli,adapters,lint,project,config}/**/*.ts', { cwd: root }).filter((file) =>
      /std(?:out|err)\s*\.write|console\./.test(readFileSync(root + file, 'utf8')),
    );
    assert.deepEqual(writers, ['cli/terminal.ts']);
  });
});
