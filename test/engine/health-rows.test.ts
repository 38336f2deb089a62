// What a health check comes to stands in the row as soon as the engine knows it, with nothing else happening.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Node } from '../../client/src/ui/tree.ts';
import { eventually, screen } from './fake-vscode.ts';

const { docker, forever, inspect, limits, make, name, node, nodes } = await import('./container-world.ts');

const view = () => screen.trees.get('wheelhouse.containers') ?? assert.fail();
const row = (item: Node) => (view().provider.getTreeItem(item) as { description: string }).description;

test('a container that is well, falls ill and gets well again says so in its row', limits, async () => {
  const check = ['--health-cmd', 'test ! -e /ill', '--health-interval', '1s', '--health-retries', '1'];
  await make('checked', check, ...forever);
  view().see(true);
  try {
    await nodes();
    const comesTo = async (state: string, words: RegExp) => {
      await eventually(
        async () =>
          (await inspect(name('checked'), '{{.State.Health.Status}}')).trim() === state || undefined,
        30_000,
      );
      await eventually(async () => words.test(row(await node('checked'))) || undefined);
    };
    await comesTo('healthy', /^running · (?!.*(?:unhealthy|not known))/);
    await docker('exec', name('checked'), 'touch', '/ill');
    await comesTo('unhealthy', /^running · .*unhealthy/);
    await docker('exec', name('checked'), 'rm', '/ill');
    await comesTo('healthy', /^running · (?!.*unhealthy)/);
  } finally {
    view().see(false);
  }
});
