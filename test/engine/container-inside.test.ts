// What is done inside of containers and made of them: processes, variables, one command, an image, other windows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ToProcesses } from '../../client/src/containers/process-messages.ts';
import { run } from '../parts/processes.ts';
import { createFakePanel, serializers } from './fake-page.ts';
import { enter, eventually, execute, executeFromElsewhere, screen } from './fake-vscode.ts';

const { docker, exists, failures, forever, inspect, limits, make, name, node, workbench } = await import(
  './container-world.ts'
);

test(
  'after a reload of the window the processes are there again in their tab, or why they are not',
  limits,
  async () => {
    const id = await make('kept', [], ...forever);
    await execute('wheelhouse.containers.processes', { container: name('kept') });
    const title = `Processes of ${name('kept')}`;
    assert.equal(screen.pages.at(-1)?.title, title);
    screen.pages.at(-1)?.close();
    const before = screen.pages.length;
    const reloaded = async (title: string) => {
      const { page, panel } = createFakePanel(title, {});
      await serializers.get('wheelhouse.processes')?.deserializeWebviewPanel(panel, undefined);
      page.say({ type: 'ready' });
      const told = () => page.posted.at(-1) as unknown as ToProcesses | undefined;
      return { page, told };
    };
    const again = await reloaded(title);
    const { rows } = await eventually(again.told);
    assert.ok(rows.length > 0);
    assert.equal(screen.pages.length, before, 'no second tab');
    // The command brings that tab to the front.
    await execute('wheelhouse.containers.processes', { container: name('kept') });
    assert.equal(again.page.reveals, 1);
    await docker('rm', '--force', id);
    await eventually(() => again.told()?.wrong || undefined, 30_000);
    again.page.close();
    const gone = await reloaded(title);
    const { wrong } = await eventually(gone.told);
    gone.page.close();
    assert.match(wrong, new RegExp(`^There is no container ${name('kept')}\\. \\w.*\\.$`));
    const unknown = await reloaded('Processes of nobody');
    assert.equal(unknown.page.isClosed, true);
    assert.equal(failures.at(-1)?.id, 'processes-not-kept');
  },
);

test('processes are a table that goes on, largest first; variables are hidden', limits, async () => {
  const label = '<img src=x onerror=alert(1)>  two  blanks';
  const script = 'while :; do sleep 7; done';
  const id = await make('look', ['--env', 'TOKEN=hunter2', '--env', 'A='], 'sh', '-c', script, label);
  const shown = await execute<{ processes: number }>('wheelhouse.containers.processes', await node('look'));
  const page = screen.pages.at(-1);
  assert.ok(page);
  assert.equal(page.title, `Processes of ${name('look')}`);
  assert.ok(!page.html().includes('img'));
  const columns = async (...wanted: string[]) =>
    (await docker('top', id, '-eo', wanted.join()))
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/));
  assert.equal(shown.processes, (await columns('pid')).length);
  const told = () => page.posted.at(-1) as unknown as ToProcesses | undefined;
  page.say({ type: 'ready' });
  const { heads, rows, caption } = await eventually(told);
  assert.deepEqual([heads[0], heads[2], heads.at(-1)], ['PID', 'Memory', 'COMMAND']);
  assert.match(caption, /^(1 process|\d+ processes) at /);
  const [own] = (await columns('pid', 'rss', 'args')).filter((row) => row.includes('-c'));
  const mine = rows.find(([pid]) => pid === own?.[0]);
  // The engine joins what stands between blanks.
  assert.equal(mine?.at(-1), `sh -c ${script} ${label}`.replace(/ +/g, ' '));
  assert.match(mine?.[2] ?? '', /^\d+(\.\d)? [KM]iB$/);
  // Something larger comes, and stands first.
  await docker(
    'exec',
    '--detach',
    name('look'),
    'python3',
    '-c',
    'import time; x = bytearray(60_000_000); time.sleep(600)',
  );
  const isFirst = ({ rows, curves }: ToProcesses) =>
    /^python3 /.test(rows[0]?.at(-1) ?? '') &&
    /^[67]\d MiB$/.test(rows[0]?.[2] ?? '') &&
    curves[1]?.values.length;
  const { curves } = await eventually(() => [told()].find((one) => one && isFirst(one)), 30_000);
  assert.deepEqual(
    curves.map(({ name }) => name),
    ['CPU', 'Memory'],
  );
  // Hidden it asks nothing; once it is seen its script begins anew.
  page.see(false);
  const before = page.posted.length;
  page.see(true);
  page.say({ type: 'ready' });
  await eventually(() => page.posted.length > before || undefined);
  // The same page, and once.
  await execute('wheelhouse.containers.processes', await node('look'));
  assert.equal(screen.pages.at(-1), page);
  await docker('stop', '--time', '0', name('look'));
  const { wrong } = await eventually(() => [told()].find((one) => one?.wrong), 30_000);
  assert.match(wrong, /is not running/);
  page.close();

  const { names } = await execute<{ names: string[] }>(
    'wheelhouse.containers.environment',
    await node('look'),
  );
  assert.deepEqual(
    names.filter((each) => each === 'A' || each === 'TOKEN'),
    ['A', 'TOKEN'],
  );
  assert.match(screen.documents.at(-1) ?? '', /"TOKEN": "\*\*\*"/);
  assert.ok(!screen.documents.at(-1)?.includes('hunter2'));
});

