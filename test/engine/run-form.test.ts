// The form of a run: limits, network and whatever else an engine takes, without a run before that is made anew.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agree, enter, execute, screen, typing } from './fake-vscode.ts';

const { created, docker, exists, failures, forever, image, inspect, limits, make, name, node, workbench } =
  await import('./container-world.ts');
const { registerImages } = await import('../../client/src/images/commands.ts');
const { recallRun, rememberRun } = await import('../../client/src/images/run-memory.ts');
registerImages(workbench, async () => undefined as never);

const forget = () => rememberRun(workbench.memory, { image, name: '' });

/** Answers one after the other; at the end Enter runs it. */
function answering(...answers: string[]) {
  const all = [...answers];
  screen.answer = ({ labels, title }) => {
    const next = all.length ? all.shift() : enter;
    const isThere = !labels || next === enter || next?.startsWith(typing('')) || labels.includes(next ?? '');
    assert.ok(isThere, `${next} of ${labels} in ${title}`);
    return next;
  };
  return () => {
    screen.answer = () => undefined;
    assert.deepEqual(all, []);
  };
}
const rowsOfForm = () =>
  screen.asked.findLast(({ title }) => title.startsWith('Run Container: '))?.rows ?? [];

test(
  'it asks for memory, network, restart and other options, and begins with them the next time',
  limits,
  async () => {
    const lan = name('lan');
    await docker('network', 'create', lan);
    created.push(name('limits'));
    const done = answering(
      ...['Memory Limit', '64m', 'Network', lan, 'Restart', 'When It Fails'],
      ...['Other Options', '--user 1000 --label secret=hunter2'],
      ...['Name', name('limits'), 'Command', 'sleep 300'],
    );
    try {
      await execute('wheelhouse.images.run', { ref: image });
      done();
      assert.ok(await exists(name('limits')), JSON.stringify(failures.at(-1)));
      const state = '{{.HostConfig.Memory}} {{.HostConfig.NetworkMode}} {{.HostConfig.RestartPolicy.Name}}';
      assert.equal(
        await inspect(name('limits'), `${state} {{.Config.User}} {{.Config.Labels.secret}}`),
        `67108864 ${lan} on-failure 1000 hunter2`,
      );
      // What a label says may be a secret.
      assert.deepEqual(recallRun(workbench.memory, image).options, [
        ...['--memory', '64m', '--network', lan, '--restart', 'on-failure', '--user', '1000'],
      ]);
      screen.answer = () => undefined;
      await execute('wheelhouse.images.run', { ref: image });
      const rows = rowsOfForm();
      for (const row of [
        'Memory Limit 64m',
        `Network ${lan}`,
        'Restart on-failure',
        'Other Options --user 1000',
      ])
        assert.ok(rows.includes(row), `${row} in ${rows.join('\n')}`);
      assert.ok(rows.some((row) => row.startsWith('GPU ')));
    } finally {
      screen.answer = () => undefined;
      await docker('rm', '--force', name('limits'));
      await docker('network', 'rm', lan);
    }
  },
);

test('restart and removal at the end give way to each other', limits, async () => {
  await forget();
  const done = answering(
    ...['Restart', 'Always', 'When It Ends', 'Remove It', 'Name', name('gone'), 'Command', 'sleep 300'],
  );
  created.push(name('gone'));
  await execute('wheelhouse.images.run', { ref: image });
  done();
  assert.equal(
    await inspect(name('gone'), '{{.HostConfig.RestartPolicy.Name}} {{.HostConfig.AutoRemove}}'),
    'no true',
  );
});

