// Networks from their view, over a real engine, each result asked of it by another way.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { exec } from '../../client/src/runtime/exec.ts';
import type { Node } from '../../client/src/ui/tree.ts';
import { readParts } from '../parts/environment.ts';
import { run } from '../parts/processes.ts';
import { agree, eventually, execute, executeFromElsewhere, screen } from './fake-vscode.ts';

const { docker, failures, forever, image, inspect, limits, make, name, prefix, results, workbench } =
  await import('./container-world.ts');
const { createWatch } = await import('../../client/src/engine/watch.ts');
const { registerNetworks } = await import('../../client/src/networks/commands.ts');
registerNetworks(workbench);

const tree = () => screen.trees.get('wheelhouse.networks')?.provider;
const all = async () => (await tree()?.getChildren()) as readonly Node[];
async function node(label: string): Promise<Node> {
  const found = (await all()).find((each) => each.label === label);
  assert.ok(found, `no node ${label}`);
  return found;
}
const below = async (of: Node) => (await tree()?.getChildren(of)) as Node[];
const there = async (network: string) => (await run('docker', ['network', 'inspect', network])).code === 0;
/** Small ones, so that engines of other tests have addresses left. */
let subnets = 0;
const subnet = () => `10.251.${(process.pid + subnets++) % 250}.0/28`;
const create = (label: string) => docker('network', 'create', '--subnet', subnet(), '--', label);
const joined = async (container: string) =>
  Object.keys(JSON.parse(await inspect(container, '{{json .NetworkSettings.Networks}}'))).sort();
const yes = () => {
  screen.press = agree;
};
const no = () => {
  screen.press = () => undefined;
};

after(async () => {
  if (limits.skip) return;
  const containers = await docker('ps', '--all', '--quiet', '--filter', `name=${prefix}`);
  if (containers) await docker('rm', '--force', ...containers.split('\n'));
  const left = await docker('network', 'ls', '--quiet', '--filter', `name=${prefix}`);
  if (left) await run('docker', ['network', 'rm', ...left.split('\n')]);
});

test(
  'a network says its driver, its subnet and who is in it, and the built-in ones say so',
  limits,
  async () => {
    const id = await create(name('net'));
    const range = await docker('network', 'inspect', '--format', '{{(index .IPAM.Config 0).Subnet}}', id);
    await make('up', ['--network', name('net')], ...forever);
    // By its id: until it starts, the engine has the network by that.
    await docker('create', '--name', name('down'), '--network', id, image, 'true');
    const net = await node(name('net'));
    assert.equal(net.description, `used by 2 containers · bridge · ${range}`);
    assert.equal(net.context, ';network;joinable;own;');
    const address = await inspect(
      name('up'),
      `{{(index .NetworkSettings.Networks "${name('net')}").IPAddress}}`,
    );
    assert.deepEqual(
      (await below(net)).map(({ label, description, context }) => [label, description, context]).sort(),
      [
        [name('down'), 'not running', ';member;'],
        [name('up'), `running · ${address}`, ';member;'],
      ],
    );
    for (const [label, words, context] of [
      ['bridge', /^built-in .*bridge · [\d./]+$/, ';network;joinable;'],
      ['host', /^built-in .*host$/, ';network;'],
      ['none', /^built-in/, ';network;'],
    ] as const) {
      const builtIn = await node(label);
      assert.match(builtIn.description ?? '', words);
      assert.equal(builtIn.context, context);
      await execute('wheelhouse.networks.remove', builtIn);
      assert.equal(failures.at(-1)?.id, 'network-built-in');
      assert.equal(await there(label), true);
    }
  },
);

test('Create Network makes one that the engine has, and none twice', limits, async () => {
  screen.answer = () => name('made');
  const range = subnet();
  const made = await execute<{ id: string }>('wheelhouse.networks.create', {
    name: name('made'),
    subnet: range,
    internal: true,
  });
  assert.equal(
    await docker(
      'network',
      'inspect',
      '--format',
      '{{.Id}} {{.Internal}} {{(index .IPAM.Config 0).Subnet}}',
      name('made'),
    ),
    `${made.id} true ${range}`,
  );
  assert.equal(results.at(-1)?.message, `The network ${name('made')} was created, with ${range}.`);
  for (const [request, id] of [
    [undefined, 'network-exists'],
    [{ name: 'bridge' }, 'network-exists'],
    [{ name: '-x' }, 'network-name'],
    [{ name: 'a b' }, 'network-name'],
    [{ name: name('x'), subnet: '10.0.0.0/33' }, 'subnet-invalid'],
    [{ name: name('x'), subnet: range }, 'subnet-taken'],
    [{ name: name('x'), driver: 'overlay' }, 'no-swarm'],
  ] as const) {
    await execute('wheelhouse.networks.create', request);
    assert.equal(failures.at(-1)?.id, id, JSON.stringify(request));
  }
  assert.equal(await there(name('x')), false);
  screen.answer = () => undefined;
  assert.equal(await execute('wheelhouse.networks.create'), undefined);
});

