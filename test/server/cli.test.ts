// `wheelhouse lint` from its bundle: formats, exit codes, standard input, fixing, and output that a pipe must not cut.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { text as readAll } from 'node:stream/consumers';
import { after, describe, it } from 'node:test';
import { ensureBundles } from './bundles.ts';

const { cli } = await ensureBundles();
const folder = mkdtempSync(`${tmpdir()}/wheel house ü-`);
after(() => rmSync(folder, { recursive: true }));

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}
async function run(args: readonly string[], input = ''): Promise<Run> {
  const child = spawn(process.execPath, [cli, ...args], { cwd: folder, stdio: 'pipe' });
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [out, err, code] = await Promise.all([readAll(child.stdout), readAll(child.stderr), ended]);
  return { code, out, err };
}
function write(name: string, text: string): string {
  mkdirSync(`${folder}/${name}`.replace(/\/[^/]*$/, ''), { recursive: true });
  writeFileSync(`${folder}/${name}`, text);
  return name;
}

const clean = 'FROM python:3.12\nUSER app\n';
const flawed = 'FROM python:3.12\nRUN pip install a==1\nMAINTAINER Ada\nUSER app\n';

describe('wheelhouse lint', () => {
  it('says nothing of a clean file, and exits with 0', async () => {
    assert.deepEqual(await run(['lint', write('clean', clean)]), { code: 0, out: '', err: '' });
  });

  it('prints a line for each finding, and exits with 1', async () => {
    const { code, out, err } = await run(['lint', write('flawed', flawed)]);
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
      write('second pass', `${clean}EXPOSE x\n`),
    ];
    const { code, out } = await run(['lint', '--format', 'json', ...names]);
    const found = JSON.parse(out) as Record<string, unknown>[];
    assert.equal(code, 1);
    assert.deepEqual(
      found.map(({ file, line, column, endLine, endColumn, code: rule, level }) => [
        ...[file, line, column, endLine, endColumn, rule, level],
      ]),
      [
        ['flawed', 2, 9, 2, 16, 'DL3042', 'warning'],
        ['flawed', 3, 1, 3, 11, 'DL4000', 'error'],
        ['second pass', 3, 8, 3, 9, 'INVALID_PORT', 'error'],
      ],
    );
    assert.equal((await run(['lint', '-f', 'json', 'clean'])).out, '[]\n');
  });

  it('reads standard input', async () => {
    const { code, out } = await run(['lint', '-'], flawed);
    assert.equal(code, 1);
    assert.match(out, /^-:2:9 DL3042/);
    assert.equal((await run(['lint', '-'], clean)).code, 0);
  });

  it('takes the .hadolint.yaml of the folder of each file, and of those above', async () => {
    write('configured/.hadolint.yaml', 'ignored: [DL4000]\noverride: {style: [DL3042]}\n');
    const { code, out } = await run(['lint', write('configured/deep/Dockerfile', flawed)]);
    assert.equal(code, 0, 'style findings alone do not fail');
    assert.match(out, /^configured\/deep\/Dockerfile:2:9 DL3042 style: [^\n]+\n$/);
  });

  it('fixes what is safe and reports what is left', async () => {
    const name = write('to-fix', `${flawed}EXPOSE x\n`);
    const { code, out } = await run(['lint', '--fix', name]);
    const fixed = readFileSync(`${folder}/${name}`, 'utf8');
    assert.match(fixed, /pip install --no-cache-dir a==1\nLABEL org\.opencontainers\.image\.authors="Ada"\n/);
    assert.equal(code, 1);
    assert.match(out, /^to-fix:5:8 INVALID_PORT[^\n]+\n$/);
    await run(['lint', '--fix', name]);
    assert.equal(readFileSync(`${folder}/${name}`, 'utf8'), fixed, 'a second time changes nothing');
  });

  it('does not write standard input anywhere', async () => {
    assert.match((await run(['lint', '--fix', '-'], flawed)).out, /DL3042/);
  });

  it('is not cut when a pipe takes more than its buffer', async () => {
    const name = write('long', `FROM python:3.12\n${'RUN pip install a==1\n'.repeat(2500)}USER app\n`);
    const { out } = await run(['lint', '--format', 'json', name]);
    assert.ok(out.length > 200_000, `${out.length} characters`);
    assert.equal((JSON.parse(out) as unknown[]).length, 2500);
  });

  it('ends quietly when its reader goes away', async () => {
    const name = write('long', `FROM python:3.12\n${'RUN pip install a==1\n'.repeat(2500)}USER app\n`);
    const child = spawn(process.execPath, [cli, 'lint', name], { cwd: folder, stdio: 'pipe' });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    child.stdout.destroy();
    const err = await readAll(child.stderr);
    await ended;
    assert.equal(err, '');
  });

  it('exits with 2 and one sentence for what it cannot read', async () => {
    for (const args of [
      ['lint', 'missing'],
      ['lint', '--format', 'xml', 'clean'],
      ['lint', '--colour', 'clean'],
      ['lint', '.'],
    ]) {
      const { code, out, err } = await run(args);
      assert.deepEqual([code, out], [2, ''], args.join(' '));
      assert.match(err, /^[^\n]+\n$/, args.join(' '));
    }
  });

  it('still reports the other files beside one that it cannot read', async () => {
    const { code, out, err } = await run(['lint', 'missing', write('flawed', flawed)]);
    assert.equal(code, 2);
    assert.match(out, /flawed:2:9 DL3042/);
    assert.match(err, /missing/);
  });

  it('shows its usage, and its version', async () => {
    for (const args of [[], ['lint'], ['build', 'x']]) {
      const { code, err } = await run(args);
      assert.equal(code, 2);
      assert.match(err, /^Usage: wheelhouse lint/);
    }
    const help = await run(['--help']);
    assert.deepEqual([help.code, help.err], [0, '']);
    assert.match(help.out, /^Usage: wheelhouse lint/);
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    assert.equal((await run(['--version'])).out, `wheelhouse ${version}\n`);
  });
});
