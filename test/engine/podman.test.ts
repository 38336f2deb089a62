// What is read of a real Podman: over its service's API, and by its command line alone, the same.
import '../client/register-vscode.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EngineEvent } from '../../client/src/engine/events.ts';
import { type Command, exec } from '../../client/src/runtime/exec.ts';
import { run } from '../parts/processes.ts';
import { eventually } from './fake-vscode.ts';
import { base, limits, podman, podmanEnvironment } from './podman-world.ts';

const { overHttp } = await import('../../client/src/engine/connection.ts');
const { processesOf } = await import('../../client/src/engine/gpu-memory.ts');
const { createWatch } = await import('../../client/src/engine/watch.ts');
const { readContainers, readImages } = await import('../../client/src/engine/reads.ts');
const { containersByCommandLine } = await import('../../client/src/engine/containers.ts');
const { createEngineAccess } = await import('../../client/src/runtime/engine.ts');
const { inspectImages, listImageIds } = await import('../../client/src/runtime/image-commands.ts');

const user = {
  engine: createEngineAccess(exec, () => ({ engine: 'podman', dockerPath: '', podmanPath: '' })),
  async run<T>(command: Command<T>): Promise<T> {
    const exit = await exec(command);
    assert.ok(exit.kind === 'exited' && exit.code === 0, exit.stderr);
    return (await command.parse?.(exit.stdout, exit.stderr)) as T;
  },
};
const withoutRaw = <T extends { raw: unknown; id: string }>({ raw: _, ...details }: T) => ({
  ...details,
  id: details.id.replace(/^sha256:/, ''),
});
const inOrder = <T extends { id: string }>(all: readonly T[]) =>
  all.toSorted((a, b) => a.id.localeCompare(b.id));

test('containers are read alike over the API and by the command line', limits, async () => {
  await podman('run', '--detach', '--name=runs', '--label=a=`b`', '--network=none', base, 'sleep', '100');
  await podman('create', '--name=new', base, 'true');
  await run('podman', ['run', '--name=fails', '--network=none', base, 'sh', '-c', 'exit 3'], {
    env: podmanEnvironment(),
  });
  const over = await overHttp(user, readContainers);
  assert.deepEqual(over?.map(({ name }) => name).sort(), ['fails', 'new', 'runs']);
  const told = await containersByCommandLine(user);
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
  // The process that follows may not listen yet, and tells what came before.
  const id = await podman('create', '--name=later', base, 'true');
  await podman('tag', base, 'localhost/bikes:2');
  await eventually(() =>
    seen.some((event) => event.kind === 'container' && event.action === 'create' && event.id === id),
  );
  await eventually(() => seen.some((event) => event.kind === 'image' && event.action === 'tag'));
  release();
});

test('processes are told as those of this machine', limits, async () => {
  const before = process.env.CONTAINER_HOST;
  const [id = '', pid] = (await podman('inspect', '--format', '{{.Id}} {{.State.Pid}}', 'runs')).split(' ');
  try {
    assert.deepEqual(await processesOf(user, id), [Number(pid)]);
    delete process.env.CONTAINER_HOST;
    const engine = createEngineAccess(exec, () => ({ engine: 'podman', dockerPath: '', podmanPath: '' }));
    assert.deepEqual(await processesOf({ ...user, engine }, id), [Number(pid)]);
  } finally {
    process.env.CONTAINER_HOST = before;
  }
});

test('without its service the command line is asked', limits, async () => {
  const before = process.env.CONTAINER_HOST;
  delete process.env.CONTAINER_HOST;
  try {
    const engine = createEngineAccess(exec, () => ({ engine: 'podman', dockerPath: '', podmanPath: '' }));
    assert.equal(await overHttp({ ...user, engine }, readContainers), undefined);
    assert.ok((await containersByCommandLine({ ...user, engine })).some(({ name }) => name === 'runs'));
  } finally {
    process.env.CONTAINER_HOST = before;
  }
});
