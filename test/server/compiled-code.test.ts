// What V8 compiled is taken back where it is still good, and never believed where it is not.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const loader = fileURLToPath(new URL('../../server/src/adapters/compiled-code.ts', import.meta.url));
const home = mkdtempSync(path.join(tmpdir(), 'compiled-code-'));
after(() => rmSync(home, { recursive: true }));
const program = path.join(home, 'program.cjs');
const caches = path.join(home, 'caches');
const folder = path.join(caches, 'wheelhouse/compiled');
const source = (answer: number) => `exports.answer = () => require('node:path').join('a', '${answer}');`;

/** Loads the program in a process of its own, calls it, and keeps what was compiled. */
function run(env: NodeJS.ProcessEnv = {}): string {
  const script = `
    const { loadProgram, keepCompiledCode } = await import(${JSON.stringify(loader)});
    console.log(loadProgram(${JSON.stringify(program)}).answer());
    keepCompiledCode();`;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
    env: { ...process.env, XDG_CACHE_HOME: caches, ...env },
  }).trim();
}

const kept = () => path.join(folder, readdirSync(folder)[0] as string);
/** A file that is written anew is another one. */
const identity = () => statSync(kept()).ino;

describe('compiled code', { skip: process.platform !== 'linux' && 'the folder is elsewhere' }, () => {
  beforeEach(() => {
    rmSync(caches, { recursive: true, force: true });
    writeFileSync(program, source(1));
    assert.equal(run(), 'a/1');
  });

  it('is kept for this user alone', () => {
    assert.equal(readdirSync(folder).length, 1);
    assert.equal(statSync(kept()).mode & 0o777, 0o600);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
  });

  it('is taken back, and not written again', () => {
    const before = identity();
    assert.equal(run(), 'a/1');
    assert.equal(identity(), before);
  });

  it('of another program of the same length is not taken', () => {
    writeFileSync(program, source(2));
    assert.equal(run(), 'a/2');
    assert.equal(run(), 'a/2');
  });

  it('that was damaged is written anew', () => {
    const bytes = readFileSync(kept());
    for (const damaged of [
      Buffer.from(bytes).fill(0, bytes.length - 40, bytes.length - 20),
      bytes.subarray(0, 50),
      Buffer.alloc(0),
    ]) {
      writeFileSync(kept(), damaged);
      assert.equal(run(), 'a/1');
      assert.equal(readFileSync(kept()).length, bytes.length);
    }
  });

  it('is neither read nor written where others may write', () => {
    chmodSync(folder, 0o777);
    writeFileSync(kept(), 'theirs');
    assert.equal(run(), 'a/1');
    assert.equal(readFileSync(kept(), 'utf8'), 'theirs');
  });

  it('is not kept where one does not want it, or has no place for it', () => {
    rmSync(caches, { recursive: true });
    assert.equal(run({ NODE_DISABLE_COMPILE_CACHE: '1' }), 'a/1');
    assert.equal(existsSync(caches), false);
    writeFileSync(caches, 'a file');
    assert.equal(run(), 'a/1');
    assert.equal(run({ XDG_CACHE_HOME: 'relative' }), 'a/1');
    assert.equal(existsSync('relative'), false);
  });
});
