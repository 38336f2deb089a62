// Projects that are not up, as the view of containers shows them: read by the real Compose, brought up from their rows.
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Node } from '../../client/src/ui/tree.ts';
import {
  docker,
  folder,
  forever,
  image,
  lastFailure,
  limits,
  projectOf,
  root,
  states,
  workbench,
} from './compose-world.ts';
import { openFolders, tellChange } from './fake-disk.ts';
import { enter, eventually, execute, screen, workspace } from './fake-vscode.ts';

const view = () => screen.trees.get('wheelhouse.containers');
async function rows(): Promise<readonly Node[]> {
  workbench.changed('container');
  return ((await view()?.provider.getChildren()) ?? []) as Node[];
}
const row = (name: string) => eventually(async () => (await rows()).find(({ label }) => label === name));
const below = async (node: Node) => (await view()?.provider.getChildren(node)) as Node[];
// Networks are none of its matter, and an engine has only so many.
const service = `image: IMAGE\n    network_mode: none\n    command: ${forever}`;
const two = `services:\n  web:\n    ${service}\n  db:\n    ${service}\n  extra:\n    ${service}\n    profiles: [more]\n`;

test(
  'a project of the workspace has its row before it runs, and the same one when it is up',
  limits,
  async () => {
    screen.answer = () => enter;
    screen.press = () => undefined;
    const place = folder('waits', { 'compose.yaml': two, 'docker-compose.yml': 'services: {}' });
    openFolders(place);
    const before = screen.asked.length;
    const waiting = await row(projectOf('waits'));
    assert.equal(waiting.description, 'not running · 2 services · 1 by profile');
    assert.equal(waiting.context, ';composefile;');
    assert.deepEqual(
      (await below(waiting)).map(({ label, description }) => `${label} ${description}`),
      [`db ${image}`, `extra ${image} · by profile more`, `web ${image}`],
    );
    assert.equal(screen.asked.length, before, 'nothing is asked for it');
    assert.deepEqual(await states('waits'), [], 'and nothing is made');

    // One service by its own row, without a question.
    const db = (await below(waiting)).find(({ label }) => label === 'db');
    assert.deepEqual(
      await execute('wheelhouse.compose.up', db),
      { project: projectOf('waits'), services: ['db'] },
      JSON.stringify(lastFailure()),
    );
    assert.equal(screen.asked.length, before);
    assert.deepEqual(await states('waits'), ['db running']);
    const up = await row(projectOf('waits'));
    assert.equal(up.id, waiting.id);
    assert.equal(up.context, ';group;composeproject;somerunning;');
    assert.equal(up.description, '1 container, 1 running');
    assert.equal((await rows()).filter(({ id }) => id === up.id).length, 1);

    // A filter that hides its containers does not make it one that does not run.
    await execute('wheelhouse.containers.filter', { filter: 'no such thing' });
    assert.ok(!(await rows()).some(({ id }) => id === up.id));
    await execute('wheelhouse.containers.clearFilter');

    await execute('wheelhouse.compose.down', { project: projectOf('waits') });
    const again = await row(projectOf('waits'));
    assert.deepEqual([again.id, again.context], [waiting.id, ';composefile;']);
    // What only a profile has by its own row.
    const extra = (await below(again)).find(({ label }) => label === 'extra');
    assert.ok(await execute('wheelhouse.compose.up', extra), JSON.stringify(lastFailure()));
    assert.deepEqual(await states('waits'), ['extra running']);
    await execute('wheelhouse.compose.down', { project: projectOf('waits') });
    assert.deepEqual(await states('waits'), []);
    // All of it by the row of the project; the services are offered, all chosen.
    assert.ok(await execute('wheelhouse.compose.up', again), JSON.stringify(lastFailure()));
    assert.deepEqual(await states('waits'), ['db running', 'web running']);
  },
);

test('it follows its files, and one that cannot be read says why', limits, async () => {
  const place = folder('edited', { 'compose.yaml': two });
  openFolders(place);
  const file = path.join(place, 'compose.yaml');
  tellChange(file);
  await row(projectOf('edited'));
  writeFileSync(file, `name: ${projectOf('named')}\n${two}  third:\n    image: "none:$TAG"\n`);
  tellChange(file);
  const renamed = await row(projectOf('named'));
  assert.equal(renamed.description, 'not running · 3 services · 1 by profile');
  assert.ok(!(await rows()).some(({ label }) => label === projectOf('edited')));
  // A variable beside it.
  writeFileSync(file, two);
  writeFileSync(path.join(place, '.env'), `COMPOSE_PROJECT_NAME=${projectOf('byenv')}\n`);
  tellChange(file);
  await row(projectOf('byenv'));
  writeFileSync(path.join(place, '.env'), `COMPOSE_PROJECT_NAME=${projectOf('other')}\n`);
  tellChange(path.join(place, '.env'));
  await row(projectOf('other'));
  // By another name it is up all the same.
  rmSync(path.join(place, '.env'));
  tellChange(file);
  await row(projectOf('edited'));
  const labels = [
    `com.docker.compose.project=${projectOf('elsewhere')}`,
    `com.docker.compose.project.working_dir=${place}`,
  ];
  const id = await docker('create', ...labels.flatMap((one) => ['--label', one]), image, 'true');
  await row(projectOf('elsewhere'));
  assert.ok(!(await rows()).some(({ label }) => label === projectOf('edited')));
  await docker('rm', id);
  await row(projectOf('edited'));
  writeFileSync(file, 'services:\n  web: [');
  tellChange(file);
  const broken = await row('compose.yaml');
  assert.equal(broken.description, 'cannot be read');
  assert.match(String(broken.tooltip), /compose\.yaml/);
  assert.equal(await execute('wheelhouse.compose.up', broken), undefined);
  assert.equal(lastFailure().id, 'compose-file-invalid', JSON.stringify(lastFailure()));
  rmSync(file);
  tellChange(file);
  await eventually(async () =>
    (await rows()).some(({ label }) => label === 'compose.yaml') ? undefined : true,
  );
});

test('grouped otherwise, or in a folder that is not trusted, there are none', limits, async () => {
  const place = folder('quiet', { 'compose.yaml': two });
  openFolders(place);
  tellChange(path.join(place, 'compose.yaml'));
  await row(projectOf('quiet'));
  await execute('wheelhouse.containers.arrange', { group: 'state' });
  assert.ok(!(await rows()).some(({ label }) => label === projectOf('quiet')));
  await execute('wheelhouse.containers.arrange', { group: 'compose' });
  await row(projectOf('quiet'));
  workspace.isTrusted = false;
  try {
    assert.deepEqual(await rows(), []);
  } finally {
    workspace.isTrusted = true;
  }
});

test('folders that are called alike have a row each', limits, async () => {
  const places = [
    folder('twin', { 'compose.yaml': two }),
    folder('twin', { 'compose.yaml': two }, path.join(root, 'b')),
  ];
  openFolders(...places);
  tellChange(path.join(places[0] ?? '', 'compose.yaml'));
  await row(projectOf('twin'));
  const twins = (await rows()).filter(({ label }) => label === projectOf('twin'));
  assert.deepEqual(
    twins.map(({ description }) => description),
    ['not running · 2 services · 1 by profile', 'not running · 2 services · 1 by profile · compose.yaml'],
  );
  const all = (await Promise.all(twins.map(below))).flat();
  assert.equal(new Set([...twins, ...all].map(({ id }) => id)).size, 2 + 2 * 3, 'VS Code takes no id twice');
});