test(
  'what was typed is there again after Escape, and after a run that failed; no value is stored',
  limits,
  async () => {
    await forget();
    const escaping = (...answers: string[]) => {
      screen.answer = () => answers.shift();
      return execute('wheelhouse.images.run', { ref: image });
    };
    const row = (label: string) => rowsOfForm().find((one) => one.startsWith(`${label} `));
    const stored = () => workbench.memory.keys().map((key) => workbench.memory.get(key));
    await escaping('Environment', 'TOKEN=hunter2', 'When It Ends', 'Keep It', 'Command', 'sh -c "exit 3"');
    await escaping();
    assert.deepEqual(['Environment', 'Command'].map(row), ['Environment TOKEN', 'Command sh -c exit 3']);
    assert.doesNotMatch(JSON.stringify(stored()), /hunter2|exit 3/);
    // Another image has a form of its own.
    screen.answer = () => undefined;
    await execute('wheelhouse.images.run', { ref: 'wheelhouse.invalid/other' });
    assert.equal(row('Environment'), 'Environment none');

    created.push(name('draft'));
    const failing = answering('Name', name('draft'));
    await execute('wheelhouse.images.run', { ref: image });
    failing();
    assert.equal(failures.at(-1)?.id, 'container-exited');
    assert.match(failures.at(-1)?.message ?? '', /ended with exit code 3\.$/);
    await escaping();
    assert.equal(row('Environment'), 'Environment TOKEN');
    assert.notEqual(row('Name'), `Name ${name('draft')}`);

    created.push(name('draft-2'));
    const running = answering('Command', 'sleep 300', 'Name', name('draft-2'));
    await execute('wheelhouse.images.run', { ref: image });
    running();
    assert.match(await inspect(name('draft-2'), '{{json .Config.Env}}'), /"TOKEN=hunter2"/);
    // What ran is remembered by its name alone.
    await escaping();
    assert.match(row('Environment') ?? '', /type the values again/);
    assert.doesNotMatch(JSON.stringify(stored()), /hunter2/);
  },
);

test('what was typed to make a container anew is there again after Escape', limits, async () => {
  await make('anew', [], ...forever);
  await make('other', [], ...forever);
  const shown = async (of: string, ...answers: string[]) => {
    screen.answer = () => answers.shift();
    await execute('wheelhouse.images.recreate', await node(of));
    const form = screen.asked.findLast(({ title }) => title === `Recreate Container: ${name(of)}`);
    return form?.rows?.find((row) => row.startsWith('Memory Limit '));
  };
  await shown('anew', 'Memory Limit', '64m');
  assert.equal(await shown('anew'), 'Memory Limit 64m');
  assert.equal(await shown('other'), 'Memory Limit none');
});

test('what was typed to make a container anew is there again where that failed', limits, async () => {
  const id = await make('failing', [], ...forever);
  const row = (label: string) =>
    screen.asked
      .findLast(({ title }) => title === `Recreate Container: ${name('failing')}`)
      ?.rows?.find((row) => row.startsWith(`${label} `));
  const recreate = async () => execute('wheelhouse.images.recreate', await node('failing'));
  screen.press = agree;
  try {
    const failing = answering('Memory Limit', '64m', 'Command', 'no-such-program');
    assert.equal(await recreate(), undefined);
    failing();
    assert.equal(failures.at(-1)?.id, 'program-missing');
    assert.equal(await inspect(id, '{{.State.Status}} {{.Name}}'), `running /${name('failing')}`);
    // The form begins with it, and only what was wrong is typed again.
    const mending = answering('Command', 'sleep 300');
    const from = screen.asked.length;
    assert.ok(await recreate(), JSON.stringify(failures.at(-1)));
    mending();
    const [first] = screen.asked.slice(from).filter(({ title }) => title.startsWith('Recreate Container: '));
    assert.ok(first?.rows?.includes('Memory Limit 64m'), first?.rows?.join());
    assert.ok(first?.rows?.includes('Command no-such-program'), first?.rows?.join());
    assert.equal(await inspect(name('failing'), '{{.HostConfig.Memory}} {{.Args}}'), '67108864 [300]');
    // What was made has no draft.
    screen.answer = () => undefined;
    await recreate();
    assert.equal(row('Command'), 'Command sleep 300');
  } finally {
    screen.answer = () => undefined;
    screen.press = () => undefined;
  }
});

test(
  'a GPU is none or all, asked of the engine, and can be taken back where that has none',
  limits,
  async () => {
    await forget();
    const choice = () => screen.asked.findLast(({ title }) => title === 'Run Container: GPU');
    const shownAfter = async (...answers: string[]) => {
      screen.answer = () => answers.shift();
      await execute('wheelhouse.images.run', { ref: image });
      return rowsOfForm().find((row) => row.startsWith('GPU '));
    };
    // No machine of the tests has one.
    const none = 'GPU none; this engine names no GPU';
    assert.equal(await shownAfter('GPU'), none);
    assert.deepEqual(choice()?.labels, ['None', 'All']);
    assert.equal(await shownAfter('GPU', 'All'), 'GPU all');
    assert.match(
      screen.asked.findLast(({ title }) => title.startsWith('Run Container: '))?.details?.join() ?? '',
      / --gpus all /,
    );
    assert.equal(await shownAfter('GPU', 'None'), none);
    created.push(name('gpu'));
    const done = answering('GPU', 'All', 'Name', name('gpu'), 'Command', 'sleep 300');
    await execute('wheelhouse.images.run', { ref: image });
    done();
    assert.equal(failures.at(-1)?.id, 'gpu-missing');
    assert.equal(await exists(name('gpu')), false);
    // It is in the form again, where it can be taken back.
    assert.equal(await shownAfter(), 'GPU all');
    assert.equal(await shownAfter('GPU', 'None'), none);
  },
);

