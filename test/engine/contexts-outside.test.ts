// Contexts that change outside of the extension, by the real command line: views and status bar follow without Refresh.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import type { Node } from '../../client/src/ui/tree.ts';
import { cli, config, failures, hosts, limits, nodes, on, workbench } from './context-world.ts';
import { eventually, execute, screen } from './fake-vscode.ts';

const view = () => screen.trees.get('wheelhouse.contexts') ?? assert.fail();
const make = (name: string, host: string) => cli('context', 'create', name, '--docker', `host=${host}`);
const item = () => screen.statusItems.get('wheelhouse.context');
const says = (text: string) =>
  eventually(() => (item()?.shown && item()?.text === text) || undefined).catch(() =>
    assert.fail(`it says ${item()?.text}, not ${text}`),
  );

let asked = 0;
let rows: readonly Node[] = [];
/** The rows as a person has them: asked for when the view says so, and then alone. */
const shows = (is: (descriptions: ReadonlyMap<string, string>) => boolean) =>
  eventually(async () => {
    const { length } = view().redrawn;
    if (length !== asked) {
      rows = await nodes();
      asked = length;
    }
    return is(new Map(rows.map(({ label, description = '' }) => [label, description]))) || undefined;
  }).catch(() => assert.fail(JSON.stringify(rows)));

after(() => view().see(false));

test('one that is made or removed in a terminal comes and goes by itself', limits, async () => {
  assert.deepEqual(failures, []);
  view().see(true);
  await shows((all) => [...all.keys()].join() === 'default');
  assert.ok(!item()?.shown, 'there is no other one');
  // The folder for contexts is not there yet.
  await make('made-1', hosts.first);
  await shows((all) => all.has('made-1'));
  // Whether it answers is the machine's.
  await eventually(() => (item()?.shown && item()?.text.includes(' default')) || undefined);
  await make('made-2', hosts.second);
  await shows((all) => all.get('made-2')?.endsWith(hosts.second.slice('unix://'.length)) ?? false);
  await cli('context', 'update', 'made-2', '--docker', 'host=tcp://127.0.0.1:9');
  await shows((all) => all.get('made-2') === 'over the network, 127.0.0.1:9');
  await cli('context', 'rm', 'made-1', 'made-2');
  await shows((all) => [...all.keys()].join() === 'default');
  await eventually(() => item()?.shown === false || undefined);
});

test(
  'the choice of the machine leads elsewhere at once, and so does another address of it',
  limits,
  async () => {
    await on('second', 'volume', 'create', 'wh-outside');
    await make('base', hosts.first);
    await cli('context', 'use', 'base');
    await says('$(vm-active) base');
    await make('outside', hosts.second);
    await shows((all) => all.has('outside') && all.get('base')?.startsWith('in use · ') === true);
    const has = async () => (await nodes('volumes')).some(({ label }) => label === 'wh-outside');
    assert.ok(!(await has()));
    const volumes = screen.trees.get('wheelhouse.volumes') ?? assert.fail();
    volumes.see(true);
    try {
      const drawn = volumes.redrawn.length;
      await cli('context', 'use', 'outside');
      await says('$(vm-active) outside');
      await shows((all) => all.get('outside')?.startsWith('in use · ') ?? false);
      await eventually(() => volumes.redrawn.length > drawn || undefined);
      await eventually(async () => (await has()) || undefined);
      const again = volumes.redrawn.length;
      await cli('context', 'update', 'outside', '--docker', `host=${hosts.first}`);
      await eventually(() => volumes.redrawn.length > again || undefined);
      await eventually(async () => !(await has()) || undefined);
      await cli('context', 'update', 'outside', '--docker', 'host=unix:///nowhere/docker.sock');
      await says('$(vm-outline) outside does not answer');
      await cli('context', 'use', 'base');
      await says('$(vm-active) base');
    } finally {
      volumes.see(false);
      await on('second', 'volume', 'rm', 'wh-outside');
    }
  },
);

test('what was chosen here stays, whatever the machine uses', limits, async () => {
  await make('chosen', hosts.second);
  await execute('wheelhouse.contexts.use', { name: 'chosen' });
  await says('$(vm-active) chosen');
  const told: string[] = [];
  workbench.engine.onDidMove(() => told.push('moved'));
  const isMachines = (all: ReadonlyMap<string, string>) =>
    all.get('base')?.startsWith('the choice of') ?? false;
  await shows(isMachines);
  await cli('context', 'use', 'chosen');
  await shows((all) => !isMachines(all));
  await cli('context', 'use', 'base');
  await shows((all) => isMachines(all) && all.get('chosen')?.startsWith('in use, chosen here') === true);
  assert.deepEqual(told, []);
  await execute('wheelhouse.contexts.release');
  await says('$(vm-active) base');
});

test(
  'what else is kept beside the choice moves nothing, and while the view is hidden no process asks',
  limits,
  async () => {
    const told: string[] = [];
    workbench.engine.onDidMove(() => told.push('moved'));
    const file = path.join(config, 'config.json');
    const kept = JSON.parse(readFileSync(file, 'utf8'));
    // As a login leaves it.
    writeFileSync(file, JSON.stringify({ ...kept, auths: { 'host.example': {} } }));
    await make('after', hosts.second);
    await shows((all) => all.has('after'));
    assert.deepEqual(told, []);
    view().see(false);
    const drawn = view().redrawn.length;
    const before = screen.log.length;
    await make('hidden', hosts.second);
    await eventually(() => view().redrawn.length > drawn || undefined);
    assert.deepEqual([screen.log.slice(before), told], [[], []]);
    view().see(true);
    await shows((all) => all.has('hidden'));
  },
);
