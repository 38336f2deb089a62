// `wheelhouse lint --fix`: what it writes, and what it leaves alone.
import assert from 'node:assert/strict';
import { lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { describe, it } from 'node:test';
import { createCommandLine, flawed } from './cli-run.ts';

const { cli, folder, run, runProgram, write } = await createCommandLine();
const read = (name: string) => readFileSync(`${folder}/${name}`);
const fixed =
  'FROM python:3.12\nRUN pip install --no-cache-dir a==1\nLABEL org.opencontainers.image.authors="Ada"\nUSER 1000\n';

describe('wheelhouse lint --fix', () => {
  it('fixes what is safe and reports what is left', async () => {
    const name = write('to-fix', `${flawed}HEALTHCHECK x\n`);
    const { code, out } = await run(['lint', '--fix', name]);
    assert.equal(String(read(name)), `${fixed}HEALTHCHECK x\n`);
    assert.equal(code, 1);
    assert.match(out, /^to-fix:5:13 unknown-healthcheck-type[^\n]+\n$/);
    await run(['lint', '--fix', name]);
    assert.equal(String(read(name)), `${fixed}HEALTHCHECK x\n`, 'a second time changes nothing');
  });

  it('leaves what needs a look', async () => {
    const text =
      'FROM debian:12\nRUN apt-get install -y --no-install-recommends git=1 && sudo ls\nUSER 1000\n';
    const { out } = await run(['lint', '-f', 'json', '--fix', write('unsafe', text)]);
    const left = JSON.parse(out) as { code: string; fixable: boolean }[];
    assert.ok(left.some(({ code, fixable }) => code === 'DL3004' && !fixable));
    assert.match(String(read('unsafe')), /&& sudo ls/);
  });

  it('keeps line endings, the byte order mark and other scripts', async () => {
    const text = `\ufeff# größe 🐳\n${flawed}`.replaceAll('\n', '\r\n');
    assert.equal((await run(['lint', '--fix', write('windows', text)])).code, 0);
    assert.equal(String(read('windows')), `\ufeff# größe 🐳\n${fixed}`.replaceAll('\n', '\r\n'));
  });

  it('keeps the mode of a file, and links that point at it', async () => {
    write('locked', flawed, 0o640);
    symlinkSync('locked', `${folder}/link`);
    await run(['lint', '--fix', 'link']);
    assert.equal(String(read('locked')), fixed);
    assert.equal(statSync(`${folder}/locked`).mode & 0o777, 0o640);
    assert.ok(lstatSync(`${folder}/link`).isSymbolicLink());
  });

  it('does not touch a file without a fix, nor leaves anything beside one', async () => {
    const name = write('beside/Dockerfile', fixed);
    const before = statSync(`${folder}/${name}`);
    write('beside/Dockerfile.flawed', flawed);
    await run(['lint', '--fix', 'beside']);
    const after = statSync(`${folder}/${name}`);
    assert.deepEqual([after.ino, after.mtimeMs], [before.ino, before.mtimeMs]);
    assert.deepEqual(readdirSync(`${folder}/beside`), ['Dockerfile', 'Dockerfile.flawed']);
  });

  it('reports a file that is not in UTF-8, and leaves its bytes alone', async () => {
    const latin = Buffer.from(flawed.replace('Ada', 'Zo\u00eb'), 'latin1');
    const { code, out, err } = await run(['lint', '--fix', write('latin', latin)]);
    assert.equal(code, 1);
    assert.match(out, /latin:2:9 DL3042/);
    assert.equal(err, 'latin was not fixed, as it is not in UTF-8.\n');
    assert.deepEqual(read('latin'), latin);
    const wide = Buffer.from(`\ufeff${flawed}`, 'utf16le');
    const other = await run(['lint', '--fix', write('wide', wide)]);
    assert.match(other.out, /wide:2:9 DL3042/);
    assert.deepEqual(read('wide'), wide);
  });

  it('says when a file cannot be written, which then is as before', async () => {
    const name = write('limited/Dockerfile', flawed);
    // A limit on what the process may write, which holds for root as well.
    const limited = ['-c', 'trap "" XFSZ; ulimit -f 0; exec "$0" "$@"', process.execPath, cli];
    const { code, err } = await runProgram('/bin/bash', [...limited, 'lint', '--fix', name]);
    assert.equal(code, 1);
    assert.equal(err, `${name} cannot be written: it would be too large.\n`);
    assert.equal(String(read(name)), flawed);
    assert.deepEqual(readdirSync(`${folder}/limited`), ['Dockerfile']);
  });

  it('fixes many files in threads', async () => {
    for (let i = 0; i < 120; i++) write(`crowd/${i}.Dockerfile`, flawed);
    assert.deepEqual(await run(['lint', '--fix', 'crowd']), { code: 0, out: '', err: '' });
    for (let i = 0; i < 120; i++) assert.equal(String(read(`crowd/${i}.Dockerfile`)), fixed);
  });

  it('does not write standard input anywhere', async () => {
    assert.match((await run(['lint', '--fix', '-'], { input: flawed })).out, /DL3042/);
  });
});
