// What is asked before a container goes, what is offered where one is in the way, and a log that goes on after it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../parts/processes.ts';
import { enter, eventually, execute, executeFromElsewhere, screen } from './fake-vscode.ts';

const {
  created,
  docker,
  ended,
  exists,
  failures,
  forever,
  image,
  inspect,
  limits,
  make,
  name,
  node,
  results,
  workbench,
} = await import('./container-world.ts');
const { registerImages } = await import('../../client/src/images/commands.ts');
registerImages(workbench, async () => undefined as never);

const unasked = 'Remove, and Do Not Ask Again';

test(
  'a stopped container is asked about until one says not to ask again; a running one always',
  limits,
  async () => {
    for (const suffix of ['q1', 'q2', 'q3']) await make(suffix, [], 'true');
    await ended(name('q1'), name('q2'), name('q3'));
    const questions = () => screen.shown.filter(({ kind }) => kind === 'modal').length;
    screen.press = () => undefined;
    await execute('wheelhouse.containers.remove', await node('q1'));
    assert.equal(screen.shown.at(-1)?.text, `Remove the container ${name('q1')}?`);
    assert.equal(await exists(name('q1')), true);
    screen.press = () => 'Remove';
    await execute('wheelhouse.containers.remove', await node('q1'));
    assert.equal(await exists(name('q1')), false);
    assert.equal(screen.settings.get('containers.confirmRemoval'), undefined);
    screen.press = () => unasked;
    await execute('wheelhouse.containers.remove', await node('q2'));
    assert.equal(await exists(name('q2')), false);
    assert.equal(screen.settings.get('containers.confirmRemoval'), false);
    screen.press = () => undefined;
    const asked = questions();
    await execute('wheelhouse.containers.remove', await node('q3'));
    assert.equal(await exists(name('q3')), false);
    assert.equal(questions(), asked);
    await make('q4', [], ...forever);
    await execute('wheelhouse.containers.remove', await node('q4'));
    assert.equal(questions(), asked + 1);
    assert.ok(!screen.shown.at(-1)?.buttons.includes(unasked));
    assert.equal(await exists(name('q4')), true);
    screen.settings.clear();
  },
);

test('a port that is taken names the container that holds it, and stops it on demand', limits, async () => {
  const port = '48124';
  await make('holder', ['--publish', `127.0.0.1:${port}:80`], ...forever);
  created.push(name('late'));
  await docker('create', '--name', name('late'), '--publish', `127.0.0.1:${port}:80`, image, ...forever);
  screen.press = ({ buttons }) => buttons.find((button) => button.startsWith('Stop'));
  await execute('wheelhouse.containers.start', { container: name('late') });
  assert.equal(failures.at(-1)?.id, 'port-taken');
  assert.equal(
    failures.at(-1)?.message,
    `Port ${port} of this machine is taken by the container ${name('holder')}.`,
  );
  await eventually(() => results.find(({ message }) => message === `${name('holder')} was stopped.`));
  screen.press = () => undefined;
  await execute('wheelhouse.containers.start', { container: name('late') });
  assert.match(results.at(-1)?.message ?? '', /late was started/);
  await execute('wheelhouse.images.run', {
    image,
    name: name('third'),
    ports: [{ host: Number(port), container: 80 }],
    command: forever,
  });
  assert.match(failures.at(-1)?.message ?? '', new RegExp(`taken by the container ${name('late')}\\.`));
  assert.match(screen.shown.at(-1)?.buttons.join() ?? '', /^Choose Another Port…,Stop /);
});

