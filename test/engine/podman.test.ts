// What is read of a real Podman: over its service's API, and by its command line alone, the same.
import '../client/register-vscode.ts';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineEvent } from '../../client/src/engine/events.ts';
import { type Command, exec } from '../../client/src/runtime/exec.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { type Podman, startPodman } from '../parts/podman.ts';
import { run, runOrThrow, stopEverything } from '../parts/processes.ts';
import { isMissing } from '../parts/progress.ts';

const { overHttp } = await import('../../client/src/engine/connection.ts');
const { createWatch } = await import('../../client/src/engine/watch.ts');
const { readContainers, readImages } = await import('../../client/src/engine/reads.ts');
const { byCommandLine } = await import('../../client/src/containers/tree.ts');
const { createEngineAccess } = await import('../../client/src/runtime/engine.ts');
const { inspectImages, listImageIds } = await import('../../client/src/runtime/image-commands.ts');

const parts = readParts();
const image = parts.engine?.baseImage ?? '';
const skip = image && process.getuid?.() === 0 ? false : 'needs an engine with its base image, and root';
if (skip && process.env.CI === 'true') throw new Error(skip);
const limits = { skip, timeout: 120_000 };
const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse podman '));
const base = 'localhost/bikes:1';
let environment: Podman['environment'] = {};

const user = {
  engine: createEngineAccess(exec, () => ({ engine: 'podman', dockerPath: '', podmanPath: '' })),
  async run<T>(command: Command<T>): Promise<T> {
    const exit = await exec(command);
    assert.ok(exit.kind === 'exited' && exit.code === 0, exit.stderr);
    return (await command.parse?.(exit.stdout, exit.stderr)) as T;
  },
};
const podman = async (...args: string[]) =>
  (await runOrThrow('podman', args, { env: environment })).stdout.trim();
const withoutRaw = <T extends { raw: unknown; id: string }>({ raw: _, ...details }: T) => ({
  ...details,
  id: details.id.replace(/^sha256:/, ''),
});
const inOrder = <T extends { id: string }>(all: readonly T[]) =>
  all.toSorted((a, b) => a.id.localeCompare(b.id));

before(async () => {
  if (skip) return;
  const started = await startPodman(() => {});
  assert.ok(!isMissing(started), JSON.stringify(started));
  environment = started.environment;
  const env = toolEnvironment(parts);
  const id = (await runOrThrow('docker', ['create', image, 'true'], { env })).stdout.trim();
  await runOrThrow('docker', ['export', '--output', path.join(folder, 'root.tar'), id], { env });
  await run('docker', ['rm', id], { env });
  await podman('import', path.join(folder, 'root.tar'), base);
  Object.assign(process.env, environment);
});
after(async () => {
  rmSync(folder, { recursive: true });
  await stopEverything();
});

test('containers are read alike over the API and by the command line', limits, async () => {
  await podman('run', '--detach', '--name=runs', '--label=a=`b`', '--network=none', base, 'sleep', '100');
  await podman('create', '--name=new', base, 'true');
  await run('podman', ['run', '--name=fails', '--network=none', base, 'sh', '-c', 'exit 3'], {
    env: environment,
  });
  const over = await overHttp(user, readContainers);
  assert.deepEqual(over?.map(({ name }) => name).sort(), ['fails', 'new', 'runs']);
  const told = await byCommandLine(user);
  const words = (all: typeof told) =>
    inOrder(all).map(({ id, name, image, exitCode, running, command }) => ({
      id,
      name,
      image,
      exitCode,
      running,
      command,
    }));
  assert.deepEqual(words(over), words(told));
});

test('images are read alike over the API and by the command line', limits, async () => {
  const over = await overHttp(user, readImages);
  const ids = await user.run(await listImageIds(await user.engine.get()));
  const told = await user.run(await inspectImages(await user.engine.get(), ids));
  assert.deepEqual(inOrder((over ?? []).map(withoutRaw)), inOrder(told.map(withoutRaw)));
  assert.deepEqual(
    over?.flatMap(({ tags }) => tags),
    [base],
  );
});

test('its events name what they are about', limits, async () => {
  const seen: EngineEvent[] = [];
  const release = createWatch(exec, user.engine, (events) => void seen.push(...events)).retain([
    'container',
    'image',
  ]);
  await sleep(1_500);
  const id = await podman('create', '--name=later', base, 'true');
  await podman('tag', base, 'localhost/bikes:2');
  await sleep(1_500);
  release();
  assert.ok(seen.some((event) => event.kind === 'container' && event.action === 'create' && event.id === id));
  assert.ok(seen.some((event) => event.kind === 'image' && event.action === 'tag'));
});

test('without its service the command line is asked', limits, async () => {
  const before = process.env.CONTAINER_HOST;
  delete process.env.CONTAINER_HOST;
  try {
    const engine = createEngineAccess(exec, () => ({ engine: 'podman', dockerPath: '', podmanPath: '' }));
    assert.equal(await overHttp({ ...user, engine }, readContainers), undefined);
    assert.ok((await byCommandLine({ ...user, engine })).some(({ name }) => name === 'runs'));
  } finally {
    process.env.CONTAINER_HOST = before;
  }
});