test(
  'one command runs in the folder and as the user of the container, as typed, and is asked about from elsewhere',
  limits,
  async () => {
    const id = await make('exec', ['--workdir', '/tmp', '--user', '1000'], ...forever);
    const ran = async () => {
      const { shellPath = '', shellArgs = [] } = screen.terminals.at(-1)?.options ?? {};
      const args = shellArgs.filter((arg) => arg !== '--tty');
      return run(shellPath, args, { input: '\n' });
    };
    screen.answer = () => 'echo "$PWD $(id -u)" \'%d "\'; exit_code() { return 3; }; exit_code';
    await execute('wheelhouse.containers.execute', await node('exec'));
    const { stdout, code } = await ran();
    // VS Code tells of any other, which is told already.
    assert.equal(code, 0);
    assert.equal(stdout, '/tmp 1000 %d "\n\nEnded with exit code 3. Enter closes this.\n');
    screen.answer = () => undefined;
    const opened = screen.terminals.length;
    screen.press = () => undefined;
    const danger = { container: id, command: 'rm -rf /tmp/x' };
    assert.equal(await executeFromElsewhere('wheelhouse.containers.execute', danger), undefined);
    assert.equal(screen.shown.at(-1)?.detail, 'rm -rf /tmp/x');
    assert.equal(await execute('wheelhouse.containers.execute', { container: id, command: ' ' }), undefined);
    assert.equal(screen.terminals.length, opened);
  },
);