test(
  'another port is all that is asked for where one is taken, and all else stays as it was',
  limits,
  async () => {
    const taken = 48_130;
    await make('port-1', ['--publish', `127.0.0.1:${taken}:80`], ...forever);
    await make('port-2', ['--publish', `127.0.0.1:${taken + 1}:80`], ...forever);
    const published = (suffix: string) => docker('port', name(suffix));
    const pressOther = () => {
      screen.press = ({ buttons }) =>
        buttons.find((button) => ['Choose Another Port…', 'Recreate'].includes(button));
    };
    pressOther();
    const asked: string[] = [];
    screen.answer = ({ title }) => {
      asked.push(title);
      return enter;
    };
    created.push(name('port-3'), name('port-4'));
    await execute('wheelhouse.images.run', {
      image,
      name: name('port-3'),
      ports: [
        { host: taken, container: 80 },
        { host: taken + 2, container: 81 },
      ],
      env: { SECRET: 'hunter2' },
      command: forever,
    });
    // Variables are typed, and no other extension gets them with a failure.
    assert.doesNotMatch(JSON.stringify(failures.at(-1)), /hunter2/);
    await eventually(() => results.find(({ message }) => message.startsWith(`${name('port-3')} is running`)));
    assert.equal(asked.length, 1, asked.join());
    // The next two are held: by a container, and by what was asked for with it.
    assert.equal((await published('port-3')).split('\n')[0], `80/tcp -> 0.0.0.0:${taken + 3}`);
    assert.match(await published('port-3'), new RegExp(`81/tcp -> 0\\.0\\.0\\.0:${taken + 2}`));
    assert.equal(await docker('exec', name('port-3'), 'printenv', 'SECRET'), 'hunter2');

    // One that is there already is made anew, after a question of its own.
    const before = await docker(
      ...['create', '--name', name('port-4'), '--label', 'mine=yes', '--env', 'A=b'],
      ...['--publish', `127.0.0.1:${taken}:80`, image, ...forever],
    );
    asked.length = 0;
    await execute('wheelhouse.containers.start', { container: name('port-4') });
    assert.equal(failures.at(-1)?.id, 'port-taken');
    // While it is made anew none has its name.
    await eventually(() => results.find(({ message }) => message === `${name('port-4')} was recreated.`));
    assert.equal(await inspect(name('port-4'), '{{.State.Status}}'), 'running');
    assert.equal(await published('port-4'), `80/tcp -> 127.0.0.1:${taken + 4}`);
    assert.equal(asked.length, 1, asked.join());
    assert.ok(screen.shown.some(({ text }) => text === `Recreate ${name('port-4')}?`));
    assert.notEqual(await inspect(name('port-4'), '{{.Id}}'), before);
    assert.equal(await inspect(name('port-4'), '{{.Config.Labels.mine}}'), 'yes');
    screen.press = () => undefined;
    screen.answer = () => undefined;
    await docker('rm', '--force', ...['port-1', 'port-2', 'port-3', 'port-4'].map(name));
  },
);

test('a port is published on the address that is typed, which the row shows', limits, async () => {
  created.push(name('address'));
  const ports = [{ address: '127.0.0.1', host: 48125, container: 8000 }];
  await execute('wheelhouse.images.run', { image, name: name('address'), ports, command: forever });
  assert.equal(await docker('port', name('address')), '8000/tcp -> 127.0.0.1:48125');
  assert.match((await node('address')).description ?? '', /127\.0\.0\.1:48125→8000$/);
  const inside = await docker(
    'inspect',
    '--format',
    '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}',
    name('address'),
  );
  for (const wanted of ['localhost:48125', inside]) {
    screen.answer = ({ labels }) => labels?.find((label) => label === wanted);
    await execute('wheelhouse.containers.copyAddress', await node('address'));
    assert.equal(screen.copied.at(-1), wanted);
  }
  screen.answer = () => undefined;
  await docker('rm', '--force', name('address'));
});

test('what its restart policy starts again says how often, as the engine counts', limits, async () => {
  await make('loop', ['--restart', 'always'], 'sh', '-c', 'exit 3');
  const isTold = ({ description = '' }) => /^restarting · exited 3 · [2-9] restarts/.test(description);
  await eventually(async () => isTold(await node('loop')));
  assert.ok(Number(await docker('inspect', '--format', '{{.RestartCount}}', name('loop'))) >= 2);
  await docker('rm', '--force', name('loop'));
});

