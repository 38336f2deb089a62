// What does something with one thing does it with the row that is clicked or has the focus, whichever others are selected.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Given } from '../../client/src/ui/handlers.ts';
import { screen } from '../engine/fake-vscode.ts';

const { registerHandlers } = await import('../../client/src/ui/handlers.ts');
const { choose } = await import('../../client/src/ui/choose.ts');
const { createTree } = await import('../../client/src/ui/tree.ts');
const { containerActions } = await import('../../client/src/containers/actions.ts');
const { volumeActions } = await import('../../client/src/volumes/actions.ts');
const { imageActions } = await import('../../client/src/images/actions.ts');

const rows = ['one', 'two', 'three'].map((id) => ({
  id,
  label: id,
  icon: 'file',
  context: ';thing;',
  value: { thing: id },
}));
const kind = {
  key: 'thing',
  title: 'Thing',
  load: async () => rows.map(({ id }) => id),
  refs: (id: string) => [id] as const,
  choice: (id: string) => ({ label: id }),
  none: () => ({ id: 'none', message: 'None.', remedy: '' }),
  gone: () => ({ id: 'gone', message: 'Gone.', remedy: '' }),
};

test('a key and a menu name the row with the focus, also through a look at what is selected', async () => {
  const tree = createTree('f.view', async () => rows as never, { selectMany: true });
  const { provider, view, choose: select } = screen.trees.get('f.view') ?? assert.fail();
  const [one, two, three] = (await provider.getChildren()) as never[];
  const commands = new Map<string, (...given: Given) => unknown>();
  const workbench = { command: (id: string, run: (...given: Given) => unknown) => commands.set(id, run) };
  for (const table of [containerActions, volumeActions, imageActions]) {
    const handlers = Object.fromEntries(
      Object.keys(table.actions).map((name) => [
        name,
        // As the rooms do, which look at the selection themselves.
        async (...given: Given) => choose(kind, { title: name }, ...tree.meant(...given)),
      ]),
    );
    registerHandlers(workbench as never, table, tree, handlers);
  }
  view.selection = [one, two, three];
  select(one, two, three);
  const key = { selection: true };
  for (const id of ['containers.rename', 'volumes.importInto', 'volumes.clone', 'images.tag']) {
    const run = commands.get(`wheelhouse.${id}`) ?? assert.fail(id);
    assert.deepEqual(await run([two, key]), ['two'], id);
    assert.deepEqual(await run(three, [one, two, three]), ['three'], id);
    // Where no row is told it is asked for, not guessed.
    const asked = screen.asked.length;
    await run([undefined, key]);
    assert.equal(screen.asked.length, asked + 1, id);
  }
  const all = commands.get('wheelhouse.containers.remove') ?? assert.fail();
  assert.deepEqual(await all([two, key]), ['one', 'two', 'three']);
});
