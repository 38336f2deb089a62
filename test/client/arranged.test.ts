// What a person chooses for a view: remembered, said by the view, undone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createContext, enter, execute, executeFromElsewhere, screen } from '../engine/fake-vscode.ts';

const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { createArranged } = await import('../../client/src/ui/arranged.ts');

type Thing = { readonly name: string; readonly kind: string };
const things: readonly Thing[] = [
  { name: 'b', kind: 'x' },
  { name: 'a', kind: 'y' },
];
const context = createContext();

/** As in a window that was opened just now. */
function open() {
  const workbench = createWorkbench(context as never);
  const failures: string[] = [];
  workbench.api.onDidFail(({ id }) => failures.push(id));
  const arranged = createArranged<Thing>(workbench, 'things', 'Things', {
    things: 'things',
    sorts: {
      usual: { title: 'As They Come', said: 'usual', compare: () => 0 },
      name: { title: 'By Name', said: 'name', compare: (a, b) => a.name.localeCompare(b.name) },
    },
    groups: {
      none: { title: 'Do Not Group', said: 'none', of: () => undefined },
      kind: { title: 'By Kind', said: 'kind', of: ({ kind }) => ({ id: kind, label: kind, icon: 'x' }) },
    },
    sum: (some) => ({ description: `${some.length}` }),
  });
  let loads = 0;
  const tree = workbench.tree('wheelhouse.things', [], async (events) => {
    loads += events ? 0 : 1;
    return arranged.nodes(things, ({ name, kind }) => ({
      id: name,
      label: name,
      description: kind,
      icon: 'x',
      context: ';thing;',
    }));
  });
  arranged.shownIn(tree);
  const shown = screen.trees.get('wheelhouse.things') ?? assert.fail();
  shown.see(true);
  const rows = async () =>
    ((await shown.provider.getChildren()) as { label: string }[]).map(({ label }) => label);
  const view = shown.view as typeof shown.view & { description?: string };
  return { rows, view, failures, loads: () => loads, provider: shown.provider };
}

test('a choice arranges the view without loading it, and is there in the next window', async () => {
  const { rows, view, loads } = open();
  assert.deepEqual(await rows(), ['b', 'a']);
  screen.answer = ({ labels }) => labels?.find((label) => label === 'By Name');
  await execute('wheelhouse.things.arrange');
  assert.deepEqual(screen.asked.at(-1)?.labels, [
    'Do Not Group',
    'By Kind',
    'As They Come',
    'By Name',
    'Filter…',
  ]);
  assert.deepEqual(await rows(), ['a', 'b']);
  assert.equal(loads(), 1);
  assert.equal(view.description, 'name');
  assert.deepEqual(await executeFromElsewhere('wheelhouse.things.arrange', { group: 'kind' }), {
    sort: 'name',
    group: 'kind',
    filter: '',
  });
  const again = open();
  assert.deepEqual(await again.rows(), ['x', 'y']);
  assert.equal(again.view.description, 'kind · name');
  await executeFromElsewhere('wheelhouse.things.arrange', { group: 'none', sort: 'usual' });
  assert.deepEqual(await again.rows(), ['b', 'a']);
  assert.equal(again.view.description, '');
});

test('a filter is said with how much it shows, finds nothing in words, and is cleared', async () => {
  const { rows, view } = open();
  await rows();
  screen.answer = ({ kind }) => (kind === 'pick' ? 'Filter…' : 'Y $(x)');
  await execute('wheelhouse.things.arrange');
  assert.deepEqual(await rows(), ['None of the things matches “Y $(x)”']);
  assert.equal(view.message, '0 of 2 match “Y $ (x)”.');
  screen.answer = ({ kind }) => (kind === 'input' ? 'Y' : undefined);
  await execute('wheelhouse.things.filter');
  assert.deepEqual(await rows(), ['a']);
  assert.equal(view.message, '1 of 2 match “Y”.');
  assert.equal(screen.context.get('wheelhouse.filtered.things'), true);
  // What stands in the box is the filter of now, and leaving it changes nothing.
  screen.answer = () => enter;
  await execute('wheelhouse.things.filter');
  screen.answer = () => undefined;
  await execute('wheelhouse.things.filter');
  assert.deepEqual(await rows(), ['a']);
  await execute('wheelhouse.things.clearFilter');
  assert.deepEqual(await rows(), ['b', 'a']);
  assert.equal(view.message, '');
  assert.equal(screen.context.get('wheelhouse.filtered.things'), false);
});

test('an arrangement that there is not is told, with those that there are', async () => {
  const { rows, failures } = open();
  assert.equal(await executeFromElsewhere('wheelhouse.things.arrange', { sort: 'valueOf' }), undefined);
  assert.deepEqual(failures, ['unknown-arrangement']);
  assert.deepEqual(await rows(), ['b', 'a']);
});
