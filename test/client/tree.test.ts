import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EngineEvent } from '../../client/src/engine/events.ts';
import { screen } from '../engine/fake-vscode.ts';

const { createTree, isNode } = await import('../../client/src/ui/tree.ts');
const { isAgreed, vouch } = await import('../../client/src/ui/vouched.ts');

const event = (id: string): EngineEvent => ({ kind: 'container', action: 'die', id });
const view = (load: (events?: readonly EngineEvent[]) => Promise<readonly never[]>) => {
  const tree = createTree('a.view', load);
  screen.trees.get('a.view')?.see(true);
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

test('what changes of some nodes is drawn by itself, on the very nodes that VS Code knows', async () => {
  let load = 0;
  const tree = createTree('a.view', async () => [
    { id: 'one', label: 'one', icon: 'x', context: ';x;', description: `load ${++load}`, value: 1 },
    {
      id: 'two',
      label: 'two',
      icon: 'x',
      context: ';x;',
      children: [{ id: 'in', label: 'in', icon: 'x', context: '' }],
    },
  ]);
  const { provider, redrawn } = screen.trees.get('a.view') ?? assert.fail();
  tree.patch([{ id: 'one', description: 'too early' }]);
  const [one, two] = await provider.getChildren();
  const [inner] = await provider.getChildren(two);
  tree.patch([
    { id: 'in', label: 'inner' },
    { id: 'gone', label: 'x' },
    { id: 'one', description: 'later' },
  ]);
  tree.patch([{ id: 'gone', label: 'x' }]);
  assert.deepEqual(redrawn, [[inner, one]]);
  assert.equal((redrawn[0] as unknown[])[1], one);
  assert.partialDeepStrictEqual(provider.getTreeItem(one), { id: 'one', description: 'later' });
  assert.partialDeepStrictEqual(one, { value: 1 });
  assert.equal(load, 1);
  const [again] = await provider.getChildren();
  tree.patch([{ id: 'in', label: 'not drawn now' }]);
  assert.equal(redrawn.length, 1);
  assert.partialDeepStrictEqual(provider.getTreeItem(again), { description: 'load 2' });
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
  const drawn = (await Promise.all([first, second, draw()])) as { id: string }[][];
  assert.deepEqual(
    drawn.map((nodes) => nodes.map(({ id }) => id)),
    [[], ['failed:'], []],
  );
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
  assert.deepEqual(fired, [[inner]]);
});

test('a row that changes has what is below it read no more, until that is drawn anew', async () => {
  let reads = 0;
  const below = async () => {
    if (++reads === 3) throw new Error('gone');
    return [{ id: `b${reads}`, label: 'b', icon: 'file', context: '' }];
  };
  const tree = createTree('h.view', async () => [
    { id: 'a', label: 'a', icon: 'file', context: '', children: below },
  ]);
  const provider = screen.trees.get('h.view')?.provider as unknown as {
    getChildren(node?: unknown): Promise<{ id: string }[]>;
  };
  const idsBelow = async (node: unknown) => (await provider.getChildren(node)).map(({ id }) => id);
  const [root] = await provider.getChildren();
  assert.deepEqual(await idsBelow(root), ['b1']);
  tree.patch([{ id: 'a', description: 'x' }]);
  assert.deepEqual(await idsBelow(root), ['b1']);
  tree.redraw(['a']);
  assert.deepEqual(await idsBelow(root), ['b2']);
  tree.redraw(['a']);
  assert.deepEqual(await idsBelow(root), ['failed:a']);
  assert.deepEqual(await idsBelow(root), ['b4'], 'a failure is not kept');
  const [again] = await provider.getChildren();
  assert.deepEqual(await idsBelow(again), ['b5']);
});

test('rows stay known until the next ones are there, as a menu may be open for one', async () => {
  const loads: ((rows: readonly never[]) => void)[] = [];
  const tree = createTree('j.view', () => new Promise((resolve) => loads.push(resolve)));
  const { provider, redrawn, see } = screen.trees.get('j.view') ?? assert.fail();
  see(true);
  const rows = (label: string) => [{ id: 'a', label, icon: 'file', context: '' }] as never;
  const first = provider.getChildren();
  await new Promise(setImmediate);
  loads[0]?.(rows('1'));
  await first;
  const before = redrawn.length;
  tree.refresh([event('a')]);
  await new Promise(setImmediate);
  assert.deepEqual([loads.length, redrawn.length], [2, before], 'read, and nothing forgotten');
  loads[1]?.(rows('2'));
  await new Promise(setImmediate);
  assert.deepEqual(redrawn.slice(before), [undefined]);
  assert.partialDeepStrictEqual(await provider.getChildren(), [{ label: '2' }]);
  assert.equal(loads.length, 2, 'what was read is drawn');
  tree.refresh([event('b')]);
  await new Promise(setImmediate);
  const asked = provider.getChildren();
  loads[2]?.(rows('3'));
  assert.partialDeepStrictEqual(await asked, [{ label: '3' }]);
  await new Promise(setImmediate);
  assert.deepEqual([loads.length, redrawn.length], [3, before + 1], 'drawn already');
});

test('a key that VS Code gives no row means what was selected, as far as it is drawn', async () => {
  const [one, two] = ['one', 'two'].map((id) => ({ id, label: id, icon: 'file', context: '' }));
  let drawn = [one, two];
  const tree = createTree('i.view', async () => drawn as never);
  const { provider, choose } = screen.trees.get('i.view') ?? assert.fail();
  await provider.getChildren();
  const ofKey = (focused?: unknown) => tree.meant([focused, { selection: true }]);
  assert.deepEqual(ofKey(), [undefined, []]);
  choose(two, one);
  assert.deepEqual(ofKey(), [two, [two, one]]);
  assert.deepEqual(ofKey(one), [one, undefined]);
  assert.deepEqual(tree.meant(), [undefined, undefined], 'the palette means nothing');
  drawn = [one];
  await provider.getChildren();
  assert.deepEqual(ofKey(), [one, [one]]);
});

test('a key waits for its row where VS Code has forgotten it to draw all anew', async () => {
  const rows = [{ id: 'one', label: 'one', icon: 'file', context: '' }];
  const tree = createTree('k.view', async () => rows as never);
  const { provider, view } = screen.trees.get('k.view') ?? assert.fail();
  const [one] = await provider.getChildren();
  const key = [undefined, { selection: true }];
  let isSettled = false;
  const waiting = tree.settled(key).then(() => {
    isSettled = true;
  });
  await tree.settled();
  await tree.settled([one, { selection: true }]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(isSettled, false, 'only a key without a row waits');
  view.selection = [one as never];
  await waiting;
  assert.deepEqual(tree.meant(key), [one, [one]]);
});

test('what a load that fails took away is not drawn anew', async () => {
  let fails = false;
  const tree = createTree('c.view', async () => {
    if (fails) throw new Error('no engine');
    return [{ id: 'a', label: 'a', icon: 'file', context: '' }];
  });
  const provider = screen.trees.get('c.view')?.provider as unknown as {
    getChildren(): Promise<unknown[]>;
    onDidChangeTreeData(listener: (nodes: unknown) => void): void;
  };
  const fired: unknown[] = [];
  provider.onDidChangeTreeData((nodes) => fired.push(nodes));
  await provider.getChildren();
  tree.patch([{ id: 'a', description: 'x' }]);
  assert.equal(fired.length, 1);
  fails = true;
  assert.partialDeepStrictEqual(await provider.getChildren(), [{ id: 'failed:' }]);
  tree.patch([{ id: 'a', description: 'y' }]);
  tree.redraw(['a']);
  assert.equal(fired.length, 1);
});

test('what is in a group that nobody opened changes as well, and is drawn so when it is opened', async () => {
  const inner = { id: 'in', label: 'in', icon: 'x', context: ';x;', description: 'old' };
  const tree = createTree('d.view', async () => [
    { id: 'group', label: 'g', icon: 'x', context: ';group;', children: [inner] },
  ]);
  const { provider, redrawn } = screen.trees.get('d.view') ?? assert.fail();
  const [group] = await provider.getChildren();
  tree.patch([{ id: 'in', description: 'new' }]);
  assert.deepEqual(redrawn, []);
  const [shown] = await provider.getChildren(group);
  assert.partialDeepStrictEqual(provider.getTreeItem(shown), { description: 'new' });
});

test('a node is shown where it lies in a group, and where a filter hides it once that is gone', async () => {
  let hides = true;
  const leaf = { id: 'leaf', label: 'leaf', icon: 'x', context: ';x;' };
  const one = { id: 'one', label: 'one', icon: 'x', context: ';x;', children: [leaf] };
  const group = { id: 'group', label: 'g', icon: 'x', context: ';group;', children: [one] };
  const tree = createTree('e.view', async () => (hides ? [] : [group]), {
    async showAll() {
      hides = false;
    },
  });
  screen.revealed.length = 0;
  await tree.reveal('leaf');
  assert.deepEqual(screen.revealed, [leaf]);
  const { provider } = screen.trees.get('e.view') as unknown as {
    provider: { getParent(node: unknown): { id: string } | undefined };
  };
  const parents = [provider.getParent(leaf), provider.getParent(one), provider.getParent(group)];
  assert.deepEqual(
    parents.map((node) => node?.id),
    ['one', 'group', undefined],
  );
  await tree.reveal('none');
  assert.equal(screen.revealed.length, 1);
});

test('what cannot be loaded is a row at its place that says why, what to do, and tries again', async () => {
  const { createContext } = await import('../engine/fake-vscode.ts');
  const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
  const { failed } = await import('../../client/src/runtime/failures.ts');

  const workbench = createWorkbench(createContext() as never);
  let failure = { id: 'gone', message: 'It [is](command:x) gone.', remedy: 'Look elsewhere.' };
  const outer = {
    id: 'a',
    label: 'a',
    icon: 'x',
    context: ';x;',
    async children(): Promise<never> {
      throw failed(failure);
    },
  };
  let isDown = false;
  workbench.tree('f.view', [], async () => {
    if (isDown) throw failed(failure);
    return [outer];
  });
  const { provider, redrawn, view } = screen.trees.get('f.view') ?? assert.fail();
  const [root] = await provider.getChildren();
  const [row] = (await provider.getChildren(root)) as [{ id: string }];
  assert.partialDeepStrictEqual(provider.getTreeItem(row), {
    id: 'failed:a',
    label: 'It [is] (command:x) gone.',
    description: 'Look elsewhere.',
    accessibilityInformation: { label: 'It [is] (command:x) gone., Look elsewhere.' },
  });
  assert.equal(view.message, undefined);
  const retry = screen.commands.get('wheelhouse.views.retry') ?? assert.fail();
  await retry(row);
  assert.deepEqual(redrawn.at(-1), [root]);
  view.selection = [row];
  await retry({ selection: true });
  view.selection = [];
  assert.deepEqual(redrawn, [[root], [root]]);
  isDown = true;
  const [whole] = await provider.getChildren();
  await retry(vouch(whole));
  assert.equal(redrawn.at(-1), undefined);
  // An empty view has buttons for that.
  failure = { ...failure, id: 'engine-absent' };
  assert.deepEqual(await provider.getChildren(), []);
});

test('a badge counts in words what failed while nobody looked, and goes when somebody looks', async () => {
  const { window } = await import('../engine/fake-vscode.ts');
  const { createUnseen } = await import('../../client/src/containers/unseen.ts');
  const { createEventReader } = await import('../../client/src/engine/events.ts');
  const { containerDetails } = await import('../../client/src/runtime/container-details.ts');
  const unseen = createUnseen(() => tree);
  const tree = createTree('g.view', async () => [], { heard: unseen.heard });
  const { see, view } = screen.trees.get('g.view') ?? assert.fail();
  const badge = () => (view as { badge?: { value: number; tooltip: string } }).badge;
  const read = createEventReader(['container']);
  const tell = (lines: readonly object[]) =>
    tree.refresh(read(lines.map((line) => `${JSON.stringify(line)}\n`).join('')));
  const die = (id: string, exitCode: string, action = 'die') => ({
    Type: 'container',
    Action: action,
    Actor: { ID: id, Attributes: { name: `name-${id}`, exitCode } },
  });
  tell([
    die('a', '0'),
    die('b', '137'),
    die('c', '143'),
    die('d', '3', 'start'),
    { ...die('e', '3'), Type: 'image' },
  ]);
  assert.equal(badge(), undefined);
  tell([die('a', '3'), die('a', '4'), die('b', '137', 'oom')]);
  tell([{ Type: 'container', Status: 'died', ID: 'p', Name: 'pod', ContainerExitCode: 1 }]);
  assert.deepEqual(badge(), {
    value: 3,
    tooltip: 'name-a: exited 4\nname-b: out of memory\npod: exited 1',
  });
  see(true);
  assert.equal(badge(), undefined);
  tell([die('a', '3')]);
  assert.equal(badge(), undefined);

  // Seen is what one looks at, not what stands open behind another window.
  const container = (Id: string, ExitCode: number) =>
    containerDetails({
      Id,
      Name: Id,
      State: { Status: 'exited', ExitCode, FinishedAt: '2026-11-01T00:00:00Z' },
    });
  // Of the list's words no end is known again.
  unseen.loaded([{ ...container('old', 1), finished: new Date(0), isListed: true }]);
  window.focus(false);
  unseen.loaded([container('old', 1)]);
  unseen.loaded([container('old', 1), container('new', 2), container('well', 0)]);
  assert.equal(badge()?.value, 1);
  // It stands still, so that it tells no age.
  assert.equal(badge()?.tooltip, 'new: exited 2');
  window.focus(true);
  assert.equal(badge(), undefined);
  tree.dispose();
});

test('a request of ours with the context of its build is no node', () => {
  const request = vouch({ dockerfile: '/a/Dockerfile', context: '/a' });
  assert.equal(isNode(request), false);
  assert.equal(isAgreed(request), true);
  const node = vouch({ id: 'a', label: 'a', icon: 'x', context: ';image;' });
  assert.equal(isNode(node), true);
  assert.equal(isAgreed(node), false);
  assert.equal(isNode({ ...node }), false, 'one that was not made here');
});