test('containers are connected and disconnected, also while they do not run', limits, async () => {
  await create(name('lan'));
  await make('c1', [], ...forever);
  await docker('create', '--name', name('c2'), image, 'true');
  screen.answer = () => name('c1');
  await execute('wheelhouse.networks.connect', await node(name('lan')));
  assert.deepEqual(await joined(name('c1')), ['bridge', name('lan')]);
  assert.equal(results.at(-1)?.message, `${name('c1')} is in ${name('lan')} now.`);
  screen.answer = () => undefined;
  await execute('wheelhouse.networks.connect', { network: name('lan'), container: name('c2') });
  assert.deepEqual(await joined(name('c2')), ['bridge', name('lan')]);
  for (const [request, id] of [
    [{ network: name('lan'), container: name('c1') }, 'connected-already'],
    [{ network: name('lan'), container: name('nobody') }, 'container-gone'],
    [{ network: 'host', container: name('c1') }, 'network-not-joinable'],
    [{ network: name('nowhere'), container: name('c1') }, 'network-gone'],
  ] as const) {
    await execute('wheelhouse.networks.connect', request);
    assert.equal(failures.at(-1)?.id, id, JSON.stringify(request));
  }
  await make('alone', ['--network', 'none'], ...forever);
  await execute('wheelhouse.networks.connect', { network: name('lan'), container: name('alone') });
  assert.equal(failures.at(-1)?.id, 'network-not-joinable');

  const members = await below(await node(name('lan')));
  const c1 = members.find(({ label }) => label === name('c1'));
  no();
  const asked = screen.shown.length;
  assert.equal(await execute('wheelhouse.networks.disconnect', c1, members), undefined);
  assert.equal(screen.shown.length, asked + 1);
  assert.equal(screen.shown.at(-1)?.text, `${name('c1')} is running. Disconnect it from ${name('lan')}?`);
  assert.deepEqual(await joined(name('c1')), ['bridge', name('lan')]);
  await executeFromElsewhere('wheelhouse.networks.disconnect', {
    network: name('lan'),
    container: name('c1'),
  });
  assert.equal(screen.shown.length, asked + 2);
  yes();
  await execute('wheelhouse.networks.disconnect', c1, members);
  assert.deepEqual([await joined(name('c1')), await joined(name('c2'))], [['bridge'], ['bridge']]);
  assert.equal(results.at(-1)?.message, '2 containers were disconnected.');
  await execute('wheelhouse.networks.disconnect', { network: name('lan'), container: name('c1') });
  assert.equal(failures.at(-1)?.id, 'not-connected');
  // Its node may still stand there.
  await execute('wheelhouse.networks.disconnect', c1);
  assert.equal(failures.at(-1)?.id, 'not-connected');
  no();
});

