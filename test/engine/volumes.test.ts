// Volumes from their view, over a real engine, each result asked of it by another way.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Node } from '../../client/src/ui/tree.ts';
import { readParts } from '../parts/environment.ts';
import { run } from '../parts/processes.ts';
import { agree, execute, executeFromElsewhere, screen } from './fake-vscode.ts';

const { docker, failures, forever, image, limits, make, name, prefix, results, workbench } = await import(
  './container-world.ts'
);
const { registerVolumes } = await import('../../client/src/volumes/commands.ts');
registerVolumes(workbench);

const tree = () => screen.trees.get('wheelhouse.volumes')?.provider;
async function all(): Promise<readonly Node[]> {
  return (await tree()?.getChildren()) as Node[];
}
async function node(suffix: string): Promise<Node> {
  const found = (await all()).find(({ label }) => label === name(suffix));
  assert.ok(found, `no node ${suffix}`);
  return found;
}
const below = async (of: Node) => (await tree()?.getChildren(of)) as Node[];
const there = async (volume: string) => (await run('docker', ['volume', 'inspect', volume])).code === 0;
const create = (...suffixes: string[]) =>
  Promise.all(suffixes.map((suffix) => docker('volume', 'create', name(suffix))));
const yes = () => {
  screen.press = agree;
};
const no = () => {
  screen.press = () => undefined;
};

after(async () => {
  if (limits.skip) return;
  const containers = await docker('ps', '--all', '--quiet', '--filter', `name=${prefix}`);
  if (containers) await docker('rm', '--force', '--volumes', ...containers.split('\n'));
  const left = await docker('volume', 'ls', '--quiet', '--filter', `name=${prefix}`);
  if (left) await run('docker', ['volume', 'rm', ...left.split('\n')]);
});

test('a volume says who uses it, and those without a name stand apart', limits, async () => {
  await create('data', 'idle');
  await make('user', ['--volume', `${name('data')}:/data:ro`, '--volume', '/cache'], ...forever);
  await docker('create', '--name', name('other'), '--volume', `${name('data')}:/d`, image, 'true');
  const data = await node('data');
  assert.equal(data.description, 'used by 2 containers · local');
  assert.equal(data.context, ';volume;');
  assert.equal(data.collapsed, true);
  assert.deepEqual((await below(data)).map(({ label, description }) => `${label}: ${description}`).sort(), [
    `${name('other')}: not running · /d`,
    `${name('user')}: running · /data read-only`,
  ]);
  assert.equal((await node('idle')).description, 'unused · local');
  assert.equal((await node('idle')).context, ';volume;unused;');

  const group = (await all()).at(-1) as Node;
  const hex = (await docker('volume', 'ls', '--quiet')).split('\n').filter((id) => /^[0-9a-f]{64}$/.test(id));
  assert.equal(group.label, 'Anonymous');
  assert.match(group.description ?? '', new RegExp(`^${hex.length} volumes?, `));
  assert.equal(group.collapsed, true);
  assert.deepEqual(
    (await below(group)).map(({ value }) => (value as { volume: string }).volume).sort(),
    hex.sort(),
  );
});

test('Create Volume makes one that the engine has, and none twice', limits, async () => {
  screen.answer = () => name('new');
  await execute('wheelhouse.volumes.create');
  assert.equal(await there(name('new')), true);
  assert.equal(results.at(-1)?.message, `The volume ${name('new')} was created.`);
  await execute('wheelhouse.volumes.create', { name: name('new') });
  assert.equal(failures.at(-1)?.id, 'volume-exists');
  // While it is typed: the box stays open, and is left.
  const [known, told] = [failures.length, screen.asked.length];
  assert.equal(await execute('wheelhouse.volumes.create'), undefined);
  assert.deepEqual([failures.length, screen.asked.length], [known, told + 1]);
  for (const bad of ['x', '-v', 'a b', 'ä', '../x', '']) {
    await execute('wheelhouse.volumes.create', { name: bad });
    assert.equal(failures.at(-1)?.id, 'volume-name', bad);
  }
  screen.answer = () => undefined;
  assert.equal(await execute('wheelhouse.volumes.create'), undefined);
});