test('what happens when it ends is chosen, and stays as it was where nobody chooses', limits, async () => {
  await forget();
  const endsOf = async (...answers: string[]) => {
    screen.answer = () => answers.shift();
    await execute('wheelhouse.images.run', { ref: image });
    return rowsOfForm().find((row) => row.startsWith('When It Ends '));
  };
  assert.equal(await endsOf('When It Ends'), 'When It Ends keep it');
  const choice = screen.asked.findLast(({ title }) => title === 'Run Container: When It Ends');
  assert.deepEqual(choice?.labels, ['Keep It', 'Remove It']);
  assert.equal(await endsOf('When It Ends', 'Remove It'), 'When It Ends remove it');
  assert.equal(await endsOf('When It Ends', 'Keep It'), 'When It Ends keep it');
});

test('variables in one line with blanks are told apart where the person means that', limits, async () => {
  for (const [meant, env] of [
    ['2 Variables: EPOCHS, LR', ['EPOCHS=3', 'LR=0.1']],
    ['As Typed: EPOCHS', ['EPOCHS=3 LR=0.1']],
  ] as const) {
    const suffix = `env-${env.length}`;
    created.push(name(suffix));
    await forget();
    const done = answering(
      ...['Environment', 'EPOCHS=3 LR=0.1', meant, 'Name', name(suffix), 'Command', 'sleep 300'],
    );
    await execute('wheelhouse.images.run', { ref: image });
    done();
    const told = JSON.parse(await inspect(name(suffix), '{{json .Config.Env}}')) as string[];
    assert.deepEqual(
      told.filter((each) => /EPOCHS|LR/.test(each)),
      env,
    );
  }
});

test(
  'variables are not taken among the other options, where every user could read them',
  limits,
  async () => {
    await forget();
    for (const [text, shown] of [
      ['--env TOKEN=hunter2', 'none'],
      ['-eTOKEN=hunter2', 'none'],
      ['--user 1 --env=TOKEN=x', 'none'],
      ['--user 1 --entrypoint true', '--user 1 --entrypoint true'],
    ] as const) {
      const all = ['Other Options', text];
      screen.answer = () => all.shift();
      await execute('wheelhouse.images.run', { ref: image });
      assert.ok(rowsOfForm().includes(`Other Options ${shown}`), `${text}: ${rowsOfForm().join('\n')}`);
    }
    screen.answer = () => undefined;
  },
);

test(
  'a container that is made anew shows its volume under Mounts, where it can be left out',
  limits,
  async () => {
    const volume = name('datasets');
    await make('mounts', ['--volume', `${volume}:/data`, '--volume', '/srv:/srv:ro'], ...forever);
    const answers = ['Mounts', typing('/tmp:/here'), 'Mounts', 'Type Them…', `${volume}:/data, /tmp:/here`];
    const done = answering(...answers);
    screen.press = agree;
    try {
      const from = screen.asked.length;
      await execute('wheelhouse.images.recreate', await node('mounts'));
      done();
      const forms = screen.asked
        .slice(from)
        .filter(({ title }) => title === `Recreate Container: ${name('mounts')}`);
      const shown = (at: number) =>
        (forms.at(at)?.rows ?? []).filter((row) => /^(?:Mounts|Other Options) /.test(row));
      // In no order: the engine lists them as it likes.
      const [mounts = '', others] = shown(0);
      assert.deepEqual(mounts.replace('Mounts ', '').split(', ').sort(), ['/srv:/srv:ro', `${volume}:/data`]);
      assert.equal(others, 'Other Options none');
      assert.deepEqual(shown(-1), [`Mounts /tmp:/here, ${volume}:/data`, 'Other Options none']);
      const mounted = await inspect(
        name('mounts'),
        '{{range .Mounts}}{{.Type}} {{.Name}} {{.Destination}},{{end}}',
      );
      assert.deepEqual(mounted.split(',').sort(), ['', 'bind  /here', `volume ${volume} /data`]);
      // As it was given, which makes a folder that is not there.
      assert.equal(await inspect(name('mounts'), '{{.HostConfig.Binds}}'), `[${volume}:/data]`);
    } finally {
      screen.answer = () => undefined;
      screen.press = () => undefined;
      await docker('rm', '--force', name('mounts'));
      await docker('volume', 'rm', volume);
    }
  },
);
