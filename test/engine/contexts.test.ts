import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import {
  cli,
  config,
  failures,
  hosts,
  image,
  limits,
  node,
  nodes,
  on,
  results,
  type Which,
  workbench,
} from './context-world.ts';
import { enter, eventually, execute, executeFromElsewhere, screen } from './fake-vscode.ts';

const label = ['--label', 'wheelhouse.contexts'];
const machine = async () => [
  await cli('context', 'show'),
  readFileSync(path.join(config, 'config.json'), 'utf8'),
];
const other = { first: 'second', second: 'first' } as const;
const use = (name: string) => execute<{ name: string } | undefined>('wheelhouse.contexts.use', { name });
const volumes = async (which: Which) => (await on(which, 'volume', 'ls', '--quiet')).split('\n');
const nameOf = (which: Which) => `wh-${which}.+_x`;

test('a context is created from an address, and shown with where it leads', limits, async () => {
  const before = await machine();
  for (const which of ['first', 'second'] as const) {
    const made = await execute('wheelhouse.contexts.create', {
      name: nameOf(which),
      address: hosts[which],
      description: '**bold** $(alert) \u001b[31m',
    });
    assert.deepEqual(made, { name: nameOf(which), address: hosts[which] });
    assert.equal(
      await cli('context', 'inspect', '--format', '{{.Endpoints.docker.Host}}', nameOf(which)),
      hosts[which],
    );
  }
  assert.equal(
    await execute('wheelhouse.contexts.create', { name: nameOf('first'), address: 'tcp://h:1' }),
    undefined,
  );
  assert.equal(failures.at(-1)?.id, 'context-exists');
  const shown = await node(nameOf('first'));
  assert.equal(shown.description, `this machine, ${hosts.first.slice('unix://'.length)}`);
  assert.doesNotMatch(String(shown.tooltip), /[^\\]\*bold|[^\\]\$\(alert\)/);
  assert.ok(!String(shown.tooltip).includes('\u001b'));
  assert.deepEqual(await machine(), before);
});

test('asked for, an address is checked, and a name is proposed', limits, async () => {
  screen.answer = ({ title, kind }) =>
    kind === 'input' && title.includes('Address') ? 'ssh://me@train.example:2222' : enter;
  try {
    assert.deepEqual(await execute('wheelhouse.contexts.create'), {
      name: 'train.example',
      address: 'ssh://me@train.example:2222',
    });
    assert.match((await node('train.example')).description ?? '', /^by ssh, me@train\.example:2222$/);
  } finally {
    screen.answer = () => undefined;
  }
  await execute('wheelhouse.contexts.create', { name: 'pw', address: 'ssh://me:secret@host' });
  assert.equal(failures.at(-1)?.id, 'bad-context');
  assert.doesNotMatch(screen.log.join('\n'), /me:secret/);
});

test(
  'what is made lands in the engine of the chosen context, and the choice of the machine stays',
  limits,
  async () => {
    const before = await machine();
    for (const which of ['first', 'second', 'first'] as const) {
      assert.equal((await use(nameOf(which)))?.name, nameOf(which));
      const name = `wh-ctx-${which}-${results.length}`;
      await execute('wheelhouse.volumes.create', { name });
      await execute('wheelhouse.networks.create', { name });
      assert.ok((await volumes(which)).includes(name));
      assert.ok(!(await volumes(other[which])).includes(name));
      assert.equal(await on(which, 'network', 'inspect', '--format', '{{.Name}}', name), name);
      await node(name, 'volumes');
      await node(name, 'networks');
      await execute('wheelhouse.networks.remove', { network: name });
      await execute('wheelhouse.volumes.remove', { volume: name });
      assert.ok(!(await volumes(which)).includes(name));
      assert.match((await node(nameOf(which))).description ?? '', /^in use, chosen here · /);
      assert.match((await node('default')).description ?? '', /^the choice of the machine, not used here/);
      const item = screen.statusItems.get('wheelhouse.context');
      await eventually(() => (item?.shown && item.text === `$(vm-active) ${nameOf(which)}`) || undefined);
      assert.equal(item?.command, 'wheelhouse.contexts.choose');
    }
    assert.deepEqual(await machine(), before);
  },
);

