// Groups in the views over a real engine: what they say, what is done with all in them, and rows that have room.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Node } from '../../client/src/ui/tree.ts';
import { run } from '../parts/processes.ts';
import { agree, execute, executeFromElsewhere, screen } from './fake-vscode.ts';

const { docker, forever, image, inspect, limits, make, name, results, failures, workbench } = await import(
  './container-world.ts'
);
const { registerImages } = await import('../../client/src/images/commands.ts');
registerImages(workbench, async () => undefined as never);

const tree = (room: string) => screen.trees.get(`wheelhouse.${room}`) ?? assert.fail();
const roots = async (room: string) => (await tree(room).provider.getChildren()) as Node[];
const below = async (room: string, node: Node) => (await tree(room).provider.getChildren(node)) as Node[];
const item = (room: string, node: Node) =>
  tree(room).provider.getTreeItem(node) as { label: string; accessibilityInformation: { label: string } };
const project = name('project');
const ofProject = (service: string) => [
  ...['--label', `com.docker.compose.project=${project}`],
  ...['--label', 'com.docker.compose.project.working_dir=/srv/it'],
  ...['--label', 'com.docker.compose.project.config_files=/srv/it/compose.yaml'],
  ...['--label', `com.docker.compose.service=${service}`],
];
const group = async () => {
  const found = (await roots('containers')).find(({ label }) => label === project);
  return found ?? assert.fail('no group');
};
const states = async () =>
  (
    await docker(
      'ps',
      '--all',
      '--filter',
      `label=com.docker.compose.project=${project}`,
      '--format',
      '{{.State}}',
    )
  )
    .split('\n')
    .filter(Boolean)
    .toSorted();

after(async () => {
  if (!limits.skip)
    await run('docker', ['rmi', `${name('long')}:${'z'.repeat(60)}-end`, `${name('long')}:b`]);
});

test(
  'a Compose project is one row that says what is in it, and all in it starts, stops and goes',
  limits,
  async () => {
    await make('web', ofProject('web'), ...forever);
    await make('db', ofProject('db'), ...forever);
    await make('alone', [], ...forever);
    const node = await group();
    assert.equal(node.description, '2 containers, 2 running');
    assert.equal(node.context, ';group;composeproject;somerunning;');
    assert.deepEqual(node.value, {
      composeProject: project,
      files: '/srv/it/compose.yaml',
      folder: '/srv/it',
    });
    assert.ok((await roots('containers')).some(({ label }) => label === name('alone')));
    await execute('wheelhouse.containers.stopAll', node);
    assert.deepEqual(await states(), ['exited', 'exited']);
    assert.equal(await inspect(name('alone'), '{{.State.Status}}'), 'running');
    assert.equal(results.at(-1)?.message, '2 containers were stopped.');
    assert.equal((await group()).description, '2 containers');
    assert.equal((await group()).context, ';group;composeproject;somestopped;');
    await docker('start', name('db'));
    assert.equal((await group()).description, '2 containers, 1 running');
    await execute('wheelhouse.containers.startAll', await group());
    assert.deepEqual(await states(), ['running', 'running']);
    assert.equal(results.at(-1)?.message, `${name('web')} was started: running.`);
    const started = await inspect(name('db'), '{{.State.StartedAt}}');
    await execute('wheelhouse.containers.restartAll', await group());
    assert.notEqual(await inspect(name('db'), '{{.State.StartedAt}}'), started);

    screen.press = () => undefined;
    await execute('wheelhouse.containers.removeAll', await group());
    assert.equal(screen.shown.at(-1)?.text, 'Remove 2 containers, 2 of them running?');
    assert.deepEqual(await states(), ['running', 'running']);
    // A filter leaves what it hides alone, and a key means the group that is selected.
    await execute('wheelhouse.containers.filter', { filter: name('db') });
    const { view } = tree('containers');
    view.selection = [await group()];
    screen.press = agree;
    await executeFromElsewhere('wheelhouse.containers.remove', { selection: true });
    view.selection = [];
    assert.deepEqual(await states(), ['running']);
    assert.deepEqual(
      (await roots('containers')).map(({ id }) => id),
      ['no-match'],
    );
    await execute('wheelhouse.containers.clearFilter');
    await execute('wheelhouse.containers.removeAll', await group());
    assert.deepEqual(await states(), []);
    screen.press = () => undefined;
    // What went meanwhile is told.
    assert.equal(failures.length, 0, failures.at(-1)?.message);
  },
);

