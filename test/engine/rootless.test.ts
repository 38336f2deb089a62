// A real Docker that nobody runs as root, without control groups where the machine has none to give: it is found by its socket, and
// what it cannot tell is told as such.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { run, runOrThrow, stopEverything } from '../parts/processes.ts';
import { isMissing } from '../parts/progress.ts';
import { startRootless } from '../parts/rootless.ts';
import { eventually, execute, screen } from './fake-vscode.ts';

const { failures, files, forever, image, limits, workbench } = await import('./container-world.ts');
const { socketPlaces } = await import('../../client/src/runtime/sockets.ts');
const { variablesOf } = await import('../../client/src/containers/model-inside.ts');

let host = '';
let why: string | undefined = 'not started';
const cli = async (...args: string[]) =>
  (await runOrThrow('docker', ['--host', host, ...args])).stdout.trim();
const container = 'wh-rootless';

before(async () => {
  if (limits.skip) return;
  const running = await startRootless();
  why = isMissing(running) ? running.why : undefined;
  if (isMissing(running)) return;
  host = `unix://${running}/docker.sock`;
  const env = { DOCKER_HOST: process.env.DOCKER_HOST ?? '' };
  const archive = `${running}/base.tar`;
  await runOrThrow('docker', ['save', '--output', archive, image], { env });
  await cli('load', '--input', archive);
  process.env.XDG_RUNTIME_DIR = running;
  delete process.env.DOCKER_HOST;
});
after(async () => {
  if (host) await run('docker', ['--host', host, 'rm', '--force', container]);
  await stopEverything();
});

test('its socket is found, and what is done lands there', limits, async (t) => {
  if (why) return t.skip(why);
  const place = socketPlaces().find((each) => 'address' in each && each.address === host);
  assert.ok(place, JSON.stringify(socketPlaces()));
  await workbench.usePlace(place);
  assert.match(await cli('info', '--format', '{{.SecurityOptions}}'), /name=rootless/);
  const flags = ['--publish', '127.0.0.1::8000', '--env', 'A=b', '--workdir', '/tmp'];
  const id = await cli('run', '--detach', '--name', container, ...flags, image, ...forever);
  await execute('wheelhouse.files.newFile', { in: container, path: '/tmp', name: 'note' });
  assert.equal(await cli('exec', container, 'ls', '/tmp/note'), '/tmp/note', JSON.stringify(failures.at(-1)));
  const told = await execute<{ names: string[] }>('wheelhouse.containers.environment', { container });
  assert.ok(told.names.includes('A'));
  assert.ok('A' in variablesOf(JSON.parse(await cli('inspect', id))[0]));
  await execute('wheelhouse.containers.restart', { container });
  assert.equal(await cli('inspect', '--format', '{{.State.Running}}', container), 'true');
  assert.ok(files);
});

test(
  'without control groups no figures of the whole machine stand in its rows, and the reason is told',
  limits,
  async (t) => {
    if (why) return t.skip(why);
    if ((await cli('info', '--format', '{{.CgroupDriver}}')) !== 'none')
      return t.skip('this machine gives it some');
    const view = screen.trees.get('wheelhouse.containers') ?? assert.fail();
    const row = async () => {
      const shown = (await view.provider.getChildren()) as { label: string; description?: string }[];
      return shown.find(({ label }) => label === container) ?? assert.fail(JSON.stringify(shown));
    };
    view.see(true);
    try {
      const item = await row();
      // Long enough for the engine to have measured, in the tooltip as well.
      await cli('stats', '--no-stream', container);
      const { value } = await view.provider
        .resolveTreeItem({}, item as never)
        .then((shown) => (shown as { tooltip: { value: string } }).tooltip);
      assert.doesNotMatch(value, /CPU|MiB/);
      await cli('stats', '--no-stream', container);
      assert.doesNotMatch(
        (view.provider.getTreeItem(item as never) as { description: string }).description,
        /CPU|iB/,
      );
    } finally {
      view.see(false);
    }
    for (const verb of ['processes', 'pause']) {
      const count = failures.length;
      await execute(`wheelhouse.containers.${verb}`, { container });
      await eventually(() => (failures.length > count ? true : undefined));
      assert.equal(failures.at(-1)?.id, 'no-control-groups', JSON.stringify(failures.at(-1)));
    }
  },
);