test('views and events are those of the new engine at once', limits, async () => {
  const view = screen.trees.get('wheelhouse.containers');
  const names = async () => (await nodes('containers')).map((each) => each.label);
  await use(nameOf('first'));
  view?.see(true);
  try {
    await names();
    await use(nameOf('second'));
    assert.ok(view?.redrawn.length);
    for (const [at, which] of (['second', 'first', 'second'] as const).entries()) {
      if (at) await use(nameOf(which));
      const name = `wh-ctx-event-${at}`;
      await names();
      // The process that follows may not listen yet, and tells what came before.
      const drawn = view?.redrawn.length ?? 0;
      await on(which, 'create', '--name', name, ...label, image, 'true');
      await eventually(() => ((view?.redrawn.length ?? 0) > drawn ? true : undefined));
      assert.ok((await names()).includes(name));
      const now: number | undefined = view?.redrawn.length;
      await on(other[which], 'create', '--name', `${name}-else`, ...label, image, 'true');
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      assert.equal(view?.redrawn.length, now, 'the engine of before is followed no more');
      assert.ok(!(await names()).includes(`${name}-else`));
    }
  } finally {
    view?.see(false);
  }
});

test('work in progress ends on the engine with which it began', limits, async () => {
  await use(nameOf('first'));
  const name = 'wh-ctx-stop';
  for (const which of ['first', 'second'] as const)
    await on(
      which,
      'run',
      '--detach',
      '--name',
      name,
      ...label,
      image,
      'sh',
      '-c',
      'trap "echo asked to end" TERM; while :; do sleep 0.2; done',
    );
  const stopping = execute('wheelhouse.containers.stop', { container: name });
  await eventually(async () => (await on('first', 'logs', name)).includes('asked to end') || undefined);
  await use(nameOf('second'));
  const count = failures.length;
  await stopping;
  assert.deepEqual(failures.slice(count), []);
  assert.equal(await on('first', 'inspect', '--format', '{{.State.Status}}', name), 'exited');
  assert.equal(await on('second', 'inspect', '--format', '{{.State.Status}}', name), 'running');
  await on('second', 'rm', '--force', name);
});

test('a shell and the copied command lines name the context', limits, async () => {
  await use(nameOf('second'));
  await on('second', 'run', '--detach', '--name', 'wh-ctx-shell', ...label, image, 'sleep', '600');
  await execute('wheelhouse.containers.shell', { container: 'wh-ctx-shell' });
  const { options } = screen.terminals.at(-1) ?? {};
  assert.deepEqual(options?.shellArgs?.slice(0, 2), ['--context', nameOf('second')]);
  await on('second', 'rm', '--force', 'wh-ctx-shell');
});

test('VS Code is opened in a container of the context, not in that of the machine', limits, async () => {
  const opened: [{ authority: string; path: string }, unknown][] = [];
  const attached: unknown[] = [];
  screen.commands.set('vscode.openFolder', async (uri, options) => void opened.push([uri as never, options]));
  screen.commands.set('remote-containers.attachToRunningContainer', async (id) => void attached.push(id));
  const place = ['--workdir', '/srv/a b', '--name', 'wh-ctx-attach'];
  const id = await on('second', 'run', '--detach', ...place, ...label, image, 'sleep', '600');
  await use(nameOf('second'));
  await execute('wheelhouse.containers.attachEditor', { container: 'wh-ctx-attach' });
  const [uri, options] = opened.at(-1) ?? [];
  assert.deepEqual([uri?.path, options, attached], ['/srv/a b', { forceNewWindow: true }, []]);
  const [kind, hex = ''] = uri?.authority.split('+') ?? [];
  assert.equal(kind, 'attached-container');
  // Read as Dev Containers does, and asked of the command line with what it says.
  const { containerName, settings } = JSON.parse(Buffer.from(hex, 'hex').toString());
  const ask = ['--context', settings.context, 'inspect', '--format', '{{.Id}}', containerName];
  assert.equal(await cli(...ask), id);
  await on('second', 'rm', '--force', 'wh-ctx-attach');
  await use(nameOf('first'));
});

test('one that does not answer is not taken, and what was used stays', limits, async () => {
  await use(nameOf('first'));
  await execute('wheelhouse.contexts.create', { name: 'wh-gone', address: 'unix:///nowhere/docker.sock' });
  assert.equal(await use('wh-gone'), undefined);
  assert.equal(failures.at(-1)?.id, 'engine-context-unreachable');
  assert.equal(
    failures.at(-1)?.message,
    `The engine of wh-gone does not answer; this workspace goes on with ${nameOf('first')}.`,
  );
  assert.match((await node(nameOf('first'))).description ?? '', /^in use, chosen here/);
  await execute('wheelhouse.contexts.use', { name: 'no-such' });
  assert.equal(failures.at(-1)?.id, 'context-gone');
});

