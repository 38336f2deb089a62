// Variables typed for a run reach the container of a real engine, without standing on any command line.
import '../client/register-vscode.ts';
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Engine } from '../../client/src/runtime/engine.ts';
import { withEnvFile } from '../../client/src/runtime/env-file.ts';
import { exec } from '../../client/src/runtime/exec.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';

const { runContainer, removeContainers, containerLogs } = await import(
  '../../client/src/runtime/container-commands.ts'
);
const { findEngine } = await import('../../client/src/runtime/engine.ts');
const parts = readParts();
const skip = parts.engine ? false : 'needs an engine';
let engine: Engine;

before(async () => {
  if (!parts.engine) return;
  Object.assign(process.env, toolEnvironment(parts));
  engine = await findEngine(exec, { engine: 'docker', dockerPath: '', podmanPath: '' });
});

test('variables reach the container through the private file', { skip }, async () => {
  const env = { GREETING: 'bonjour à "tous" $HOME', EMPTY: '' };
  const image = parts.engine?.baseImage ?? '';
  const name = `wh-env-${process.pid}`;
  const command = ['sh', '-c', 'printf "<%s>" "$GREETING" "$EMPTY"'];
  const started = await withEnvFile(env, async (privateEnvFile) =>
    exec(await runContainer(engine, { image, name, env, privateEnvFile, command })),
  );
  try {
    assert.ok(started.kind === 'exited' && started.code === 0, JSON.stringify(started));
    const logs = await exec(await containerLogs(engine, name, { follow: true }));
    assert.match(logs.stdout, /<bonjour à "tous" \$HOME><>/);
  } finally {
    await exec(await removeContainers(engine, [name], true));
  }
});
