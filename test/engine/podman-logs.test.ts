// Logs and figures of a real Podman: over its service's API, and by its command line alone.
import '../client/register-vscode.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LogUser } from '../../client/src/containers/logs/follow.ts';
import type { Usage } from '../../client/src/engine/stats.ts';
import { type Command, exec } from '../../client/src/runtime/exec.ts';
import { run, runOrThrow } from '../parts/processes.ts';
import { base, limits, podman, podmanEnvironment } from './podman-world.ts';

const { createLiveFigures } = await import('../../client/src/containers/live.ts');
const { createLogSession } = await import('../../client/src/containers/logs/session.ts');
const { containersByCommandLine } = await import('../../client/src/engine/containers.ts');
const { overHttp } = await import('../../client/src/engine/connection.ts');
const { followUsage } = await import('../../client/src/engine/stats.ts');
const { createWatch } = await import('../../client/src/engine/watch.ts');
const { createEngineAccess } = await import('../../client/src/runtime/engine.ts');

function createUser(): LogUser {
  const engine = createEngineAccess(exec, () => ({ engine: 'podman', dockerPath: '', podmanPath: '' }));
  const listeners = new Set<Parameters<LogUser['watch']>[1]>();
  const watch = createWatch(exec, engine, (events) => listeners.forEach((listener) => void listener(events)));
  return {
    engine,
    async run<T>(command: Command<T>): Promise<T> {
      const exit = await exec(command);
      assert.ok(exit.kind === 'exited' && exit.code === 0, exit.stderr);
      return (await command.parse?.(exit.stdout, exit.stderr)) as T;
    },
    async stream(command, _facts, signal, onOutput) {
      await exec(command, { signal, onOutput });
    },
    watch(kinds, listener) {
      const release = watch.retain(kinds);
      listeners.add(listener);
      return () => {
        release();
        listeners.delete(listener);
      };
    },
  };
}
const counting = 'n=0; while :; do n=$((n+1)); echo $n; echo err $n >&2; sleep 0.1; done';

for (const [way, isTerminal] of [
  ['over the API', false],
  ['over the API, of a terminal', true],
  ['by the command line', false],
] as const)
  test(`a log is followed over a restart ${way}`, limits, async () => {
    const host = process.env.CONTAINER_HOST;
    const name = `log-${way.length}`;
    await podman(
      'run',
      '--detach',
      `--name=${name}`,
      `--tty=${isTerminal}`,
      '--network=none',
      base,
      'sh',
      '-c',
      counting,
    );
    // Without the variable Podman asks no service, and none listens where it would by default.
    if (way === 'by the command line') delete process.env.CONTAINER_HOST;
    const user = createUser();
    try {
      const isServed = (await overHttp(user, async () => true)) ?? false;
      assert.equal(isServed, way !== 'by the command line');
      const container =
        (await containersByCommandLine(user)).find((one) => one.name === name) ?? assert.fail();
      const session = createLogSession(user, [container], () => {});
      session.load({ tail: 100 });
      const said = () => [...session.lines.after(0)].map(([, line]) => line);
      const until = async (word: RegExp, from = 0) => {
        for (let n = 0; n < 200; n++) {
          if (
            said()
              .slice(from)
              .some(({ plain }) => word.test(plain))
          )
            return;
          await sleep(100);
        }
        assert.fail(
          `${word} did not come: ${said()
            .map(({ plain }) => plain)
            .join(' | ')}`,
        );
      };
      await until(/^8$/);
      await podman('stop', '--time=0', name);
      await until(/exited 137/);
      await podman('start', name);
      await until(/started again/);
      await until(
        /^8$/,
        said().findIndex(({ plain }) => /started again/.test(plain)),
      );
      await podman('stop', '--time=0', name);
      await until(
        /exited 137/,
        said().findIndex(({ plain }) => /started again/.test(plain)),
      );
      const own = said().filter(({ isNote }) => !isNote);
      assert.ok(own.every(({ at }) => at !== ''));
      const all = (await runOrThrow('podman', ['logs', name], { env: podmanEnvironment() })).stdout.split(
        /\r?\n/,
      );
      assert.deepEqual(
        own.filter(({ plain }) => isTerminal || !plain.startsWith('err')).map(({ plain }) => plain),
        all.filter(Boolean),
      );
      if (!isTerminal) assert.ok(own.some(({ stream, plain }) => stream === 'stderr' && plain === 'err 2'));
      session.dispose();
    } finally {
      process.env.CONTAINER_HOST = host;
    }
  });

