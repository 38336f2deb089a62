// What running containers take, shown in their rows while the view is visible.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Node } from '../../client/src/ui/tree.ts';
import { openDoor } from './engine-door.ts';
import { eventually, execute, screen } from './fake-vscode.ts';

const { docker, forever, inspect, limits, make, name, nodes, workbench } = await import(
  './container-world.ts'
);

const view = () => screen.trees.get('wheelhouse.containers') ?? assert.fail();
const row = (item: Node) => (view().provider.getTreeItem(item) as { description: string }).description;

/** Never the same share of a processor for long: on a machine at rest, a steady load is 100% in each figure. */
const unsteady = `
import random, time
kept = bytearray(50_000_000)
while True:
    end = time.monotonic() + random.uniform(0.1, 0.6)
    while time.monotonic() < end: pass
    time.sleep(random.uniform(0, 0.4))
`;

test('rows say processors and memory while one looks, the tooltip the last minutes', limits, async () => {
  const door = await openDoor(process.env.DOCKER_HOST ?? '');
  const before = process.env.DOCKER_HOST;
  process.env.DOCKER_HOST = door.host;
  workbench.engine.forget();
  try {
    await make('busy', ['--memory', '200m'], 'python3', '-c', unsteady);
    // Rows are in the order of the seconds in which containers were started.
    const started = Date.parse(await inspect(name('busy'), '{{.State.StartedAt}}'));
    await sleep(Math.max(0, 1_000 - (started % 1_000) - (Date.now() - started)));
    await make('idle', [], ...forever);
    await make('ended', [], 'true');
    view().see(true);
    const drawn = await nodes();
    const [busy, ended] = ['busy', 'ended'].map(
      (suffix) => drawn.find(({ label }) => label === name(suffix)) ?? assert.fail(suffix),
    ) as [Node, Node];
    await eventually(() => (/CPU \d/.test(row(busy)) ? true : undefined));
    const words =
      /^running · (\d+) MiB · CPU ([\d.]+)% · under 1 min$/.exec(row(busy)) ?? assert.fail(row(busy));
    assert.ok(Number(words[2]) > 1, 'busy, though others may be busier');
    const [told] = (await docker('stats', '--no-stream', '--format', '{{.MemUsage}}', name('busy'))).split(
      'MiB',
    );
    assert.ok(Math.abs(Number(words[1]) - Number(told)) <= 2, `${words[1]} and ${told}`);
    assert.doesNotMatch(row(ended), /CPU|iB/);

    // Rows alone are drawn, those that VS Code knows, and no more often than one can read.
    view().redrawn.length = 0;
    await sleep(5_000);
    const patches = view().redrawn as Node[][];
    assert.ok(patches.length >= 1 && patches.length <= 3, `${patches.length}`);
    assert.ok(patches.flat().every((patched) => !patched || patched.label !== name('ended')));
    assert.ok(patches.flat().includes(busy));
    const { value } = await view()
      .provider.resolveTreeItem({}, busy)
      .then((item) => (item as { tooltip: { value: string } }).tooltip);
    assert.match(value, /- CPU: \d.*% · [▁▂▃▄▅▆▇█]+ · .*% to .*%\n- Memory: \d+ MiB of 200 MiB(?: · |$)/m);

    // What somebody reads is left as it is.
    view().redrawn.length = 0;
    await sleep(4_500);
    assert.ok(!(view().redrawn as Node[][]).flat().includes(busy));

    const order = async () =>
      (await nodes()).flatMap(({ label }) => ['busy', 'idle', 'ended'].filter((one) => label === name(one)));
    assert.deepEqual(await order(), ['idle', 'busy', 'ended'], 'the one that was started last first');
    await execute('wheelhouse.containers.arrange', { sort: 'memory' });
    assert.deepEqual(await order(), ['busy', 'idle', 'ended']);
    // Figures come after the rows, which take their places then.
    view().see(false);
    view().see(true);
    assert.deepEqual(await order(), ['idle', 'busy', 'ended']);
    view().redrawn.length = 0;
    await eventually(() => (view().redrawn.includes(undefined) ? true : undefined));
    assert.deepEqual(await order(), ['busy', 'idle', 'ended']);
    await execute('wheelhouse.containers.arrange', { sort: 'state' });

    const isFollowed = async (suffix: string, isOpen: boolean) => {
      const id = await inspect(name(suffix), '{{.Id}}');
      await eventually(() => door.isOpenFor(`/containers/${id}/stats`) === isOpen);
    };
    await isFollowed('busy', true);
    await isFollowed('idle', true);
    await docker('stop', '--time', '0', name('busy'));
    // The editor draws the rows anew as the end is told of, which may be after the command has ended.
    const stopped = await inspect(name('busy'), '{{.Id}}');
    await eventually(async () => {
      await nodes();
      return !door.isOpenFor(`/containers/${stopped}/stats`);
    });
    await isFollowed('idle', true);
    view().see(false);
    await isFollowed('idle', false);
    view().redrawn.length = 0;
    await sleep(2_500);
    assert.deepEqual(view().redrawn, [], 'hidden, it does nothing');
  } finally {
    view().see(false);
    if (before === undefined) delete process.env.DOCKER_HOST;
    else process.env.DOCKER_HOST = before;
    workbench.engine.forget();
    await door.slam();
  }
});
