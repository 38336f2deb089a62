import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EngineAccess } from '../../client/src/runtime/engine.ts';
import type { Exit } from '../../client/src/runtime/exec.ts';
import { failureOf } from '../../client/src/runtime/failures.ts';
import { readExit } from '../../client/src/runtime/read-exit.ts';

const exited = (code: number, stderr = '', stdout = ''): Exit => ({
  kind: 'exited',
  file: 'docker',
  code,
  stdout,
  stderr,
});
const facts = { step: 'The build', tool: 'engine' } as const;
const command = { file: 'docker', args: [], parse: (stdout: string, stderr: string) => stdout + stderr };

function engine(answers: boolean): EngineAccess & { asked: number } {
  const access = {
    asked: 0,
    get: async () => {
      throw new Error('not needed');
    },
    forget() {},
    stillAnswers: async () => {
      access.asked++;
      return answers;
    },
    onDidChange() {},
  };
  return access;
}

const failureIn = async (exit: Exit, access: EngineAccess, more = {}) =>
  readExit(exit, command, { ...facts, ...more }, access).then(() => undefined, failureOf);

test('exit code 0 gives the value, whatever stderr says', async () => {
  assert.equal(
    await readExit(exited(0, ' WARNING: error', 'made'), command, facts, engine(true)),
    'made WARNING: error',
  );
});

test('an engine that left in the middle is found out by asking it, for its last words vary', async () => {
  const gone = engine(false);
  assert.equal((await failureIn(exited(1, 'unexpected end of everything'), gone))?.id, 'engine-stopped');
  assert.equal(gone.asked, 1);
  assert.equal((await failureIn(exited(1, 'unexpected end of everything'), engine(true)))?.id, 'unknown');
});

test('a known failure, and one of uv, do not ask the engine', async () => {
  const access = engine(false);
  assert.equal((await failureIn(exited(1, 'no space left on device'), access))?.id, 'disk-full');
  assert.equal((await failureIn(exited(2, 'strange'), access, { tool: 'uv' }))?.id, 'unknown');
  assert.equal(access.asked, 0);
});

test('a secret given as stdin is in no failure', async () => {
  const failure = await failureIn(exited(1, 'error: bad token s3cr3t'), engine(true), { stdin: 's3cr3t\n' });
  assert.match(failure?.message ?? '', /bad token \*\*\*/);
});
