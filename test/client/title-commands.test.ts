import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inTitle, titleOnly } from '../../client/src/ui/title-commands.ts';

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

test('what stands in titles alone takes no row for its answer', () => {
  const alone = titleOnly(manifest);
  for (const id of ['disk.show', 'images.pull', 'volumes.create', 'networks.prune', 'containers.filter'])
    assert.ok(alone.has(`wheelhouse.${id}`), id);
  for (const id of ['registries.login', 'volumes.prune', 'devcontainers.add']) {
    assert.ok(alone.has(inTitle(`wheelhouse.${id}`)), id);
    assert.ok(!alone.has(`wheelhouse.${id}`), id);
  }
  assert.deepEqual([...titleOnly(undefined)], []);
});

test('a command that is in a title and at rows does the same for both', () => {
  const { menus } = manifest.contributes as { menus: Record<string, { command?: string }[]> };
  const of = (menu: string) => new Set(menus[menu]?.flatMap(({ command }) => command ?? []));
  const rows = of('view/item/context');
  // Each of a project, and the row that has the focus is one.
  const ofProject = ['wheels.build', 'images.build', 'project.addContainerFiles'];
  assert.deepEqual(
    [...of('view/title')].filter((id) => rows.has(id)).toSorted(),
    ofProject.map((id) => `wheelhouse.${id}`).toSorted(),
  );
});