test('what a program writes to a terminal in pieces is one line', limits, async () => {
  const script = 'printf 10%%; sleep 0.5; printf ", 20%% "; sleep 0.5; echo done; echo next; sleep 60';
  await podman('run', '--detach', '--name=pieces', '--tty', '--network=none', base, 'sh', '-c', script);
  const user = createUser();
  for (const when of ['while it is written', 'afterwards']) {
    const [container] = (await containersByCommandLine(user)).filter(({ name }) => name === 'pieces');
    assert.ok(container);
    const session = createLogSession(user, [container], () => {});
    // Asked for the last lines, Podman 4 itself leaves pieces out.
    session.load({});
    const said = () => [...session.lines.after(0)].map(([, { plain }]) => plain);
    for (let n = 0; n < 100 && !said().includes('next'); n++) await sleep(100);
    assert.deepEqual(said(), ['10%, 20% done', 'next'], when);
    session.dispose();
  }
});

test('what containers take is told by the command line where no service answers', limits, async () => {
  const host = process.env.CONTAINER_HOST;
  delete process.env.CONTAINER_HOST;
  const drawn = new Map<string, number>();
  try {
    const user = createUser();
    const live = createLiveFigures(
      user,
      () => true,
      (changed) => {
        for (const { name, id } of changed) drawn.set(name, live.latest(id)?.memory ?? 0);
      },
    );
    const until = async (...names: string[]) => {
      for (let n = 0; n < 200 && !names.every((name) => drawn.get(name)); n++) await sleep(100);
      assert.deepEqual([...drawn.keys()].sort(), names.sort());
    };
    const all = async () =>
      (await containersByCommandLine(user)).filter(({ name }) => name.startsWith('cli-'));
    const make = (name: string) =>
      podman(
        'run',
        '--detach',
        `--name=${name}`,
        '--network=none',
        base,
        'python3',
        '-c',
        'x = bytearray(50_000_000)\nwhile True: pass',
      );
    await make('cli-one');
    const stop = live.begin();
    live.follow(await all());
    await until('cli-one');
    assert.ok((drawn.get('cli-one') ?? 0) > 50_000_000);
    await make('cli-two');
    live.follow(await all());
    await until('cli-one', 'cli-two');
    const processes = async () =>
      (await run('ps', ['-eo', 'args'])).stdout.split('\n').filter((line) => /stats --no-reset/.test(line));
    assert.equal((await processes()).length, 1, 'one process for all');
    stop();
    for (let n = 0; n < 100 && (await processes()).length; n++) await sleep(100);
    assert.deepEqual(await processes(), []);
  } finally {
    process.env.CONTAINER_HOST = host;
  }
});

test('what a container takes is told over the API', limits, async () => {
  const id = await podman(
    'run',
    '--detach',
    '--network=none',
    base,
    'python3',
    '-c',
    'x = bytearray(50_000_000)\nwhile True: pass',
  );
  const ending = new AbortController();
  const told: Usage[] = [];
  void overHttp(createUser(), (http) =>
    followUsage(http, id, ending.signal, (usage) => void told.push(usage)),
  );
  for (let n = 0; n < 200 && told.length < 4; n++) await sleep(100);
  ending.abort();
  assert.ok(told.length >= 4);
  assert.ok((told.at(-1)?.cpu ?? 0) > 1);
  assert.ok((told.at(-1)?.memory ?? 0) > 50_000_000);
});
