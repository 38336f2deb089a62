// What the tests of builders share: the view and its commands over a real buildx whose configuration is the tests' own, a real
// BuildKit by its address, and one in a container that buildx makes.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before } from 'node:test';
import type { Failure } from '../../client/src/runtime/failures.ts';
import type { JobResult } from '../../client/src/ui/jobs.ts';
import type { Node } from '../../client/src/ui/tree.ts';
import { startBuilder } from '../parts/builder.ts';
import { ensureBuildctl, ensureBuildkitd } from '../parts/buildx.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { run, runOrThrow, stopEverything } from '../parts/processes.ts';
import { isMissing } from '../parts/progress.ts';
import { openFolders } from './fake-disk.ts';
import { createContext, screen } from './fake-vscode.ts';

const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { registerBuilders } = await import('../../client/src/builders/commands.ts');
const { registerImages } = await import('../../client/src/images/commands.ts');
const { registerCompose } = await import('../../client/src/compose/commands.ts');
const { registerContexts } = await import('../../client/src/contexts/commands.ts');
const { registerDisk } = await import('../../client/src/disk/commands.ts');
const { registerRawJson } = await import('../../client/src/ui/raw-json.ts');

export const parts = readParts();
const isReady = parts.engine?.baseImage && parts.engine.buildx && parts.engine.builder;
const skip = isReady ? false : 'needs an engine with its base image, buildx and BuildKit';
if (skip && process.env.CI === 'true') throw new Error(skip);
export const limits = { skip, timeout: 120_000 };

export const workbench = createWorkbench(createContext() as never);
registerBuilders(workbench);
registerContexts(workbench);
registerCompose(workbench);
registerImages(workbench, async () => undefined as never);
registerDisk(workbench);
registerRawJson();
export const results: JobResult[] = [];
export const failures: Failure[] = [];
workbench.api.onDidFinish((result) => results.push(result));
workbench.api.onDidFail((failure) => failures.push(failure));

export const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse builders '));
openFolders(folder);
export const config = path.join(folder, 'docker');
/** By its address, and running. */
export const remote = { name: '' };
export const boxed = 'wheelhouse-boxed';
const image = 'moby/buildkit:buildx-stable-1';

/** By another way than the extension's. */
export const cli = async (...args: string[]) => (await runOrThrow('docker', args)).stdout.trim();
/** What `ls` says beside a builder, or beside its only node. */
export async function told(name: string): Promise<string> {
  return (await cli('buildx', 'ls')).split('\n').find((line) => line.split(/[\s*]/).includes(name)) ?? '';
}
/** There is a line for each node, too. */
export const names = async () => [
  ...new Set((await cli('buildx', 'ls', '--format', '{{.Builder.Name}}')).split('\n').filter(Boolean)),
];

export async function nodes(node?: Node): Promise<readonly Node[]> {
  return ((await screen.trees.get('wheelhouse.builders')?.provider.getChildren(node)) ?? []) as Node[];
}
export async function node(label: string, below?: Node): Promise<Node> {
  const all = await nodes(below);
  const found = all.find((each) => each.label === label);
  assert.ok(found, `no node ${label} in ${all.map((each) => each.label).join(', ')}`);
  return found;
}

/** Fails where the file says so. */
export async function build(builder: string, file: string, text: string): Promise<void> {
  writeFileSync(path.join(folder, 'context', file), text);
  await run('docker', [
    'buildx',
    'build',
    '--builder',
    builder,
    '--file',
    path.join(folder, 'context', file),
    path.join(folder, 'context'),
  ]);
}

/** The image of BuildKit, which cannot be pulled here, of the real programs. */
export async function makeBuildkitImage(): Promise<void> {
  const from = path.join(folder, 'buildkit');
  mkdirSync(from);
  for (const program of [await ensureBuildkitd(() => {}), await ensureBuildctl(() => {})]) {
    assert.ok(!isMissing(program), JSON.stringify(program));
    copyFileSync(program, path.join(from, path.basename(program)));
  }
  copyFileSync((await runOrThrow('which', ['runc'])).stdout.trim(), path.join(from, 'runc'));
  await makeImageOf(from, 'COPY buildkitd buildctl runc /usr/bin/\nENTRYPOINT ["buildkitd"]');
}

/** Under the name that buildx takes. */
export async function makeImageOf(from: string, lines: string): Promise<void> {
  writeFileSync(path.join(from, 'Dockerfile'), `FROM ${parts.engine?.baseImage}\n${lines}\n`);
  await cli('buildx', 'build', '--builder', 'default', '--load', '--tag', image, from);
}

export const container = `buildx_buildkit_${boxed}0`;

before(async () => {
  if (skip) return;
  Object.assign(process.env, toolEnvironment(parts));
  await runOrThrow('cp', ['-r', process.env.DOCKER_CONFIG ?? '', config]);
  rmSync(path.join(config, 'buildx'), { recursive: true, force: true });
  process.env.DOCKER_CONFIG = config;
  const daemon = await ensureBuildkitd(() => {});
  assert.ok(!isMissing(daemon));
  const started = await startBuilder(() => {}, daemon, config, []);
  assert.ok(!isMissing(started), JSON.stringify(started));
  remote.name = started;
  mkdirSync(path.join(folder, 'context'));
  writeFileSync(path.join(folder, 'context', 'a'), Buffer.alloc(2_000_000, 'a'));
});
after(async () => {
  if (!skip) {
    await run('docker', ['rm', '--force', '--volumes', container]);
    await run('docker', ['volume', 'rm', '--force', `${container}_state`]);
    await run('docker', ['image', 'rm', '--force', image]);
  }
  rmSync(folder, { recursive: true, force: true });
  await stopEverything();
});
