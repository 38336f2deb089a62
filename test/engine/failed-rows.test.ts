// Why a container failed stands in its row and at the end of its tooltip, as its own log has it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Node } from '../../client/src/ui/tree.ts';
import { eventually, screen } from './fake-vscode.ts';

const { created, docker, ended, image, limits, make, name, node, nodes, workbench } = await import(
  './container-world.ts'
);
const { lastWords } = await import('../../client/src/containers/last-words.ts');
const { inspectContainers } = await import('../../client/src/runtime/container-commands.ts');

const view = () => screen.trees.get('wheelhouse.containers') ?? assert.fail();
const row = (item: Node) => (view().provider.getTreeItem(item) as { description: string }).description;
const comesTo = (suffix: string, words: RegExp) =>
  eventually(async () => words.test(row(await node(suffix))) || undefined, 30_000).catch(async () =>
    assert.fail(`${row(await node(suffix))} is not ${words}`),
  );

/** Its stdout is a pipe, and so is written at its end, after the exception. */
const train = () => [
  'python3',
  '-c',
  `print(*[f"INFO epoch {n}" for n in range(30)], sep="\\n")\nraise ValueError("lr is NaN")`,
];

test('an exception stands in the row, and last in the tooltip', limits, async () => {
  await make('trained', [], ...train());
  await make('quiet', [], 'sh', '-c', 'exit 4');
  await make('killed', [], 'sh', '-c', 'echo "ValueError: before" >&2; exit 137');
  await ended(name('trained'), name('quiet'), name('killed'));
  await nodes();
  view().see(true);
  try {
    await comesTo('trained', /^exited 1 · ValueError: lr is NaN · just now$/);
    // Its row alone was drawn anew.
    assert.ok(view().redrawn.some((drawn) => Array.isArray(drawn) && drawn.length === 1));
    const item = (await view().provider.resolveTreeItem({}, await node('trained'))) as {
      tooltip: { value: string };
    };
    assert.match(item.tooltip.value, /exited 1 · ValueError: lr is NaN[\s\S]*\nValueError: lr is NaN\n```$/);
    assert.ok(!item.tooltip.value.includes('INFO epoch 29'), item.tooltip.value);
    assert.match(row(await node('quiet')), /^exited 4 · just now$/);
    assert.match(row(await node('killed')), /^exited 137 · killed · just now$/);
  } finally {
    view().see(false);
  }
});

test('what ends anew is read anew', limits, async () => {
  const code =
    'import os; there = os.path.exists("/ran"); open("/ran", "w"); raise KeyError("second" if there else "first")';
  await make('again', [], 'python3', '-c', code);
  await ended(name('again'));
  view().see(true);
  try {
    await comesTo('again', /^exited 1 · KeyError: 'first' · /);
    await docker('start', name('again'));
    await ended(name('again'));
    await comesTo('again', /^exited 1 · KeyError: 'second' · /);
  } finally {
    view().see(false);
  }
});

test('the command line tells the same, and so does a terminal', limits, async () => {
  created.push(name('terminal'));
  await docker('run', '--detach', '--tty', '--name', name('terminal'), image, ...train());
  await ended(name('terminal'));
  const engine = await workbench.engine.get();
  const facts = { step: 'looking', tool: 'engine' } as const;
  const [container] = await workbench.run(await inspectContainers(engine, [name('terminal')]), facts);
  assert.ok(container);
  const reason = 'ValueError: lr is NaN';
  assert.equal((await lastWords(workbench, container)).reason, reason);
  const copy = { ...engine };
  let logs = 0;
  const user: Parameters<typeof lastWords>[0] = {
    // Of this engine nothing is known yet, and where it listens cannot be found out.
    engine: { ...workbench.engine, get: async () => copy },
    run: async (command, facts) => {
      if (!command.args.includes('logs')) throw new Error('no');
      logs++;
      return workbench.run(command, facts);
    },
  };
  const words = await lastWords(user, container);
  assert.deepEqual([words.reason, words.lines.at(-1), logs], [reason, reason, 1]);
});