test(
  'volumes go after one question that counts them, and says who uses those that stay',
  limits,
  async () => {
    await create('a', 'b.c_d-e', 'held');
    await make('holder', ['--volume', `${name('held')}:/h`, '--volume', `${name('a')}:/a`], ...forever);
    await docker('exec', name('holder'), 'sh', '-c', 'head -c 3000000 /dev/zero > /a/x; sync');
    await docker('rm', '--force', name('holder'));
    await docker('create', '--name', name('holder'), '--volume', `${name('held')}:/h`, image, 'true');
    const selection = [await node('a'), await node('b.c_d-e'), await node('held')];
    no();
    assert.equal(await execute('wheelhouse.volumes.remove', selection[0], selection), undefined);
    const asked = screen.shown.at(-1);
    assert.equal(asked?.kind, 'modal');
    assert.equal(asked?.text, 'Remove 2 volumes?');
    assert.match(asked?.detail ?? '', new RegExp(`${name('a')}, ${name('b.c_d-e')}\n\nThey hold 3.0 MB`));
    assert.match(asked?.detail ?? '', new RegExp(`stay.*: ${name('held')} \\(${name('holder')}\\)`));
    assert.equal(await there(name('a')), true);
    yes();
    await execute('wheelhouse.volumes.remove', selection[0], selection);
    assert.deepEqual(
      [await there(name('a')), await there(name('b.c_d-e')), await there(name('held'))],
      [false, false, true],
    );
    assert.match(results.at(-1)?.message ?? '', /^2 volumes were removed\. 3.0 MB are free again\.$/);
    await execute('wheelhouse.volumes.remove', await node('held'));
    assert.equal(failures.at(-1)?.id, 'volume-in-use');
    assert.equal(failures.at(-1)?.message, `${name('held')} is used by ${name('holder')}.`);
    // One that went between list and action is no failure; one that is held by then is.
    const { remove } = await import('../../client/src/volumes/changes.ts');
    const none = { driver: 'local', mountpoint: '', labels: [], users: [] };
    await create('here');
    await remove(workbench, [
      { ...none, name: name('gone') },
      { ...none, name: name('here') },
    ]);
    assert.equal(results.at(-1)?.message, '2 volumes were removed.');
    assert.equal(await there(name('here')), false);
    await create('here');
    await remove(workbench, [
      { ...none, name: name('held') },
      { ...none, name: name('here') },
    ]);
    assert.equal(failures.at(-1)?.id, 'volume-in-use');
    assert.match(failures.at(-1)?.message ?? '', /^1 of 2 were removed\./);
    assert.equal(await there(name('here')), false);
    no();
  },
);

test('only our own data removes a volume without a question', limits, async () => {
  await create('own');
  no();
  const before = screen.shown.length;
  await executeFromElsewhere('wheelhouse.volumes.remove', { volume: name('own') });
  assert.equal(screen.shown.length, before + 1);
  assert.equal(await there(name('own')), true);
  const view = screen.trees.get('wheelhouse.volumes')?.view;
  assert.ok(view);
  view.selection = [await node('own')];
  await executeFromElsewhere('wheelhouse.volumes.remove', { selection: true });
  assert.equal(screen.shown.length, before + 2);
  assert.equal(screen.shown.at(-1)?.text, `Remove the volume ${name('own')}?`);
  await executeFromElsewhere('wheelhouse.volumes.copyName', { selection: true });
  assert.equal(screen.copied.at(-1), name('own'));
  await execute('wheelhouse.volumes.remove', { volume: name('own') });
  assert.equal(screen.shown.length, before + 2);
  assert.equal(await there(name('own')), false);
  await execute('wheelhouse.volumes.remove', { volume: name('own') });
  assert.equal(failures.at(-1)?.id, 'volume-gone');
  // Neither a group nor a container below a volume is a volume.
  view.selection = [(await below(await node('data')))[0]];
  assert.equal(await executeFromElsewhere('wheelhouse.volumes.remove', { selection: true }), undefined);
  assert.equal(screen.shown.length, before + 3);
  view.selection = [];
});

