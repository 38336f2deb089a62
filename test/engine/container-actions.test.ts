// What can be done with containers from their nodes, each asked of the engine by another way.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { execute, executeFromElsewhere, screen } from './fake-vscode.ts';

const { docker, exists, failures, forever, inspect, limits, make, name, node, results } = await import(
  './container-world.ts'
);

test('Restart, Pause, Unpause and Kill do what they say, as the engine shows', limits, async () => {
  const id = await make('states', ['--publish', '8000'], ...forever);
  const state = () => inspect(id, '{{.State.Status}} {{.State.ExitCode}}');
  const started = await inspect(id, '{{.State.StartedAt}}');
  await execute('wheelhouse.containers.restart', await node('states'));
  assert.notEqual(await inspect(id, '{{.State.StartedAt}}'), started);
  assert.match(results.at(-1)?.message ?? '', /states was restarted: running/);
  await execute('wheelhouse.containers.pause', await node('states'));
  assert.equal(await state(), 'paused 0');
  assert.equal((await node('states')).context, ';container;running;paused;port;');
  await execute('wheelhouse.containers.pause', { container: id });
  assert.equal(failures.at(-1)?.id, 'container-not-running');
  await execute('wheelhouse.containers.unpause', await node('states'));
  assert.equal(await state(), 'running 0');
  assert.equal(results.at(-1)?.message, `${name('states')} goes on.`);
  await execute('wheelhouse.containers.kill', { container: name('states') });
  assert.equal(await state(), 'exited 137');
  assert.equal(results.at(-1)?.message, `${name('states')} was killed.`);
  for (const [verb, failure] of [
    ['kill', 'container-not-running'],
    ['restart', 'container-not-running'],
    ['unpause', 'container-not-paused'],
  ] as const) {
    await execute(`wheelhouse.containers.${verb}`, { container: id });
    assert.equal(failures.at(-1)?.id, failure, verb);
  }
});

test('with several selected, what is for one alone is for the row that was clicked', limits, async () => {
  const ids = [await make('several-1', [], ...forever), await make('several-2', [], ...forever)];
  const selection = [await node('several-1'), await node('several-2')];
  const [, clicked] = selection;
  screen.answer = () => name('clicked');
  await execute('wheelhouse.containers.rename', clicked, selection);
  screen.answer = () => undefined;
  assert.deepEqual(await Promise.all(ids.map((id) => inspect(id, '{{.Name}}'))), [
    `/${name('several-1')}`,
    `/${name('clicked')}`,
  ]);
  // What is for all of them still is.
  const both = [await node('several-1'), await node('clicked')];
  await execute('wheelhouse.containers.stop', both[0], both);
  for (const id of ids) assert.equal(await inspect(id, '{{.State.Running}}'), 'false');
});

test('Rename asks for a name that the engine takes, and says which one has it', limits, async () => {
  const id = await make('before', [], ...forever);
  await make('neighbour', [], ...forever);
  screen.answer = () => name('after');
  await execute('wheelhouse.containers.rename', await node('before'));
  assert.equal(await inspect(id, '{{.Name}}'), `/${name('after')}`);
  assert.equal(results.at(-1)?.message, `${name('before')} is called ${name('after')} now.`);
  for (const answer of ['no spaces', '-x', 'ä', 'x', undefined, name('after')]) {
    screen.answer = () => answer;
    const before = results.length + failures.length;
    assert.equal(await execute('wheelhouse.containers.rename', { container: id }), undefined);
    assert.equal(results.length + failures.length, before, `${answer}`);
  }
  screen.answer = () => undefined;
  await execute('wheelhouse.containers.rename', { container: id, name: name('neighbour') });
  assert.equal(failures.at(-1)?.id, 'name-taken');
  assert.match(failures.at(-1)?.message ?? '', new RegExp(`${name('neighbour')} exists already`));
  await docker('rm', '--force', id);
});

test(
  'Open in Browser opens a published port, and asks which one where there are several',
  limits,
  async () => {
    await make('web', ['--publish', '127.0.0.1::8000', '--publish', '127.0.0.1::9000/udp'], ...forever);
    const port = async (suffix: string, inside: string) =>
      (await docker('port', name(suffix), inside)).split(':').at(-1);
    await execute('wheelhouse.containers.open', await node('web'));
    assert.equal(screen.opened.at(-1), `http://localhost:${await port('web', '8000')}`);
    await make('webs', ['--publish', '127.0.0.1::8000', '--publish', '127.0.0.1::8888'], ...forever);
    const second = await port('webs', '8888');
    screen.answer = ({ labels }) => labels?.find((label) => label === second);
    await execute('wheelhouse.containers.open', await node('webs'));
    assert.equal(screen.opened.at(-1), `http://localhost:${second}`);
    screen.answer = () => undefined;
    await make('closed', [], ...forever);
    await execute('wheelhouse.containers.open', { container: name('closed') });
    assert.equal(failures.at(-1)?.id, 'container-without-port');
  },
);

test('a key means the selection of the view; names and ids are copied', limits, async () => {
  const view = screen.trees.get('wheelhouse.containers')?.view;
  assert.ok(view);
  await make('first', [], ...forever);
  await make('second', [], ...forever);
  // A click that opened the row would put what is below it among those that a second click with Shift selects.
  const item = screen.trees.get('wheelhouse.containers')?.provider.getTreeItem(await node('first'));
  const { command } = item as { command?: { command: string } };
  assert.equal(await execute(command?.command ?? ''), undefined);
  view.selection = [await node('first'), await node('second')];
  await executeFromElsewhere('wheelhouse.containers.copyName', { selection: true });
  assert.equal(screen.copied.at(-1), `${name('first')}\n${name('second')}`);
  await executeFromElsewhere('wheelhouse.containers.copyId', { selection: true });
  assert.equal(screen.copied.at(-1)?.split('\n')[0], await inspect(name('first'), '{{.Id}}'));
  // A key is no agreement to lose something.
  const asked = screen.shown.length;
  await executeFromElsewhere('wheelhouse.containers.remove', { selection: true });
  assert.equal(screen.shown.length, asked + 1);
  assert.equal(await exists(name('first')), true);
  view.selection = [];
});
