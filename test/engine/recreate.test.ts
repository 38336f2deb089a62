// A container made anew with other options: the new one has them and all else of the old one; where it fails, the old one is
// there as before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agree, enter, execute, executeFromElsewhere, screen } from './fake-vscode.ts';

const {
  created,
  docker,
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

const all = async () => (await docker('ps', '--all', '--format', '{{.Names}}')).split('\n');
const mine = async (suffix: string) => (await all()).filter((each) => each.startsWith(name(suffix)));

test(
  'the form begins with what the container has, and the new one has the rest as well',
  limits,
  async () => {
    const id = await make(
      'form',
      [
        '--publish',
        '127.0.0.1::8000',
        '--env',
        'TOKEN=hunter2',
        '--user',
        '1000',
        '--volume',
        '/kept',
        '--label',
        'a=b',
      ],
      ...['sh', '-c', 'echo data > /tmp/new; trap "exit 0" TERM; while :; do sleep 0.1; done'],
    );
    const volume = await inspect(id, '{{range .Mounts}}{{.Name}}{{end}}');
    const answers = ['Shared Memory', '128m', 'Other Options', enter, '--memory 64m', enter];
    const rows: string[] = [];
    screen.answer = ({ labels = [] }) => {
      rows.push(...labels);
      return answers.shift();
    };
    screen.press = agree;
    const made = await execute<{ containerId: string }>('wheelhouse.images.recreate', await node('form'));
    screen.answer = () => undefined;
    assert.ok(made, JSON.stringify(failures.at(-1)));
    assert.ok(rows.some((row) => row.includes('Recreate')) && rows.includes('Image'), rows.join());
    const question = screen.shown.findLast(({ kind }) => kind === 'modal');
    assert.equal(question?.text, `Recreate ${name('form')}?`);
    assert.match(question?.detail ?? '', /is lost: \/tmp\/new\n/);
    assert.equal(await exists(id), false);
    assert.deepEqual(await mine('form'), [name('form')]);
    const state = await inspect(
      name('form'),
      '{{.State.Status}} {{.Config.User}} {{.Config.Env}} {{.HostConfig.ShmSize}} {{.HostConfig.Memory}} {{range .Mounts}}{{.Name}}{{end}}',
    );
    assert.match(state, new RegExp(`^running 1000 \\[.*TOKEN=hunter2.*\\] 134217728 67108864 ${volume}$`));
    assert.equal(await inspect(name('form'), '{{.Id}}'), made.containerId);
    assert.equal(results.at(-1)?.message, `${name('form')} was recreated.`);
    assert.ok(
      ![...screen.log, ...screen.terminals.map(({ text }) => text)].some((text) => text.includes('hunter2')),
    );
  },
);

test('the question counts what Changed Files lists, or names the only one', limits, async () => {
  const loss = async (suffix: string, script: string) => {
    const id = await make(suffix, ['--tmpfs', '/made/for', '--volume', '/also'], 'sh', '-c', script);
    await docker('wait', id);
    screen.answer = () => enter;
    screen.press = () => undefined;
    await execute('wheelhouse.images.recreate', await node(suffix));
    screen.answer = () => undefined;
    assert.ok(await exists(id));
    return screen.shown.findLast(({ kind }) => kind === 'modal')?.detail?.split('\n\n')[1];
  };
  const said = 'What it changed outside of its mounts is lost: ';
  assert.equal(
    await loss('loss-3', 'mkdir -p /srv/out && echo x >/srv/out/a && echo x >/srv/b && rm /etc/issue'),
    `${said}3 files and folders.`,
  );
  assert.equal(await loss('loss-1', 'echo x >/also/kept; echo x >/srv/b'), `${said}/srv/b`);
  assert.equal(
    await loss('loss-0', 'echo x >/made/for/it'),
    'It changed nothing outside of its mounts, so nothing is lost.',
  );
});

test('a new one that fails leaves the old one as it was', limits, async () => {
  const running = await make('back', ['--env', 'A=b'], ...forever);
  const ended = await make('back-ended', [], 'true');
  await docker('wait', ended);
  await make('taken', ['--publish', '127.0.0.1:48123:1'], ...forever);
  const recreate = (container: string, more: object) =>
    execute('wheelhouse.images.recreate', { container, ...more });
  for (const [more, id, said] of [
    [
      { command: ['sh', '-c', 'echo why it ended >&2; exit 3'] },
      'container-exited',
      /exit code 3\. why it ended/,
    ],
    [{ command: ['no-such-program'] }, 'program-missing', /no-such-program/],
    [{ image: '127.0.0.1:1/no/such:1' }, undefined, /127\.0\.0\.1|no\/such/],
    [{ options: ['--no-such-option'] }, 'option-wrong', /no-such-option/],
    [{ ports: [{ host: 48_123, container: 1 }], options: [] }, 'port-taken', /48123/],
    [{ name: name('taken') }, 'name-taken', /taken/],
    [{ env: { A: 'two\nlines' } }, 'env-newline', /./],
  ] as const) {
    for (const [container, status] of [
      [running, 'running'],
      [ended, 'exited'],
    ] as const) {
      const count = failures.length;
      assert.equal(await recreate(container, more), undefined);
      assert.equal(failures.length, count + 1, JSON.stringify(more));
      const { id: was, message, remedy } = failures.at(-1) ?? {};
      if (id) assert.equal(was, id);
      assert.match(message ?? '', said);
      assert.match(remedy ?? '', /is as it was\./);
      assert.equal(await inspect(container, '{{.State.Status}}'), status, message);
    }
  }
  assert.deepEqual((await mine('back')).sort(), [name('back'), name('back-ended')]);
  assert.equal(await inspect(running, '{{.Name}}'), `/${name('back')}`);
});

test('cancelled, nothing has changed; one that removes itself is told to be gone', limits, async () => {
  const id = await make(
    'cancelled',
    ['--stop-timeout', '30'],
    'sh',
    '-c',
    'trap "" TERM; while :; do sleep 0.1; done',
  );
  screen.cancelAfterMs = 2_500;
  assert.equal(await execute('wheelhouse.images.recreate', { container: id, command: forever }), undefined);
  assert.equal(failures.at(-1)?.id, 'cancelled', JSON.stringify(failures.at(-1)));
  assert.equal(await inspect(id, '{{.Name}}'), `/${name('cancelled')}`);
  assert.deepEqual(await mine('cancelled'), [name('cancelled')]);

  const passing = await make('passing', ['--rm'], ...forever);
  screen.press = () => undefined;
  screen.answer = () => enter;
  assert.equal(await executeFromElsewhere('wheelhouse.images.recreate', { container: passing }), undefined);
  assert.match(screen.shown.at(-1)?.detail ?? '', /cannot come back/);
  assert.equal(await exists(passing), true);
  screen.answer = () => undefined;
  await execute('wheelhouse.images.recreate', { container: passing, command: ['false'], remove: false });
  assert.match(failures.at(-1)?.remedy ?? '', /is gone\./);
  assert.equal(await exists(name('passing')), false);
});

test(
  'a link cannot add options unseen: the form shows them, and leaving it changes nothing',
  limits,
  async () => {
    const id = await make('link', [], ...forever);
    const asked = screen.asked.length;
    const request = { container: id, options: ['--privileged'] };
    assert.equal(await executeFromElsewhere('wheelhouse.images.recreate', request), undefined);
    assert.match(screen.asked[asked]?.title ?? '', /^Recreate Container: wh-/);
    assert.equal(await inspect(id, '{{.State.Status}}'), 'running');
    assert.equal(
      await executeFromElsewhere('wheelhouse.images.recreate', { container: '--help' }),
      undefined,
    );
    assert.equal(failures.at(-1)?.id, 'invalid-reference');
    created.push(id);
    assert.ok(image);
  },
);
