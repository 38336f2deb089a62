// What comes into the first rows of a view after they are drawn.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Later, Node } from '../../client/src/ui/tree.ts';
import { screen } from '../engine/fake-vscode.ts';

const { createTree, isNode } = await import('../../client/src/ui/tree.ts');

const turns = async () => {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
};
const row = (id: string, description: string, more: Partial<Node> = {}): Node => ({
  id,
  label: id,
  icon: 'x',
  context: ';x;',
  description,
  ...more,
});
/** A view whose loads tell first what `listed` has, and the rest when `tell` is called. */
const twoSteps = (name: string, listed: () => readonly Node[]) => {
  const loads: (Later | undefined)[] = [];
  const steps: { tell(rows: readonly Node[]): void; fail(): void }[] = [];
  const tree = createTree(name, async (_events, later) => {
    loads.push(later);
    later?.(
      new Promise((resolve, reject) => {
        steps.push({ tell: resolve, fail: () => reject(new Error('gone')) });
      }),
    );
    if (!later && listed().some(({ id }) => id === 'bad')) throw new Error('gone');
    return listed();
  });
  const seen = screen.trees.get(name) ?? assert.fail();
  seen.see(true);
  seen.redrawn.length = 0;
  return { ...seen, tree, loads, steps };
};

test('what comes after the first rows comes into them: none moves, and only those that look different are drawn', async () => {
  const listed = [
    row('head', '2', { children: [row('in', 'listed'), row('beside', 'same')] }),
    row('one', 'same'),
    row('two', 'listed', { children: [] }),
  ];
  const { provider, redrawn, loads, steps, tree } = twoSteps('i.view', () => listed);
  const roots = (await provider.getChildren()) as Node[];
  const inner = (await provider.getChildren(roots[0])) as Node[];
  steps[0]?.tell([
    row('two', 'known', { children: [row('below', 'new')] }),
    row('one', 'same', { value: 'known' }),
    row('head', '2', { children: [row('beside', 'same'), row('in', 'known')] }),
  ]);
  await turns();
  assert.deepEqual(redrawn, [[inner[0], roots[2]]]);
  assert.deepEqual(
    roots.map(({ id, description }) => `${id} ${description}`),
    ['head 2', 'one same', 'two known'],
  );
  assert.equal(roots[1]?.value, 'known', 'a command on a row that looks the same gets what is known now');
  await tree.reveal('below');
  assert.equal((screen.revealed.at(-1) as Node | undefined)?.id, 'below');
  assert.deepEqual(
    ((await provider.getChildren(roots[2])) as Node[]).map(({ id }) => id),
    ['below'],
  );
  assert.ok(isNode(((await provider.getChildren(roots[2])) as Node[])[0]), 'a menu could not use it');
  assert.equal(loads.length, 1);
  // Rows with all that is told of them stay until all is known of the next ones.
  tree.refresh();
  await provider.getChildren();
  assert.deepEqual(
    loads.map((later) => later !== undefined),
    [true, false],
  );
});

test('other rows than the first ones, and a failure after them, are drawn by a load that waits for all', async () => {
  let rows = [row('a', 'listed')];
  const { provider, redrawn, loads, steps } = twoSteps('j.view', () => rows);
  await provider.getChildren();
  rows = [row('a', 'known'), row('b', 'known')];
  steps[0]?.tell(rows);
  await turns();
  assert.deepEqual(redrawn, [undefined]);
  await provider.getChildren();
  assert.equal(loads[1], undefined);

  rows = [row('bad', 'listed')];
  const failing = twoSteps('k.view', () => rows);
  await failing.provider.getChildren();
  failing.steps[0]?.fail();
  await turns();
  assert.deepEqual(failing.redrawn, [undefined]);
  const [failed] = (await failing.provider.getChildren()) as Node[];
  assert.match(failed?.id ?? '', /^failed:/);
  await turns();
  assert.equal(failing.loads.length, 2, 'it asks again and again');
});

test('what is told of the rows of an earlier load is not drawn into those of a later one', async () => {
  const { provider, redrawn, steps } = twoSteps('l.view', () => [row('a', 'listed')]);
  await provider.getChildren();
  const [now] = (await provider.getChildren()) as Node[];
  steps[0]?.tell([row('b', 'as before')]);
  await turns();
  assert.deepEqual([redrawn, now?.description], [[], 'listed']);
  steps[1]?.tell([row('a', 'as now')]);
  await turns();
  assert.deepEqual([redrawn, now?.description], [[[now]], 'as now']);
});
