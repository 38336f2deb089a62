// Logging out, and the view of registries, against a real engine and real registries.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { run } from '../parts/processes.ts';
import { execute } from './fake-vscode.ts';
import {
  below,
  configFile,
  configured,
  context,
  folder,
  guarded,
  image,
  lastFailure,
  limits,
  logIn,
  node,
  open,
  password,
  prepare,
  results,
  rootNodes,
  workbench,
} from './registry-world.ts';

prepare();

test('Log Out ends the login of the engine and forgets the token', limits, async () => {
  await logIn(guarded, password);
  assert.equal(context.kept.size, 1);
  assert.deepEqual(await execute('wheelhouse.registries.logout'), { registry: guarded });
  assert.deepEqual(configured(), {});
  assert.equal(context.kept.size, 0);
  assert.equal(results.at(-1)?.message, `Logged out of ${guarded}.`);
  assert.equal((await node(guarded))?.description, 'not logged in');
  assert.equal(await execute('wheelhouse.registries.logout', { registry: guarded }), undefined);
  assert.equal(lastFailure().id, 'not-logged-in');
  assert.equal(await execute('wheelhouse.registries.logout'), undefined);
  assert.equal(lastFailure().message, 'There is no login to any registry.');
});

test('Log Out of Docker Hub removes it from under the address that Docker keeps it at', limits, async () => {
  const auth = Buffer.from('me:whl_hub').toString('base64');
  writeFileSync(
    configFile,
    JSON.stringify({ auths: { 'https://index.docker.io/v1/': { auth }, 'quay.io': { auth } } }),
  );
  assert.equal((await node('docker.io'))?.description, 'me · logged in');
  assert.deepEqual(await execute('wheelhouse.registries.logout', { registry: 'docker.io' }), {
    registry: 'docker.io',
  });
  assert.deepEqual(Object.keys(configured()), ['quay.io']);
});

test(
  'the view: the usual registries, those of this machine, and what they hold once they are opened',
  limits,
  async () => {
    const hosts = (await rootNodes()).map(({ label }) => label);
    assert.ok(
      ['ghcr.io', 'docker.io', open].every((host) => hosts.includes(host)),
      String(hosts),
    );
    assert.equal((await node('ghcr.io'))?.description, 'not logged in');
    const found = await node(open);
    assert.equal(found?.description, 'reachable');
    assert.equal(typeof found?.children, 'function');
    const repositories = (await below(found)).filter(({ label }) => label.startsWith(`wh-r-${process.pid}/`));
    assert.deepEqual(
      repositories.map(({ label, description }) => [label.split('/').slice(1).join('/'), description]),
      [
        ['bikes', '1 tag'],
        ['owner/trainer', '1 tag'],
      ],
    );
    assert.deepEqual(
      (await below(repositories[0])).map(({ label }) => label),
      ['1.0'],
    );
  },
);

test(
  'the view asks a guarded registry with the token of the login, and says when it may not',
  limits,
  async () => {
    const name = `${guarded}/wh-r-${process.pid}/secret:2.0`;
    await logIn(guarded, password);
    assert.equal((await run('docker', ['tag', image, name])).code, 0);
    try {
      assert.match(
        String((await below(await node(guarded))).map(({ label, description }) => `${label} ${description}`)),
        /secret not pushed/,
      );
      assert.equal((await run('docker', ['push', name])).code, 0);
      const repositories = await below(await node(guarded));
      assert.equal(repositories.find(({ label }) => label.endsWith('/secret'))?.description, '1 tag');
      // Of a login made elsewhere the file of the engine holds the token.
      context.kept.clear();
      assert.equal(
        (await below(await node(guarded))).find(({ label }) => label.endsWith('/secret'))?.description,
        '1 tag',
      );
      await execute('wheelhouse.registries.logout', { registry: guarded });
      assert.equal((await node(guarded))?.description, 'not logged in');
      assert.equal(
        (await below(await node(guarded))).find(({ label }) => label.endsWith('/secret'))?.description,
        'no access',
      );
    } finally {
      await run('docker', ['image', 'rm', name]);
    }
    const [row] = await below(await node(guarded));
    assert.match(row?.label ?? '', /lists no repositories/);
  },
);

test('a registry of this machine that is down is drawn as such, and opening it says so', limits, async () => {
  const name = `127.0.0.1:1/wh-r-${process.pid}/x:1`;
  assert.equal((await run('docker', ['tag', image, name])).code, 0);
  try {
    const found = await node('127.0.0.1:1');
    assert.equal(found?.description, 'does not answer');
    assert.equal(found?.color, 'charts.red');
    assert.match((await below(found))[0]?.label ?? '', /127\.0\.0\.1:1 does not answer/);
  } finally {
    await run('docker', ['image', 'rm', name]);
  }
});

test(
  'without an engine the registries are still shown, and Log In says that there is none',
  limits,
  async () => {
    const before = process.env.DOCKER_HOST;
    process.env.DOCKER_HOST = `unix://${folder}/nobody.sock`;
    workbench.engine.forget();
    try {
      assert.ok((await rootNodes()).some(({ label }) => label === 'ghcr.io'));
      await logIn(guarded, password);
      assert.equal(lastFailure().id, 'engine-unreachable');
      assert.equal(context.kept.size, 0);
    } finally {
      process.env.DOCKER_HOST = before;
    }
  },
);
