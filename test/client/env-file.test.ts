import './register-vscode.ts';
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { Engine } from '../../client/src/runtime/engine.ts';
import { removeLeftFolders, withEnvFile } from '../../client/src/runtime/env-file.ts';
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

/** Another process that uses an env file and never ends by itself; answers with the path of the file. */
async function holder(): Promise<{ child: ChildProcess; file: string }> {
  const module = new URL('../../client/src/runtime/env-file.ts', import.meta.url).href;
  const script = `const { withEnvFile } = await import(${JSON.stringify(module)});
    await withEnvFile({ HF_TOKEN: 'hf_s3cret' }, async (file) => { console.log(file); await new Promise(() => setInterval(() => {}, 1000)); });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return { child, file: String(line).trim() };
}

test('the file of a killed process goes at the next use, that of another window stays', async () => {
  const killed = await holder();
  const living = await holder();
  assert.equal(readFileSync(killed.file, 'utf8'), 'HF_TOKEN=hf_s3cret\n');
  killed.child.kill('SIGKILL');
  await once(killed.child, 'exit');
  assert.ok(existsSync(killed.file), 'a killed process removes nothing');
  await withEnvFile({ A: '1' }, async () => {
    assert.ok(!existsSync(path.dirname(killed.file)));
    assert.ok(existsSync(living.file));
  });
  living.child.kill('SIGKILL');
  await once(living.child, 'exit');
  // A run without variables removes them too.
  await withEnvFile(undefined, async () => {});
  assert.ok(!existsSync(path.dirname(living.file)));
});

test('only folders of ours whose process is gone are removed', {
  skip: process.platform !== 'linux',
}, async () => {
  const target = mkdtempSync(path.join(tmpdir(), 'wheelhouse-other-'));
  writeFileSync(path.join(target, 'kept'), '');
  const id = `x${process.pid}${Date.now()}`;
  const place = (name: string) => path.join(tmpdir(), `wheelhouse-env-${name}`);
  // The number of a process was used again: it started at another time.
  const again = place(`${process.pid}-1-${id}`);
  const early = place(`early${id}`);
  const old = place(`old${id}`);
  const link = place(`999999999-1-${id}`);
  for (const folder of [again, early, old]) mkdirSync(folder);
  symlinkSync(target, link);
  const longAgo = new Date(Date.now() - 48 * 60 * 60 * 1000);
  utimesSync(old, longAgo, longAgo);
  await removeLeftFolders();
  assert.deepEqual(
    [again, early, old, link].map((folder) => existsSync(folder)),
    [false, true, false, true],
  );
  assert.ok(existsSync(path.join(target, 'kept')));
  for (const folder of [early, link, target]) rmSync(folder, { recursive: true });
});