test('a link neither makes a context nor leads to another engine without a question', limits, async () => {
  await use(nameOf('first'));
  const before = screen.shown.length;
  screen.press = () => undefined;
  await executeFromElsewhere('wheelhouse.contexts.create', { name: 'wh-link', address: 'tcp://h:1' });
  for (const command of ['use', 'choose'])
    await executeFromElsewhere(`wheelhouse.contexts.${command}`, { name: nameOf('second') });
  assert.deepEqual(
    screen.shown.slice(before).map(({ kind, text }) => [kind, text]),
    [
      ['modal', 'Create the context wh-link?'],
      ['modal', `Use the context ${nameOf('second')} in this workspace?`],
      ['modal', `Use the context ${nameOf('second')} in this workspace?`],
    ],
  );
  assert.doesNotMatch(await cli('context', 'ls', '--quiet'), /wh-link/);
  assert.match((await node(nameOf('first'))).description ?? '', /^in use, chosen here/);
});

test(
  'a context that is used, or is the machine’s, is not removed; another one is, when asked',
  limits,
  async () => {
    const all = await cli('context', 'ls', '--quiet');
    for (const [context, id] of [
      [nameOf('first'), 'context-in-use'],
      ['default', 'context-built-in'],
    ] as const) {
      await executeFromElsewhere('wheelhouse.contexts.remove', { name: context });
      assert.equal(failures.at(-1)?.id, id);
    }
    const shown = screen.shown.length;
    await executeFromElsewhere('wheelhouse.contexts.remove', { name: 'wh-gone' });
    assert.deepEqual(
      screen.shown.slice(shown).map(({ kind, text }) => [kind, text]),
      [['modal', 'Remove the context wh-gone?']],
    );
    assert.equal(await cli('context', 'ls', '--quiet'), all);
    assert.deepEqual(await execute('wheelhouse.contexts.remove', { name: 'wh-gone' }), {
      names: ['wh-gone'],
    });
    assert.deepEqual(
      (await cli('context', 'ls', '--quiet')).split('\n'),
      all.split('\n').filter((name) => name !== 'wh-gone'),
    );
  },
);

test('inspected as the command line tells it, and copied', limits, async () => {
  const raw = await execute<{ Name: string }>('wheelhouse.contexts.inspect', { name: nameOf('first') });
  assert.deepEqual([raw], JSON.parse(await cli('context', 'inspect', nameOf('first'))));
  await execute('wheelhouse.contexts.copyName', { name: nameOf('second') });
  assert.equal(screen.copied.at(-1), nameOf('second'));
});

test(
  'without a choice the workspace goes where the command line goes, also when that changes',
  limits,
  async () => {
    assert.ok(workbench.place());
    process.env.DOCKER_CONTEXT = nameOf('second');
    try {
      await execute('wheelhouse.contexts.release');
      assert.equal(workbench.place(), undefined);
      assert.match(
        (await node(nameOf('second'))).description ?? '',
        /^in use, by DOCKER_CONTEXT of the environment/,
      );
      await execute('wheelhouse.volumes.create', { name: 'wh-ctx-env' });
      assert.ok((await volumes('second')).includes('wh-ctx-env'));
      process.env.DOCKER_HOST = hosts.first;
      await execute('wheelhouse.contexts.refresh');
      assert.match((await node('default')).description ?? '', /^in use, by DOCKER_HOST of the environment/);
      assert.ok(!(await nodes('volumes')).some((each) => each.label === 'wh-ctx-env'));
      await use(nameOf('second'));
      await node('wh-ctx-env', 'volumes');
      assert.match(
        (await node('default')).description ?? '',
        /^by DOCKER_HOST of the environment, not used here/,
      );
    } finally {
      delete process.env.DOCKER_CONTEXT;
      delete process.env.DOCKER_HOST;
    }
    // Somebody changes the choice of the machine in a terminal.
    await cli('context', 'use', nameOf('first'));
    await execute('wheelhouse.contexts.release');
    assert.match((await node(nameOf('first'))).description ?? '', /^in use · /);
    await cli('context', 'use', nameOf('second'));
    await node('wh-ctx-env', 'volumes');
    assert.equal(await execute('wheelhouse.contexts.remove', { name: nameOf('second') }), undefined);
    assert.equal(failures.at(-1)?.id, 'context-in-use');
    await on('second', 'volume', 'rm', 'wh-ctx-env');
  },
);