test('where there is no shell, a container beside it is offered, which has one', limits, async () => {
  await make('bare', [], ...forever);
  await docker('exec', '--user', '0', name('bare'), 'rm', '-f', '/bin/sh', '/usr/bin/sh');
  screen.press = ({ buttons }) => buttons.find((button) => button === 'Copy Its Command');
  await execute('wheelhouse.containers.shell', { container: name('bare') });
  screen.press = () => undefined;
  assert.equal(failures.at(-1)?.id, 'no-shell');
  const line = await eventually(() => screen.copied.at(-1));
  assert.match(line, /^docker run --rm -it '?--pid=container:/);
  // With an image that is here, and no terminal, the line does what it says.
  const here = await docker('inspect', '--format', '{{.Config.Image}}', name('bare'));
  const tried = line
    .replace(' -it ', ' ')
    .replace('docker.io/library/busybox sh', `${here} sh -c 'ls /proc/1/root/bin | wc -l'`);
  const { stdout, stderr } = await run('sh', ['-c', tried]);
  assert.match(stdout, /^\s*\d+/, stderr);
});

test(
  'Commit makes an image of what a container is now, and asks before it takes a name',
  limits,
  async () => {
    const id = await make(
      'commit',
      ['--env', 'A=b'],
      'sh',
      '-c',
      'echo made > /tmp/made; while :; do sleep 0.1; done',
    );
    const ref = `${name('image')}:1`;
    try {
      const answers = [ref, enter];
      screen.answer = () => answers.shift();
      const made = await execute<{ ref: string; imageId: string }>(
        'wheelhouse.containers.commit',
        await node('commit'),
      );
      assert.equal(made.ref, ref);
      assert.equal(await inspect(ref, '{{.Id}}'), made.imageId);
      assert.equal(await docker('run', '--rm', '--entrypoint', 'cat', ref, '/tmp/made'), 'made');
      assert.equal(await inspect(id, '{{.State.Status}}'), 'running');
      screen.answer = () => undefined;
      screen.press = () => undefined;
      const again = { container: id, image: ref, pause: false };
      assert.equal(await executeFromElsewhere('wheelhouse.containers.commit', again), undefined);
      assert.match(screen.shown.at(-1)?.text ?? '', /is an image already/);
      assert.equal(await inspect(ref, '{{.Id}}'), made.imageId);
      const second = await execute<{ imageId: string }>('wheelhouse.containers.commit', again);
      assert.equal(await inspect(ref, '{{.Id}}'), second.imageId);
      assert.notEqual(second.imageId, made.imageId);
      await docker('rmi', made.imageId);
      for (const bad of ['UPPER:1', '-x', 'a b', 'x:', '--help'])
        assert.equal(await execute('wheelhouse.containers.commit', { container: id, image: bad }), undefined);
      assert.equal(failures.at(-1)?.id, 'invalid-reference');
    } finally {
      screen.answer = () => undefined;
      await docker('rmi', ref);
    }
  },
);

test(
  'Attach VS Code hands the container to Dev Containers, and says so where it is missing',
  limits,
  async () => {
    const id = await make('attach', [], ...forever);
    await execute('wheelhouse.containers.attachEditor', { container: id });
    assert.equal(failures.at(-1)?.id, 'dev-containers-missing');
    const given: unknown[] = [];
    screen.commands.set(
      'remote-containers.attachToRunningContainer',
      async (...args) => void given.push(args),
    );
    await execute('wheelhouse.containers.attachEditor', { container: id });
    assert.deepEqual(given, [[id]]);
  },
);

test(
  'Open Jupyter opens the published port with the token of its log, which is kept nowhere',
  limits,
  async () => {
    const token = '0123456789abcdef0123456789abcdef';
    const says = `echo 'see https://jupyter.org:443/about'; echo '    http://2f1c8e:8888/lab?token=${token}'; echo ' or http://127.0.0.1:8888/lab?token=${token}'`;
    const stay = 'while :; do sleep 0.1; done';
    await make('jupyter', ['--publish', '127.0.0.1::8888'], 'sh', '-c', `${says}; ${stay} # jupyter`);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const port = (await docker('port', name('jupyter'), '8888')).split(':').at(-1);
    assert.match((await node('jupyter')).context, /;jupyter;/);
    const made = await execute<{ address: string }>(
      'wheelhouse.containers.openJupyter',
      await node('jupyter'),
    );
    assert.equal(screen.opened.at(-1), `http://localhost:${port}/lab?token=${token}`);
    assert.equal(made.address, `http://localhost:${port}/lab`);
    assert.ok(![...screen.log, ...screen.statusBar].some((text) => text.includes(token)));

    await make('jupyter-closed', [], 'sh', '-c', `${says}; ${stay}`);
    await make('jupyter-none', ['--publish', '127.0.0.1::8888'], 'sh', '-c', `echo hello; ${stay}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await execute('wheelhouse.containers.openJupyter', { container: name('jupyter-closed') });
    assert.equal(failures.at(-1)?.id, 'jupyter-unpublished');
    await execute('wheelhouse.containers.openJupyter', { container: name('jupyter-none') });
    assert.equal(failures.at(-1)?.id, 'no-jupyter');
    assert.ok(await exists(name('jupyter-none')));
    assert.ok(workbench);
  },
);
