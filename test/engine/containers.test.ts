// The commands and the view of containers against a real engine.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContainerLogs } from '../../client/src/containers/logs/terminal.ts';
import type { Command } from '../../client/src/runtime/exec.ts';
import { run } from '../parts/processes.ts';
import { openDoor } from './engine-door.ts';
import { agree, eventually, execute, screen } from './fake-vscode.ts';

const {
  created,
  image,
  docker,
  ended,
  exists,
  failures,
  forever,
  inspect,
  lastFailure,
  limits,
  make,
  name,
  nextTerminal,
  node,
  nodes,
  prefix,
  results,
  workbench,
} = await import('./container-world.ts');
const { containerActions } = await import('../../client/src/containers/actions.ts');
const { containersByCommandLine } = await import('../../client/src/engine/containers.ts');

test(
  'the view says each state in words, with flags for its menus and the failing lines in its tooltip',
  limits,
  async () => {
    await make('runs', ['--publish', '127.0.0.1::8000'], ...forever);
    await make('paused', [], ...forever);
    await make('ok', [], 'true');
    await make('bad', [], 'sh', '-c', 'echo out; echo reason >&2; exit 3');
    await make('oom', ['--memory', '20m'], 'python3', '-c', 'x = bytearray(300_000_000)');
    await run('docker', ['create', '--name', name('fails'), image, 'no-such-program']);
    await run('docker', ['start', name('fails')]);
    created.push(name('fails'));
    await docker('pause', name('paused'));
    await ended(name('ok'), name('bad'), name('oom'));

    const port = (await docker('port', name('runs'), '8000/tcp')).split(':').at(-1);
    const expected: Readonly<Record<string, [string, string, string | undefined]>> = {
      runs: [
        `running · under 1 min · 127.0.0.1:${port}→8000`,
        ';container;running;shell;port;',
        'charts.green',
      ],
      paused: ['paused', ';container;running;paused;', 'charts.yellow'],
      ok: ['exited 0 · just now', ';container;stopped;', 'disabledForeground'],
      bad: ['exited 3 · just now', ';container;stopped;', 'charts.red'],
      oom: ['exited 137 · out of memory · just now', ';container;stopped;', 'charts.red'],
      fails: ['did not start · command not found', ';container;stopped;', 'charts.red'],
    };
    const drawn = await nodes();
    const seen = drawn.map(({ label, description, context, color }) => [
      label.slice(prefix.length + 1),
      [description, context, color],
    ]);
    assert.deepEqual(Object.fromEntries(seen), expected);
    assert.deepEqual(
      new Set(drawn.slice(0, 2).map(({ label }) => label)),
      new Set([name('runs'), name('paused')]),
    );
    assert.deepEqual(
      drawn.map(({ id }) => id),
      (await nodes()).map(({ id }) => id),
    );
    const { provider, options } = screen.trees.get('wheelhouse.containers') ?? {};
    assert.equal(options?.canSelectMany, true);
    const bad = await node('bad');
    const item = (await provider?.resolveTreeItem({}, bad)) as { tooltip: { value: string } };
    assert.match(
      item.tooltip.value,
      /exited 3[\s\S]*Image: ` .+ `[\s\S]*Last lines\n\n```text\n(out\nreason|reason\nout)\n```$/,
    );
    assert.equal(await (await node('ok')).details?.().then((text) => /Last lines/.test(text)), false);
  },
);

