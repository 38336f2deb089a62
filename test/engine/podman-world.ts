// What the tests of Podman share: a real one of their own, with a base image.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before } from 'node:test';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { type Podman, startPodman } from '../parts/podman.ts';
import { run, runOrThrow, stopEverything } from '../parts/processes.ts';
import { isMissing } from '../parts/progress.ts';

const parts = readParts();
const image = parts.engine?.baseImage ?? '';
export const skip =
  image && process.getuid?.() === 0 ? false : 'needs an engine with its base image, and root';
if (skip && process.env.CI === 'true') throw new Error(skip);
export const limits = { skip, timeout: 120_000 };
export const base = 'localhost/bikes:1';

let environment: Podman['environment'] = {};
/** Where it is, also while the variables of this process lead elsewhere. */
export const podmanEnvironment = () => environment;
export const podman = async (...args: string[]) =>
  (await runOrThrow('podman', args, { env: environment })).stdout.trim();

before(async () => {
  if (skip) return;
  const started = await startPodman(() => {});
  assert.ok(!isMissing(started), JSON.stringify(started));
  environment = started.environment;
  const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse podman '));
  try {
    const env = toolEnvironment(parts);
    const archive = path.join(folder, 'root.tar');
    const id = (await runOrThrow('docker', ['create', image, 'true'], { env })).stdout.trim();
    await runOrThrow('docker', ['export', '--output', archive, id], { env });
    await run('docker', ['rm', id], { env });
    await podman('import', archive, base);
  } finally {
    rmSync(folder, { recursive: true });
  }
  Object.assign(process.env, environment);
});
after(stopEverything);
