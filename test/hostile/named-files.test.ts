// What the command line and the client are told to read and cannot, said in a sentence and without waiting.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, symlinkSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { readTextFile } from '../../client/src/runtime/text-file.ts';
import { readRegularFile, readRegularFileSync } from '../../server/src/adapters/regular-file.ts';
import { clean, createCommandLine, flawed } from '../server/cli-run.ts';

describe('a file that is none', async () => {
  const { folder, write, run, runProgram, cli } = await createCommandLine();
  const at = (name: string) => path.join(folder, name);
  write('good.dockerfile', flawed);
  for (const name of ['pipe.dockerfile', '.hadolint.yaml', '.gitignore']) execFileSync('mkfifo', [at(name)]);
  symlinkSync('/dev/zero', at('zero.dockerfile'));
  truncateSync(at(write('large.dockerfile', '')), 3e9);

  it('is named with the reason, and the others are linted', async () => {
    const names = ['pipe.dockerfile', 'zero.dockerfile', 'large.dockerfile', 'good.dockerfile'];
    const { code, out, err } = await run(['lint', ...names]);
    assert.equal(code, 1);
    assert.match(out, /good\.dockerfile:2:9 DL3042/);
    assert.match(
      err,
      /^\.hadolint\.yaml cannot be read: it is no file, but a pipe, a socket or a device\.$/m,
    );
    for (const name of names.slice(0, 2))
      assert.match(err, new RegExp(`^${name} cannot be read: it is no file`, 'm'));
    assert.match(err, /^large\.dockerfile cannot be read: it is larger than 16 MB\.$/m);
  });

  it('is passed over where a folder is searched', async () => {
    const { out, err } = await run(['lint', '.']);
    assert.match(out, /good\.dockerfile:2:9 DL3042/);
    assert.doesNotMatch(err, /pipe\.dockerfile/);
  });

  it('may be standard input, which is read as long as it is no larger than a Dockerfile', async () => {
    const endless = await runProgram('/bin/sh', [
      '-c',
      `exec "${process.execPath}" "${cli}" lint - good.dockerfile </dev/zero`,
    ]);
    assert.match(endless.err, /^Standard input cannot be read: it is larger than 16 MB\.$/m);
    assert.match(endless.out, /good\.dockerfile:2:9 DL3042/);
    assert.equal((await run(['lint', '-'], { input: clean })).code, 0);
  });

  it('fails for each reader, whatever a look at it says', async () => {
    const readers = [
      readRegularFile,
      async (file: string, limit: number) => readRegularFileSync(file, limit),
      readTextFile,
    ];
    for (const read of readers) {
      for (const name of ['pipe.dockerfile', 'zero.dockerfile', 'large.dockerfile'])
        await assert.rejects(read(at(name), 1000), name);
      // Its size is 0 by every look.
      if (existsSync('/proc/self/smaps')) await assert.rejects(read('/proc/self/smaps', 1000));
      assert.equal(String(await read(at('good.dockerfile'), flawed.length)), flawed);
      await assert.rejects(read(at('good.dockerfile'), flawed.length - 1));
    }
  });
});