test(
  'Stop, Start and Remove change the container, say so, and know it by node, name and id',
  limits,
  async () => {
    const id = await make('cycle', [], ...forever);
    assert.deepEqual(await execute('wheelhouse.containers.stop', await node('cycle')), {
      containers: [name('cycle')],
    });
    assert.equal(await inspect(id, '{{.State.Running}}'), 'false');
    assert.deepEqual(results.at(-1), {
      kind: 'containers.stop',
      message: `${name('cycle')} was stopped.`,
      value: { containers: [name('cycle')] },
    });
    assert.equal(screen.statusBar.at(-1), `${name('cycle')} was stopped.`);
    await execute('wheelhouse.containers.start', { container: id.slice(0, 12) });
    assert.equal(await inspect(id, '{{.State.Running}}'), 'true');
    assert.equal(results.at(-1)?.message, `${name('cycle')} was started: running.`);
    await execute('wheelhouse.containers.stop', { container: id });
    const asked = screen.shown.length;
    await execute('wheelhouse.containers.remove', { container: name('cycle') });
    assert.equal(await exists(id), false);
    assert.equal(screen.shown.length, asked, 'a stopped container goes without a question');
  },
);

test('Remove of a running container asks, names it, and takes no for an answer', limits, async () => {
  await make('kept', [], ...forever);
  screen.press = () => undefined;
  assert.equal(await execute('wheelhouse.containers.remove', await node('kept')), undefined);
  const question = screen.shown.at(-1);
  assert.equal(question?.kind, 'modal');
  assert.match(question?.text ?? '', new RegExp(`${name('kept')} is running`));
  assert.equal(question?.detail, 'What it wrote outside of its mounts is lost.');
  assert.equal(await inspect(name('kept'), '{{.State.Running}}'), 'true');
  screen.press = agree;
  await execute('wheelhouse.containers.remove', await node('kept'));
  screen.press = () => undefined;
  assert.equal(await exists(name('kept')), false);
});

test(
  'a selection is stopped as one, without those that do not run, and removed after one question',
  limits,
  async () => {
    await make('one', [], ...forever);
    await make('two', [], ...forever);
    await make('three', [], 'true');
    await ended(name('three'));
    const selection = [await node('one'), await node('two'), await node('three')];
    await execute('wheelhouse.containers.stop', selection[0], selection);
    assert.equal(results.at(-1)?.message, '2 containers were stopped.');
    const asked = screen.shown.length;
    screen.press = agree;
    await execute('wheelhouse.containers.remove', selection[0], selection);
    screen.press = () => undefined;
    assert.equal(screen.shown.length, asked + 1);
    assert.match(screen.shown.at(-1)?.text ?? '', /^Remove 3 containers\?$/);
    for (const suffix of ['one', 'two', 'three']) assert.equal(await exists(name(suffix)), false);
  },
);

test('Logs of a container that ended: all of it in a terminal, and in the result', limits, async () => {
  await make('said', [], 'sh', '-c', 'echo from stdout; echo wärning >&2; exit 4');
  await ended(name('said'));
  const logs = await execute<ContainerLogs>('wheelhouse.containers.logsInTerminal', {
    container: name('said'),
  });
  assert.match(logs.text, /from stdout\n/);
  assert.match(logs.text, /wärning\n/);
  assert.equal(logs.name, name('said'));
  const terminal = screen.terminals.at(-1);
  assert.ok(terminal?.shown);
  assert.equal(terminal.name, `${name('said')}: logs`);
  await eventually(() => terminal.text.includes('exited 4') || undefined);
  assert.match(terminal.text, /from stdout\r\n/);
  assert.equal(results.at(-1)?.kind, 'containers.logs');
  assert.equal(results.at(-1)?.message, `${name('said')}: exited 4.`);
});

test('Logs follow a running container until it ends, without losing a line', limits, async () => {
  const told = 'while [ ! -e /told ]; do sleep 0.1; done';
  await make(
    'follows',
    [],
    'sh',
    '-c',
    `for i in 1 2 3 4 5 6 7 8; do echo line $i; if [ $i = 2 ]; then ${told}; fi; done`,
  );
  const following = nextTerminal('line 2');
  const logs = execute<ContainerLogs>('wheelhouse.containers.logsInTerminal', { container: name('follows') });
  assert.doesNotMatch((await following).text, /line 8/);
  await docker('exec', name('follows'), 'touch', '/told');
  assert.equal((await logs).text, [1, 2, 3, 4, 5, 6, 7, 8].map((i) => `line ${i}\n`).join(''));
  assert.match(results.at(-1)?.message ?? '', /exited 0/);
});

