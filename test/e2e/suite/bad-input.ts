// What goes wrong on the way from wheel to registry: each says what happened and what to do, with a button where one
// exists, and leaves what was there.
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import * as vscode from 'vscode';
import { eventually, failureOf, fileIn, outcome, writeFile } from './wheelhouse.ts';

const base = process.env.WHEELHOUSE_SUITE_BASE;
const registry = process.env.WHEELHOUSE_SUITE_REGISTRY;
const protectedRegistry = process.env.WHEELHOUSE_SUITE_PROTECTED_REGISTRY;

suite('bad input', () => {
  const settings = () => vscode.workspace.getConfiguration('wheelhouse');
  const withSettings = async (values: Record<string, string>, work: () => Promise<void>) => {
    for (const [name, value] of Object.entries(values)) await settings().update(name, value, true);
    try {
      await work();
    } finally {
      for (const name of Object.keys(values)) await settings().update(name, undefined, true);
    }
  };

  test('no uv', async () => {
    await withSettings({ uvPath: '/nowhere/uv' }, async () => {
      const failure = await failureOf('wheelhouse.wheels.build', { project: fileIn('.').fsPath });
      assert.equal(failure.id, 'uv-missing', failure.message);
      assert.ok(failure.remedy && failure.action, 'It names no way out.');
    });
  });

  test('no engine', async () => {
    await withSettings({ dockerPath: '/nowhere/docker', podmanPath: '/nowhere/podman' }, async () => {
      const dockerfile = fileIn('Dockerfile').fsPath;
      const failure = await failureOf('wheelhouse.images.build', { dockerfile, tag: 'bad:1' });
      assert.equal(failure.id, 'engine-absent', failure.message);
      assert.ok(failure.remedy && failure.action, 'It names no way out.');
    });
  });

  test('no wheel, two wheels, and a wheel that the ignore file keeps out', async () => {
    const folder = fileIn('copies');
    const dockerfile = fileIn('copies/Dockerfile').fsPath;
    await writeFile(fileIn('copies/Dockerfile'), `FROM ${base}\nCOPY dist/*.whl /tmp/\n`);
    const build = () => failureOf('wheelhouse.images.build', { dockerfile, tag: 'copies:1' });

    const missing = await build();
    assert.equal(missing.id, 'wheel-missing', missing.message);
    assert.equal(missing.action?.command, 'wheelhouse.wheels.build');

    await writeFile(vscode.Uri.joinPath(folder, 'dist/bikes-1.0.0-py3-none-any.whl'), '');
    await writeFile(vscode.Uri.joinPath(folder, 'dist/bikes-2.0.0-py3-none-any.whl'), '');
    const several = await build();
    assert.equal(several.id, 'wheel-several', several.message);
    assert.match(several.message, /bikes-1\.0\.0.*bikes-2\.0\.0/);

    await writeFile(vscode.Uri.joinPath(folder, '.dockerignore'), 'dist/*\n');
    const ignored = await build();
    assert.equal(ignored.id, 'wheel-ignored', ignored.message);
    assert.equal(ignored.action?.command, 'wheelhouse.images.openFile');

    const { failure } = await outcome('wheelhouse.images.inspect', { image: 'copies:1' });
    assert.ok(failure, 'An image was made all the same.');
  });

  test('a port that is taken', async () => {
    const server = createServer().listen(0);
    const address = server.address();
    const host = typeof address === 'object' && address ? address.port : 0;
    try {
      const failure = await failureOf('wheelhouse.images.run', {
        image: base,
        name: 'taken-1',
        ports: [{ host, container: 8000 }],
        command: ['sleep', '60'],
      });
      assert.equal(failure.id, 'port-taken', failure.message);
      assert.match(failure.message, new RegExp(String(host)));
      assert.equal(failure.action?.command, 'wheelhouse.images.choosePort');
    } finally {
      server.close();
    }
    const { failure } = await outcome('wheelhouse.containers.inspect', { container: 'taken-1' });
    assert.ok(failure, 'A container that never ran is left behind.');
  });

  test('a push without a login, and to a registry that is down', async () => {
    const target = `${protectedRegistry}/denied/base:1`;
    const denied = await failureOf('wheelhouse.images.push', { image: base, target });
    assert.equal(denied.id, 'not-logged-in', denied.message);
    assert.equal(denied.action?.command, 'wheelhouse.registries.login');
    const { failure } = await outcome('wheelhouse.images.inspect', { image: target });
    assert.ok(failure, 'The tag for a push that failed is left behind.');

    const down = await failureOf('wheelhouse.images.push', { image: base, target: '127.0.0.1:9/base:1' });
    assert.equal(down.id, 'registry-down', down.message);
  });

  test('several platforms with a builder that cannot', async () => {
    await writeFile(fileIn('platforms/Dockerfile'), 'FROM scratch\nCOPY Dockerfile /\n');
    const failure = await failureOf('wheelhouse.images.build', {
      dockerfile: fileIn('platforms/Dockerfile').fsPath,
      tag: `${registry}/platforms:1`,
      platforms: ['linux/amd64', 'linux/arm64'],
    });
    assert.equal(failure.id, 'platforms-unsupported', failure.message);
  });

  test('a build that is cancelled leaves nothing, and what was there stays', async () => {
    const dockerfile = fileIn('slow/Dockerfile').fsPath;
    await writeFile(fileIn('slow/Dockerfile'), `FROM ${base}\nLABEL version=1\n`);
    await outcome('wheelhouse.images.build', { dockerfile, tag: 'slow:1' });
    const before = await idOf('slow:1');
    await writeFile(fileIn('slow/Dockerfile'), `FROM ${base}\nRUN sleep 120\n`);
    const tasks = await vscode.tasks.fetchTasks({ type: 'wheelhouse' });
    const task = tasks.find(({ definition }) => definition.command === 'buildImage');
    assert.ok(task);
    const slow = new vscode.Task(
      { ...task.definition, dockerfile, tag: 'slow:1' },
      task.scope as vscode.WorkspaceFolder,
      'slow build',
      'Wheelhouse',
      task.execution,
      [],
    );
    const execution = await vscode.tasks.executeTask(slow);
    const ended = new Promise<void>((resolve) => {
      const listener = vscode.tasks.onDidEndTask((event) => {
        if (event.execution !== execution) return;
        listener.dispose();
        resolve();
      });
    });
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    execution.terminate();
    await ended;
    assert.equal(await idOf('slow:1'), before);
  });

  async function idOf(image: string): Promise<unknown> {
    return eventually(async () => {
      const { value, failure } = await outcome('wheelhouse.images.inspect', { image });
      assert.equal(failure, undefined);
      assert.ok(value, 'The image is not there.');
      return JSON.stringify(value);
    });
  }
});