test('an image that is in use names its container, which goes after a question', limits, async () => {
  const ref = `${name('used')}:1`;
  const from = await docker('create', image, 'true');
  await docker('commit', '--change', 'CMD ["true"]', from, ref);
  await docker('rm', from);
  created.push(name('user'));
  await docker('run', '--name', name('user'), ref);
  screen.press = ({ kind, buttons }) =>
    kind === 'modal' ? undefined : buttons.find((button) => button.startsWith('Remove '));
  await execute('wheelhouse.images.remove', { image: ref });
  assert.equal(failures.at(-1)?.id, 'image-in-use');
  assert.match(failures.at(-1)?.message ?? '', new RegExp(`The container ${name('user')} still uses`));
  await eventually(() => screen.shown.find(({ text }) => text === `Remove the container ${name('user')}?`));
  assert.equal(await exists(name('user')), true);
  screen.press = ({ buttons }) => buttons.find((button) => button.startsWith('Remove'));
  await execute('wheelhouse.images.remove', { image: ref });
  await eventually(() => results.find(({ message }) => message === `${name('user')} was removed.`));
  screen.press = () => undefined;
  await execute('wheelhouse.images.remove', { image: ref });
  assert.equal(await exists(ref), false);
});

test('a link can answer no question', limits, async () => {
  await make('far', [], 'true');
  await ended(name('far'));
  screen.press = () => undefined;
  await executeFromElsewhere('wheelhouse.containers.remove', {
    container: name('far'),
    force: true,
    ask: false,
  });
  assert.equal(await exists(name('far')), true);
});

test('a log goes on with the container that is made anew under its name', limits, async () => {
  await make('anew', [], 'sh', '-c', 'echo first; while :; do sleep 0.1; done');
  await execute('wheelhouse.containers.logs', { container: name('anew') });
  const page = screen.pages.at(-1);
  assert.ok(page);
  const texts = () => JSON.stringify(page.posted);
  page.answer = ({ type }) => void (type === 'lines' && page.say({ type: 'drawn' }));
  page.say({ type: 'ready' });
  await eventually(() => (texts().includes('first') ? true : undefined));
  await docker('rm', '--force', name('anew'));
  await eventually(() => (texts().includes('was removed; one that is made anew') ? true : undefined));
  await make('other', [], 'sh', '-c', 'echo strange; while :; do sleep 0.1; done');
  await make('anew', [], 'sh', '-c', 'echo second; while :; do sleep 0.1; done');
  await eventually(() => (texts().includes('second') ? true : undefined));
  assert.ok(texts().includes('was made anew; its log goes on here'));
  assert.ok(!texts().includes('strange'));
  page.close();
});

test('the image of a container goes with it where nothing else has it, by one question', limits, async () => {
  const ref = `${name('left')}:1`;
  const withImage = 'Remove It and Its Image';
  const from = await docker('create', image, 'true');
  await docker('commit', '--change', 'LABEL alone=yes', from, ref);
  await docker('rm', from);
  created.push(name('i1'), name('i2'));
  const make = (suffix: string) => docker('create', '--name', name(suffix), ref, 'true');
  const buttons = async (suffix: string, pressed?: string) => {
    const before = screen.shown.length;
    screen.press = ({ kind }) => (kind === 'modal' ? pressed : undefined);
    await execute('wheelhouse.containers.remove', await node(suffix));
    assert.equal(screen.shown.length, before + 1);
    return screen.shown.at(-1)?.buttons ?? [];
  };
  try {
    await make('i1');
    await make('i2');
    // The other one has it.
    assert.ok(!(await buttons('i1')).includes(withImage));
    await docker('rm', name('i2'));
    await docker('tag', ref, `${name('left')}:2`);
    assert.ok(!(await buttons('i1')).includes(withImage), 'its other name may be wanted');
    await docker('rmi', `${name('left')}:2`);
    assert.ok((await buttons('i1', 'Remove')).includes(withImage));
    assert.deepEqual([await exists(name('i1')), await exists(ref)], [false, true]);
    await make('i1');
    await buttons('i1', withImage);
    assert.deepEqual([await exists(name('i1')), await exists(ref)], [false, false]);
    assert.equal(results.at(-1)?.message, `${name('i1')} and its image ${ref} were removed.`);
  } finally {
    screen.press = () => undefined;
    await run('docker', ['rmi', '--force', ref, `${name('left')}:2`]);
  }
});