test('networks go after one question, but none from under a container that is stopped', limits, async () => {
  // Docker takes any name.
  const odd = [`${name('odd')} [x](command:a)`, `${name('odd')},$(sync)`];
  for (const label of [...odd, name('kept')]) await create(label);
  await docker('create', '--name', name('stopped'), '--network', name('kept'), image, 'true');
  const nodes = await Promise.all([...odd, name('kept')].map(node));
  const selection = [...nodes, await node('bridge')];
  no();
  await execute('wheelhouse.networks.remove', selection[0], selection);
  const asked = screen.shown.at(-1);
  assert.equal(asked?.kind, 'modal');
  assert.equal(asked?.text, 'Remove 2 networks?');
  assert.match(
    asked?.detail ?? '',
    new RegExp(`stay: ${name('kept')} \\(${name('stopped')}\\), bridge \\(built-in\\)`),
  );
  assert.doesNotMatch(asked?.detail ?? '', /\]\(|\$\(/);
  assert.deepEqual(await Promise.all(odd.map(there)), [true, true]);
  yes();
  await execute('wheelhouse.networks.remove', selection[0], selection);
  assert.deepEqual(await Promise.all(odd.map(there)), [false, false]);
  assert.deepEqual([await there(name('kept')), await there('bridge')], [true, true]);
  assert.equal(results.at(-1)?.message, '2 networks were removed.');
  await execute('wheelhouse.networks.remove', { network: name('kept') });
  assert.equal(failures.at(-1)?.id, 'network-in-use');
  assert.equal(failures.at(-1)?.message, `${name('kept')} is used by ${name('stopped')}.`);

  const last = await create(name('last'));
  const view = screen.trees.get('wheelhouse.networks')?.view;
  assert.ok(view);
  view.selection = [await node(name('last'))];
  no();
  await executeFromElsewhere('wheelhouse.networks.remove', { selection: true });
  assert.equal(screen.shown.at(-1)?.text, `Remove the network ${name('last')}?`);
  assert.equal(screen.shown.at(-1)?.detail, 'No container uses it.');
  await executeFromElsewhere('wheelhouse.networks.copyName', { selection: true });
  assert.equal(screen.copied.at(-1), name('last'));
  view.selection = [];
  const raw = await execute<{ Id: string }>('wheelhouse.networks.inspect', { network: name('last') });
  assert.equal(raw.Id, last);
  // One that went between list and action is no failure: it is gone.
  yes();
  const gone = await node(name('last'));
  await docker('network', 'rm', last);
  await execute('wheelhouse.networks.remove', gone);
  assert.equal(failures.at(-1)?.id, 'network-gone');
});

test('events tell what happens to networks, and to volumes', limits, async () => {
  const seen: string[] = [];
  const watch = createWatch(exec, workbench.engine, (events) => {
    for (const { kind, action, name: label, id } of events) seen.push(`${kind} ${action} ${label ?? id}`);
  });
  const release = watch.retain(['volume', 'network']);
  await create(name('told'));
  await docker('create', '--name', name('talker'), image, 'true');
  await docker('network', 'connect', name('told'), name('talker'));
  await docker('start', name('talker'));
  await docker('wait', name('talker'));
  await docker('rm', name('talker'));
  await docker('network', 'rm', name('told'));
  await docker('volume', 'create', name('told'));
  await docker('volume', 'rm', name('told'));
  await eventually(() => seen.find((each) => each === `volume destroy ${name('told')}`));
  release();
  const ours = seen.filter((each) => each.endsWith(name('told')));
  for (const each of [
    'network create',
    'network connect',
    'network disconnect',
    'network destroy',
    'volume create',
  ])
    assert.ok(ours.includes(`${each} ${name('told')}`), `${each}: ${ours}`);
});

/** It takes all that is unused, so only on an engine that was started for the tests. */
const onlyOurs = {
  ...limits,
  skip: limits.skip || (readParts().engine?.own ? false : 'needs an engine of its own'),
};

test('unused networks go after one question, and neither used nor built-in ones', onlyOurs, async () => {
  for (const label of ['p1', 'p2', 'p3']) await create(name(label));
  await docker('create', '--name', name('pruned'), '--network', name('p3'), image, 'true');
  const state = () => Promise.all([name('p1'), name('p2'), name('p3'), 'bridge', 'host', 'none'].map(there));
  no();
  await execute('wheelhouse.networks.prune');
  const asked = screen.shown.at(-1);
  assert.match(asked?.text ?? '', /^Remove \d+ networks\?$/);
  for (const label of ['p1', 'p2']) assert.ok(asked?.detail?.includes(name(label)));
  assert.doesNotMatch(asked?.detail ?? '', new RegExp(`${name('p3')}|bridge|host|none`));
  assert.ok((await state()).every(Boolean));
  yes();
  await execute('wheelhouse.networks.prune');
  assert.deepEqual(await state(), [false, false, true, true, true, true]);
  no();
  const questions = () => screen.shown.filter(({ kind }) => kind === 'modal').length;
  const count = questions();
  await execute('wheelhouse.networks.prune');
  assert.equal(failures.at(-1)?.id, 'no-unused-network');
  assert.equal(questions(), count);
});