test(
  'what is in a group is found by live figures, by Browse Files, and after a filter hid it',
  limits,
  async () => {
    const id = await make('inner', ofProject('inner'), ...forever);
    await group();
    screen.revealed.length = 0;
    await execute('wheelhouse.files.browse', { in: id });
    assert.equal((screen.revealed.at(-1) as Node | undefined)?.id, `files:${id}`);
    await execute('wheelhouse.containers.filter', { filter: 'nothing has this name' });
    await roots('containers');
    await execute('wheelhouse.files.browse', { in: id });
    assert.equal(screen.revealed.length, 2);
    assert.ok(await group());
  },
);

test(
  'a row of an image has room for its size, says its whole name aloud, and no platform but a foreign one',
  limits,
  async () => {
    const tag = `${'z'.repeat(60)}-end`;
    await docker('tag', image, `${name('long')}:${tag}`);
    await docker('tag', image, `${name('long')}:b`);
    const repository = (await roots('images')).find(({ label }) => label === name('long')) ?? assert.fail();
    assert.match(repository.description ?? '', /^1 image · \d/);
    const rows = await below('images', repository);
    const row = rows.find(({ label }) => label === tag) ?? assert.fail();
    const shown = item('images', row);
    assert.match(shown.label, /^z{10}…z+-end$/);
    assert.ok(shown.label.length <= 20);
    assert.ok(shown.accessibilityInformation.label.startsWith(`${tag}, `));
    for (const { description = '' } of rows) {
      assert.match(description, /^\d+(\.\d)? [kMG]?B · /);
      assert.doesNotMatch(description, /linux\//);
    }
    assert.match(rows.map(({ description }) => description).join(), /same image as/);
    const said = String(row.tooltip);
    assert.ok(said.includes(tag) && /Platform: linux\//.test(said), said);
    assert.doesNotMatch(said, /[0-9a-f]{20}/);

    await execute('wheelhouse.images.arrange', { group: 'none', sort: 'size' });
    const flat = await roots('images');
    assert.ok(flat.some(({ label }) => label === `${name('long')}:${tag}`));
    const sizes = flat.map(({ description }) => description?.split(' · ')[0]);
    const bytes = async ({ value }: Node) =>
      Number(await inspect((value as { ref: string }).ref, '{{.Size}}'));
    const listed = await Promise.all(flat.map(bytes));
    assert.deepEqual(
      listed,
      listed.toSorted((one, other) => other - one),
      sizes.join(),
    );
    await execute('wheelhouse.images.arrange', { group: 'repository', sort: 'name' });

    screen.press = agree;
    await execute('wheelhouse.images.removeAll', repository);
    screen.press = () => undefined;
    assert.equal((await run('docker', ['images', '--quiet', name('long')])).stdout, '');
  },
);

test('what is stopped from here has not failed, and what it ends with later is told', limits, async () => {
  const deaf = ['sh', '-c', 'trap "" TERM; while :; do sleep 0.1; done'];
  await make('deaf', [], ...deaf);
  const row = async () =>
    (await roots('containers')).find(({ label }) => label === name('deaf')) ?? assert.fail();
  await execute('wheelhouse.containers.kill', { container: name('deaf') });
  assert.equal(await inspect(name('deaf'), '{{.State.ExitCode}}'), '137');
  assert.deepEqual(
    [(await row()).description, (await row()).color],
    ['stopped · just now', 'disabledForeground'],
  );
  await docker('start', name('deaf'));
  await docker('kill', name('deaf'));
  assert.deepEqual(
    [(await row()).description, (await row()).color],
    ['exited 137 · killed · just now', 'charts.red'],
  );
});