test('sizes are measured when asked for, and inspect hides the password of a share', limits, async () => {
  await create('big');
  await docker(
    'run',
    '--rm',
    '--volume',
    `${name('big')}:/b`,
    image,
    'sh',
    '-c',
    'head -c 5000000 /dev/zero > /b/x; sync',
  );
  assert.equal((await node('big')).description, 'unused · local');
  const sizes = await execute<Record<string, number>>('wheelhouse.volumes.measure');
  assert.equal(sizes[name('big')], 5_000_000);
  assert.equal((await node('big')).description, 'unused · 5.0 MB · local');
  // Looked for anew, as after each look at another one, it is the same engine.
  workbench.engine.move();
  assert.equal((await node('big')).description, 'unused · 5.0 MB · local');
  const { readSizes } = await import('../../client/src/runtime/volume-commands.ts');
  assert.equal(readSizes(await docker('system', 'df', '--verbose')).get(name('big')), 5_000_000);

  const share = [
    '--opt',
    'type=cifs',
    '--opt',
    'device=//h/s',
    '--opt',
    'o=username=ada,password=s3cret,vers=3',
  ];
  await docker('volume', 'create', ...share, '--label', 'x=[x](command:a)', name('share'));
  const raw = await execute<{ Name: string }>('wheelhouse.volumes.inspect', await node('share'));
  assert.equal(raw.Name, name('share'));
  assert.match(screen.documents.at(-1) ?? '', /username=ada,password=\*\*\*,vers=3/);
  assert.doesNotMatch(`${screen.documents.at(-1)}${(await node('share')).tooltip}`, /s3cret/);
});

/** It takes all that is unused, so only on an engine that was started for the tests. */
const onlyOurs = {
  ...limits,
  skip: limits.skip || (readParts().engine?.own ? false : 'needs an engine of its own'),
};

test(
  'unused ones are counted and measured before they go, and named ones only when that is chosen',
  onlyOurs,
  async () => {
    const others = await docker('volume', 'ls', '--quiet', '--filter', 'dangling=true');
    if (others) await docker('volume', 'rm', ...others.split('\n'));
    await execute('wheelhouse.volumes.prune');
    assert.equal(failures.at(-1)?.id, 'no-unused-volume');

    await create('n1', 'n2', 'busy');
    await docker('create', '--name', name('busies'), '--volume', `${name('busy')}:/b`, image, 'true');
    const write = ['sh', '-c', 'head -c 2000000 /dev/zero > /v/x; sync'];
    await docker('run', '--name', name('anon'), '--volume', '/v', image, ...write);
    const hex = await docker('inspect', '--format', '{{range .Mounts}}{{.Name}}{{end}}', name('anon'));
    await docker('rm', name('anon'));
    const state = () => Promise.all([hex, name('n1'), name('n2'), name('busy')].map(there));

    no();
    screen.answer = () => 'All Unused';
    const asked = screen.shown.length;
    assert.equal(await execute('wheelhouse.volumes.prune'), undefined);
    assert.match(screen.asked.at(-1)?.labels?.join() ?? '', /^Anonymous Ones,All Unused$/);
    assert.equal(screen.shown.length, asked + 1);
    assert.equal(screen.shown.at(-1)?.text, 'Remove 3 volumes?');
    assert.match(screen.shown.at(-1)?.detail ?? '', /They hold 2\.0 MB\. No container uses them/);
    assert.deepEqual(await state(), [true, true, true, true]);

    yes();
    const group = (await all()).find(({ id }) => id === 'anonymous');
    assert.match(group?.description ?? '', / 1 unused/);
    await execute('wheelhouse.volumes.prune', group);
    assert.equal(screen.shown.at(-1)?.text, `Remove the volume ${hex}?`);
    assert.deepEqual(await state(), [false, true, true, true]);
    assert.equal(results.at(-1)?.message, `The volume ${hex} was removed. 2.0 MB are free again.`);

    no();
    await executeFromElsewhere('wheelhouse.volumes.prune', {});
    assert.deepEqual(await state(), [false, true, true, true]);
    await execute('wheelhouse.volumes.prune', { anonymous: true });
    assert.equal(failures.at(-1)?.id, 'no-unused-volume');
    await execute('wheelhouse.volumes.prune', {});
    assert.deepEqual(await state(), [false, false, false, true]);
    assert.equal(results.at(-1)?.message, '2 volumes were removed.');
    screen.answer = () => undefined;
  },
);
