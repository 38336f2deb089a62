import './register-vscode.ts';
import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';
import type { Engine } from '../../client/src/runtime/engine.ts';
import { withEnvFile } from '../../client/src/runtime/env-file.ts';
import { failureOf } from '../../client/src/runtime/failures.ts';

const { runContainer } = await import('../../client/src/runtime/container-commands.ts');
const { DockerClient } = await import('@microsoft/vscode-container-client');

test('variables of a container lie in a file of this user, gone afterwards, and not in the arguments', async () => {
  const env = { HF_TOKEN: 'hf_s3cret', MODE: 'a b' };
  let seen = '';
  const engine = { kind: 'docker', client: new DockerClient('docker') } as unknown as Engine;
  const { args } = await withEnvFile(env, async (privateEnvFile) => {
    seen = privateEnvFile ?? '';
    assert.equal(readFileSync(seen, 'utf8'), 'HF_TOKEN=hf_s3cret\nMODE=a b\n');
    assert.equal(statSync(seen).mode & 0o777, 0o600);
    return runContainer(engine, { image: 'bikes:1', env, envFile: '/own', privateEnvFile });
  });
  assert.ok(!args.join(' ').includes('hf_s3cret'));
  // The engine takes the later file's value: what was typed wins over the file that was chosen.
  assert.deepEqual(
    args.filter((_, i) => args[i - 1] === '--env-file'),
    ['/own', seen],
  );
  assert.ok(!existsSync(seen));
});

test('the file goes when the run fails', async () => {
  let seen = '';
  const failing = withEnvFile({ A: '1' }, async (file) => {
    seen = file ?? '';
    throw new Error('no engine');
  });
  await assert.rejects(failing, /no engine/);
  assert.ok(seen && !existsSync(seen));
});

test('without variables there is no file, and a value of two lines is refused', async () => {
  assert.equal(await withEnvFile({}, async (file) => file ?? 'none'), 'none');
  await assert.rejects(
    withEnvFile({ KEY: 'a\nb' }, async () => assert.fail('must not run')),
    (error) => failureOf(error)?.id === 'env-newline' && !failureOf(error)?.message.includes('a\nb'),
  );
});
