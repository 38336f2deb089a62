// What the tests of contexts share: all views and commands over two real engines, each a context of a command line whose
// configuration is the tests' own.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before } from 'node:test';
import type { Failure } from '../../client/src/runtime/failures.ts';
import type { JobResult } from '../../client/src/ui/jobs.ts';
import type { Node } from '../../client/src/ui/tree.ts';
import { startEngine } from '../parts/engine.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { run, runOrThrow, stopEverything } from '../parts/processes.ts';
import { isMissing } from '../parts/progress.ts';
import { createContext, screen } from './fake-vscode.ts';

const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { registerContainers } = await import('../../client/src/containers/commands.ts');
const { registerContexts } = await import('../../client/src/contexts/commands.ts');
const { registerFiles } = await import('../../client/src/files/commands.ts');
const { registerImages } = await import('../../client/src/images/commands.ts');
const { registerNetworks } = await import('../../client/src/networks/commands.ts');
const { registerDisk } = await import('../../client/src/disk/commands.ts');
const { registerRegistries } = await import('../../client/src/registries/commands.ts');
const { registerVolumes } = await import('../../client/src/volumes/commands.ts');
const { registerRawJson } = await import('../../client/src/ui/raw-json.ts');

export const parts = readParts();
export const image = parts.engine?.baseImage ?? '';
const skip = image && process.getuid?.() === 0 ? false : 'needs an engine with its base image, and root';
if (skip && process.env.CI === 'true') throw new Error(skip);
export const limits = { skip, timeout: 90_000 };

export const vscodeContext = createContext();
export const workbench = createWorkbench(vscodeContext as never);
registerContainers(workbench, registerFiles(workbench));
registerImages(workbench, async () => undefined as never);
registerVolumes(workbench);
registerNetworks(workbench);
registerContexts(workbench);
registerDisk(workbench);
registerRegistries(workbench, async () => [] as never);
registerRawJson();
export const results: JobResult[] = [];
export const failures: Failure[] = [];
workbench.api.onDidFinish((result) => results.push(result));
workbench.api.onDidFail((failure) => failures.push(failure));

export const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse contexts '));
export const config = path.join(folder, 'docker');
export const hosts = { first: '', second: '' };
export type Which = keyof typeof hosts;

/** By another way than the extension's: the address, and no context. */
export async function on(which: Which, ...args: string[]): Promise<string> {
  return (await runOrThrow('docker', ['--host', hosts[which], ...args])).stdout.trim();
}
export const cli = async (...args: string[]) => (await runOrThrow('docker', args)).stdout.trim();

export async function nodes(view = 'contexts'): Promise<readonly Node[]> {
  return ((await screen.trees.get(`wheelhouse.${view}`)?.provider.getChildren()) ?? []) as Node[];
}
export async function node(label: string, view = 'contexts'): Promise<Node> {
  const all = await nodes(view);
  const found = all.find((each) => each.label === label);
  assert.ok(found, `no node ${label} in ${all.map((each) => each.label).join(', ')}`);
  return found;
}

before(async () => {
  if (skip) return;
  Object.assign(process.env, toolEnvironment(parts));
  hosts.first = process.env.DOCKER_HOST || 'unix:///var/run/docker.sock';
  delete process.env.DOCKER_HOST;
  // Builders are those of the tests.
  await runOrThrow('cp', ['-r', process.env.DOCKER_CONFIG ?? '', config]);
  process.env.DOCKER_CONFIG = config;
  const second = await startEngine(() => {});
  assert.ok(!isMissing(second), JSON.stringify(second));
  hosts.second = second.host;
  const archive = path.join(folder, 'base.tar');
  await on('first', 'save', '--output', archive, image);
  await on('second', 'load', '--input', archive);
});
after(async () => {
  if (!skip) {
    const names = (
      await run('docker', [
        '--host',
        hosts.first,
        'ps',
        '--all',
        '--quiet',
        '--filter',
        'label=wheelhouse.contexts',
      ])
    ).stdout;
    const ids = names.split('\n').filter(Boolean);
    if (ids.length) await run('docker', ['--host', hosts.first, 'rm', '--force', ...ids]);
  }
  rmSync(folder, { recursive: true, force: true });
  await stopEverything();
});