test(
  'closing the terminal of logs ends the follower and is no failure; `follow: false` waits for nothing',
  limits,
  async () => {
    await make('goes-on', [], ...forever);
    const before = failures.length;
    const now = await execute<ContainerLogs>('wheelhouse.containers.logsInTerminal', {
      container: name('goes-on'),
      follow: false,
    });
    assert.equal(now.text, 'ready\n');
    const following = nextTerminal('ready');
    const logs = execute<ContainerLogs>('wheelhouse.containers.logsInTerminal', {
      container: name('goes-on'),
    });
    const terminal = await following;
    terminal.close();
    await logs;
    assert.match(results.at(-1)?.message ?? '', /no longer followed/);
    assert.equal(failures.length, before);
    const followers = await run('ps', ['-eo', 'args']);
    assert.doesNotMatch(
      followers.stdout,
      new RegExp(`logs .*--follow.*${await inspect(name('goes-on'), '{{.Id}}')}`),
    );
  },
);

test('Attach Shell opens a terminal whose command line works in the container', limits, async () => {
  await make('shell', [], ...forever);
  const opened = await execute<{ terminal: string }>('wheelhouse.containers.shell', {
    container: name('shell'),
  });
  assert.equal(opened.terminal, `${name('shell')}: shell`);
  const { shellPath, shellArgs } = screen.terminals.at(-1)?.options ?? {};
  assert.match(shellPath ?? '', /docker$/);
  assert.ok(shellArgs?.includes('--tty') || shellArgs?.includes('-it'), String(shellArgs));
  // The same arguments with a terminal around them, which `script` gives.
  const line = [shellPath, ...(shellArgs ?? [])].map((arg) => `'${arg?.replaceAll("'", "'\\''")}'`).join(' ');
  const { stdout } = await run('script', ['--quiet', '--command', line, '/dev/null'], {
    input: 'echo "shell: $BASH_VERSION"; exit\n',
    timeout: 20_000,
  });
  assert.match(stdout, /shell: \d/, stdout);
});

test(
  'a shell needs a running container with a shell in it, and the message says which is missing',
  limits,
  async () => {
    await make('done', [], 'true');
    await ended(name('done'));
    await execute('wheelhouse.containers.shell', { container: name('done') });
    assert.equal(lastFailure().id, 'container-not-running');
    assert.deepEqual(lastFailure().action?.arguments, [{ container: name('done') }]);
    await make(
      'bare',
      [],
      'sh',
      '-c',
      'exec 3</bin/sh; rm -f /bin/sh /bin/dash /usr/bin/sh /usr/bin/dash; exec sleep 60',
    );
    await eventually(() => undefined, 500).catch(() => {});
    const opened = screen.terminals.length;
    await execute('wheelhouse.containers.shell', { container: name('bare') });
    assert.equal(lastFailure().id, 'no-shell');
    assert.equal(screen.terminals.length, opened);
  },
);

test('Inspect opens what the engine says as JSON', limits, async () => {
  const raw = await execute<{ Name: string }>('wheelhouse.containers.inspect', { container: name('ok') });
  assert.equal(raw.Name, `/${name('ok')}`);
  assert.equal(JSON.parse(screen.documents.at(-1) ?? '').Name, `/${name('ok')}`);
});

