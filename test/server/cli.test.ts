// `wheelhouse` from its bundle: what it prints, exit codes, standard input, and output that a pipe must not cut.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { text as readAll } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { ensureBundles } from './bundles.ts';
import { clean, createCommandLine, flawed } from './cli-run.ts';

const { cli } = await ensureBundles();
const { folder, run, write } = await createCommandLine();

describe('wheelhouse lint', () => {
  it('says nothing of a clean file, and exits with 0', async () => {
    assert.deepEqual(await run(['lint', write('clean', clean)]), { code: 0, out: '', err: '' });
  });

  it('prints a line for each finding, and exits with 1', async () => {
    const { code, out, err } = await run(['lint', '--preset', 'strict', write('flawed', flawed)]);
    const lines = out.trimEnd().split('\n');
    assert.deepEqual([code, err], [1, '']);
    assert.match(lines[0] ?? '', /^flawed:2:9 DL3042 warning: .+\.$/);
    assert.match(lines[1] ?? '', /^flawed:3:1 DL4000 error: .+\.$/);
    assert.equal(lines.length, 2);
  });

  it('prints one JSON array for all files, with both ends of each finding', async () => {
    const names = [
      write('flawed', flawed),
      write('clean', clean),
      write('broken', `${clean}HEALTHCHECK x\n`),
    ];
    const { code, out } = await run(['lint', '--preset', 'strict', '--format', 'json', ...names]);
    const found = JSON.parse(out) as Record<string, unknown>[];
    assert.equal(code, 1);
    assert.deepEqual(
      found.map(({ file, line, column, endLine, endColumn, code: rule, level }) => [
        ...[file, line, column, endLine, endColumn, rule, level],
      ]),
      [
        ['flawed', 2, 9, 2, 16, 'DL3042', 'warning'],
        ['flawed', 3, 1, 3, 11, 'DL4000', 'error'],
        ['broken', 3, 13, 3, 14, 'unknown-healthcheck-type', 'error'],
      ],
    );
    assert.equal((await run(['lint', '-f', 'json', 'clean'])).out, '[]\n');
  });

  it('says in JSON what a program may want to know of a finding', async () => {
    const text = 'FROM python:3.12\nRUN true && \\\n    pip install a==1\nUSER 1000\n';
    const { out } = await run(['lint', '-f', 'json', write('continued', text)]);
    const [{ message, ...finding }] = JSON.parse(out);
    assert.match(message, /\.$/);
    assert.deepEqual(finding, {
      code: 'DL3042',
      column: 9,
      file: 'continued',
      level: 'warning',
      line: 3,
      endLine: 3,
      endColumn: 16,
      aliases: finding.aliases,
      instructionLine: 2,
      fixable: true,
    });
    assert.ok(Array.isArray(finding.aliases));
    const preset = JSON.parse((await run(['lint', '-f', 'json', '--preset', 'hadolint', 'continued'])).out);
    assert.deepEqual([preset[0].line, preset[0].column, preset[0].instructionLine], [2, 1, 2]);
  });

  it('reads standard input', async () => {
    const { code, out } = await run(['lint', '-'], { input: flawed });
    assert.equal(code, 1);
    assert.match(out, /^-:2:9 DL3042/);
    assert.equal((await run(['lint', '-'], { input: clean })).code, 0);
  });

  it('is not cut when a pipe takes more than its buffer', async () => {
    const name = write('long', `FROM python:3.12\n${'RUN sudo a\n'.repeat(2500)}USER 1000\n`);
    const { out } = await run(['lint', '--format', 'json', name]);
    assert.ok(out.length > 200_000, `${out.length} characters`);
    assert.equal(
      (JSON.parse(out) as unknown[]).filter((one) => (one as { code: string }).code === 'DL3004').length,
      2500,
    );
  });

  it('ends quietly when its reader goes away', async () => {
    const name = write('long', `FROM python:3.12\n${'RUN sudo a\n'.repeat(2500)}USER 1000\n`);
    const child = spawn(process.execPath, [cli, 'lint', name], { cwd: folder, stdio: 'pipe' });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    child.stdout.destroy();
    const err = await readAll(child.stderr);
    await ended;
    assert.equal(err, '');
  });

  it('exits with 1 and one sentence for what it cannot read or understand', async () => {
    for (const args of [
      ['lint'],
      ['lint', 'missing'],
      ['lint', '--format', 'xml', 'clean'],
      ['lint', '--colour', 'clean'],
      ['lint', '--failure-threshold', 'fatal', 'clean'],
      ['lint', '--require-label', 'a:colour', 'clean'],
      ['lint', '--preset', 'other', 'clean'],
      ['lint', '--config', 'missing.yaml', 'clean'],
      ['lint', '--ignore'],
      ['lint', '*.nothing'],
    ]) {
      const { code, out, err } = await run(args);
      assert.deepEqual([code, out], [1, ''], args.join(' '));
      assert.match(err, /^[^\n]+\.\n$/, args.join(' '));
      assert.doesNotMatch(err, /node:|\bat .*:\d+/, 'no stack');
    }
  });

  it('still reports the other files beside one that it cannot read', async () => {
    const { code, out, err } = await run(['lint', '--no-fail', 'missing', write('flawed', flawed)]);
    assert.equal(code, 1);
    assert.match(out, /flawed:2:9 DL3042/);
    assert.equal(err, 'missing cannot be read: it does not exist.\n');
  });

  it('keeps characters that steer a terminal out of it', async () => {
    const { out } = await run(['lint', '-'], { input: 'FROM debian:12\nUSER 1000\nFOO\x1b[31m x\x07\n' });
    assert.match(out, /unknown-instruction/);
    assert.ok(!out.includes('\x1b') && !out.includes('\x07'));
  });

  it('uses colour where it is asked for, and never where it is not', async () => {
    write('flawed', flawed);
    const colored = async (args: readonly string[], env: Record<string, string> = {}) =>
      (await run(['lint', ...args, 'flawed'], { env })).out.includes('\x1b[');
    assert.equal(await colored([]), false, 'into a pipe');
    assert.equal(await colored([], { FORCE_COLOR: '1' }), true);
    assert.equal(await colored(['--no-color'], { FORCE_COLOR: '1' }), false);
    assert.equal(await colored([], { FORCE_COLOR: '1', NO_COLOR: '' }), false);
    assert.equal(await colored(['--preset', 'hadolint']), true, 'as hadolint does');
    assert.equal(await colored(['--preset', 'hadolint', '--no-color']), false);
  });
});

describe('wheelhouse', () => {
  it('shows its usage, and its version', async () => {
    for (const args of [[], ['build', 'x']]) {
      const { code, err } = await run(args);
      assert.equal(code, 1);
      assert.match(err, /^Usage: wheelhouse COMMAND/);
    }
    for (const [args, begins] of [
      [['--help'], 'Usage: wheelhouse COMMAND'],
      [['lint', '--help'], 'Usage: wheelhouse lint'],
      [['rules', '-h'], 'Usage: wheelhouse rules'],
      [['explain', '-h'], 'Usage: wheelhouse explain'],
    ] as const) {
      const help = await run(args);
      assert.deepEqual([help.code, help.err], [0, '']);
      assert.ok(help.out.startsWith(begins), begins);
      assert.deepEqual(
        help.out.split('\n').filter((line) => line.length > 110),
        [],
      );
    }
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    for (const args of [['--version'], ['-v'], ['lint', '--version']]) {
      assert.equal((await run(args)).out, `wheelhouse ${version}\n`);
    }
  });
});
