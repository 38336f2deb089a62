import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EngineEvent } from '../../client/src/engine/events.ts';
import { screen } from '../engine/fake-vscode.ts';

const { createTree } = await import('../../client/src/ui/tree.ts');

const event = (id: string): EngineEvent => ({ kind: 'container', action: 'die', id });
const view = (load: (events?: readonly EngineEvent[]) => Promise<readonly never[]>) => {
  const tree = createTree('a.view', load);
  const draw = () => screen.trees.get('a.view')?.provider.getChildren();
  return { tree, draw };
};

test('a view is told of all that happened since it was drawn, and loads anew where more may have changed', async () => {
  const told: (readonly string[] | undefined)[] = [];
  const { tree, draw } = view(async (events) => {
    told.push(events?.map(({ id }) => id));
    return [];
  });
  await draw();
  tree.refresh([event('a')]);
  tree.refresh([event('b')]);
  await draw();
  tree.refresh([event('c')]);
  tree.refresh();
  tree.refresh([event('d')]);
  await draw();
  // VS Code asks by itself as well.
  await draw();
  assert.deepEqual(told, [undefined, ['a', 'b'], undefined, undefined]);
});

test('loads of a view come one after the other, also after one that failed', async () => {
  let running = 0;
  let most = 0;
  const { tree, draw } = view(async (events) => {
    most = Math.max(most, ++running);
    await new Promise(setImmediate);
    running--;
    if (events?.length) throw new Error('no engine');
    return [];
  });
  const first = draw();
  tree.refresh([event('a')]);
  const second = draw();
  assert.deepEqual(await Promise.all([first, second, draw()]), [[], [], []]);
  assert.equal(most, 1);
});

test('only what is below the nodes that changed is drawn anew', async () => {
  const inner = { id: 'b', label: 'b', icon: 'file', context: '' };
  const outer = { ...inner, id: 'a', children: async () => [inner] };
  const tree = createTree('b.view', async () => [outer]);
  const provider = screen.trees.get('b.view')?.provider as unknown as {
    getChildren(node?: unknown): Promise<unknown[]>;
    onDidChangeTreeData(listener: (node: unknown) => void): void;
  };
  const fired: unknown[] = [];
  provider.onDidChangeTreeData((node) => fired.push(node));
  const [root] = await provider.getChildren();
  tree.redraw(['b']);
  await provider.getChildren(root);
  tree.redraw(['b', 'none']);
  assert.deepEqual(fired, [inner]);
});