test(
  'what cannot be done is told in a sentence: gone, not running, running already, port taken, no program',
  limits,
  async () => {
    const gone = await make('gone', [], 'true');
    await ended(gone);
    const stale = await node('gone');
    await docker('rm', gone);
    const cases: [string, unknown, string, RegExp][] = [];
    for (const verb of Object.keys(containerActions.actions)) {
      cases.push([verb, stale, 'container-gone', new RegExp(`no container ${name('gone')}\\.`)]);
    }
    const holder = await docker('port', name('runs'), '8000/tcp');
    await run('docker', [
      'create',
      '--name',
      name('port'),
      '--publish',
      `${holder}:9000`,
      image,
      'sleep',
      '60',
    ]);
    created.push(name('port'));
    await make('early', [], 'sh', '-c', 'sleep 0.1; exit 5');
    await ended(name('early'));
    cases.push(
      ['stop', { container: name('ok') }, 'container-not-running', /is not running/],
      ['start', { container: name('runs') }, 'container-running', /is running already/],
      [
        'start',
        { container: name('port') },
        'port-taken',
        new RegExp(`Port ${holder.split(':').at(-1)} .*taken`),
      ],
      ['start', { container: name('fails') }, 'program-missing', /no-such-program/],
      ['start', { container: name('early') }, 'container-exited', /started and ended: exited 5/],
      ['logs', { container: 'no such name' }, 'container-gone', /no container no such name\./],
    );
    for (const [verb, argument, id, message] of cases) {
      const count = failures.length;
      assert.equal(await execute(`wheelhouse.containers.${verb}`, argument), undefined, verb);
      assert.equal(failures.length, count + 1, `${verb} ${id}`);
      assert.equal(lastFailure().id, id, `${verb}: ${lastFailure().message}`);
      assert.match(lastFailure().message, message);
      assert.ok(lastFailure().remedy);
    }
  },
);

test('from the palette the fitting ones are offered', limits, async () => {
  screen.answer = ({ labels }) => labels?.find((label) => label === name('runs'));
  await execute('wheelhouse.containers.inspect');
  assert.equal(screen.asked.at(-1)?.title, 'Inspect Container: Container');
  screen.answer = () => undefined;
  assert.equal(await execute('wheelhouse.containers.stop'), undefined);
  const { labels = [] } = screen.asked.at(-1) ?? {};
  assert.ok(labels.includes(name('runs')) && !labels.includes(name('ok')), String(labels));
  assert.equal(await inspect(name('runs'), '{{.State.Running}}'), 'true');
});

test('one that goes between list and inspect does not empty the view', limits, async () => {
  await make('flees', [], 'true');
  await ended(name('flees'));
  let calls = 0;
  const racing = {
    engine: workbench.engine,
    run: async <T>(command: Command<T>, facts: Parameters<typeof workbench.run>[1]): Promise<T> => {
      if (++calls === 2) await docker('rm', name('flees'));
      return workbench.run(command, facts);
    },
  };
  const found = await containersByCommandLine(racing);
  assert.ok(found.some((container) => container.name === name('runs')));
  assert.equal(calls, 4);
});

test(
  'an engine that stops answering: the followed log ends with the word for it, and the view asks for an engine',
  limits,
  async () => {
    const before = process.env.DOCKER_HOST;
    const door = await openDoor(before ?? '');
    await make('elsewhere', [], ...forever);
    try {
      process.env.DOCKER_HOST = door.host;
      const following = nextTerminal('ready');
      const logs = execute('wheelhouse.containers.logsInTerminal', { container: name('elsewhere') });
      await following;
      const said = failures.length;
      await door.slam();
      await logs;
      assert.equal(failures.length, said + 1);
      assert.match(lastFailure().id, /^engine-(stopped|unreachable)$/);
      await execute('wheelhouse.containers.stop', { container: name('elsewhere') });
      assert.equal(lastFailure().id, 'engine-unreachable');
      assert.deepEqual(await screen.trees.get('wheelhouse.containers')?.provider.getChildren(), []);
      assert.equal(screen.context.get('wheelhouse.engineState'), 'unreachable');
    } finally {
      process.env.DOCKER_HOST = before;
      await door.slam();
    }
    await execute('wheelhouse.containers.refresh');
    assert.equal(screen.context.get('wheelhouse.engineState'), 'ready');
    assert.ok((await nodes()).some(({ label }) => label === name('elsewhere')));
  },
);
