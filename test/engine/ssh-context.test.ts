// An engine elsewhere: a context by ssh, over a real ssh server, to the second engine of the tests.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { isMissing } from '../parts/progress.ts';
import { type SshServer, startSshServer } from '../parts/ssh-server.ts';
import { cli, failures, hosts, image, limits, node, nodes, on } from './context-world.ts';
import { eventually, execute, screen } from './fake-vscode.ts';

let server: SshServer;
const name = 'wh-far';
const use = () => execute<{ name: string } | undefined>('wheelhouse.contexts.use', { name });
const make = (container: string, ...command: string[]) =>
  on('second', 'run', '--detach', '--name', container, '--label', 'wheelhouse.contexts', image, ...command);

async function startServer(): Promise<void> {
  const started = await startSshServer({ DOCKER_HOST: hosts.second });
  assert.ok(!isMissing(started), JSON.stringify(started));
  server = started;
  process.env.PATH = `${server.client}${path.delimiter}${process.env.PATH}`;
}

test(
  'a context by ssh is created and chosen, and the views are those of the engine there',
  limits,
  async () => {
    await startServer();
    const address = `ssh://root@127.0.0.1:${server.port}`;
    assert.deepEqual(await execute('wheelhouse.contexts.create', { name, address }), { name, address });
    await make('wh-far-one', 'sleep', '600');
    assert.equal((await use())?.name, name, JSON.stringify(failures.at(-1)));
    assert.match(
      (await node(name)).description ?? '',
      /^in use, chosen here · by ssh, root@127\.0\.0\.1:\d+$/,
    );
    assert.match((await node('wh-far-one', 'containers')).description ?? '', /running|up/i);
    assert.equal(await cli('context', 'show'), 'default');
  },
);

test('what happens there is followed, and what is done here is done there', limits, async () => {
  const view = screen.trees.get('wheelhouse.containers');
  const labels = async () => (await nodes('containers')).map(({ label }) => label);
  view?.see(true);
  try {
    await labels();
    await make('wh-far-two', 'sh', '-c', 'echo told from afar; sleep 600');
    await eventually(async () => ((await labels()).includes('wh-far-two') ? true : undefined));
  } finally {
    view?.see(false);
  }
  await execute('wheelhouse.containers.stop', { container: 'wh-far-one' });
  assert.equal(await on('second', 'inspect', '--format', '{{.State.Status}}', 'wh-far-one'), 'exited');
  await execute('wheelhouse.volumes.create', { name: 'wh-far-volume' });
  assert.match(await on('second', 'volume', 'ls', '--quiet'), /^wh-far-volume$/m);
  assert.doesNotMatch(await on('first', 'volume', 'ls', '--quiet'), /^wh-far-volume$/m);
  await execute('wheelhouse.containers.remove', { container: 'wh-far-one' });
  assert.equal(await on('second', 'ps', '--all', '--quiet', '--filter', 'name=wh-far-one'), '');
});

test(
  'a server that is not known and a key that is refused are told apart, and what was used stays',
  limits,
  async () => {
    const away = async () => {
      await execute('wheelhouse.contexts.use', { name: 'wh-near' });
      assert.equal(await use(), undefined);
      const { id, message, remedy } = failures.at(-1) ?? {};
      assert.equal(id, 'engine-context-unreachable', message);
      return `${message} ${remedy}`;
    };
    await execute('wheelhouse.contexts.create', { name: 'wh-near', address: hosts.first });
    server.forget('server');
    assert.match(await away(), /Its ssh key is not known here: log in once by ssh in a terminal/);
    server.forget('key');
    assert.match(await away(), /Its ssh server refused the login: add your key to the ssh agent/);
    assert.match((await node('wh-near')).description ?? '', /^in use, chosen here/);
  },
);
