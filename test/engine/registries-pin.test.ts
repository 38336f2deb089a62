// Pin Images before real registries; the images that the language server would name are given. What it writes into an
// editor is tested in a real VS Code (test/e2e/suite/dockerfiles.ts).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../parts/processes.ts';
import { execute, screen } from './fake-vscode.ts';
import {
  guarded,
  image,
  lastFailure,
  limits,
  logIn,
  password,
  prepare,
  serve,
  server,
  user,
} from './registry-world.ts';

prepare();

const pin = () =>
  execute<readonly string[] | undefined>('wheelhouse.registries.pinImages', {
    uri: 'untitled:a',
    apply: true,
  });
const named = (registry: string, repository: string) => ({
  text: `${registry}/${repository}:1`,
  registry,
  repository,
  tag: '1',
  line: 0,
  character: 5,
});

test('a registry that keeps silent can be left, and nothing is written', limits, async () => {
  const silent = await serve(() => {});
  server.images = [named(silent, 'a')];
  screen.cancelAfterMs = 400;
  const began = Date.now();
  assert.equal(await pin(), undefined);
  assert.equal(lastFailure().id, 'cancelled');
  assert.match(lastFailure().remedy, /as it was/);
  assert.ok(Date.now() - began < 5_000, 'it waited for the registry');
  assert.deepEqual(screen.inserted, []);
});

test(
  'a registry that wants a login says so, and is asked with the token once there is one',
  limits,
  async () => {
    const name = `${guarded}/wh-pin-${process.pid}`;
    server.images = [named(guarded, `wh-pin-${process.pid}`)];
    assert.equal(await pin(), undefined);
    assert.equal(lastFailure().id, 'pin-denied');
    assert.equal(lastFailure().action?.command, 'wheelhouse.registries.login');
    assert.deepEqual(screen.inserted, []);

    await logIn(guarded, password);
    assert.equal((await run('docker', ['tag', image, `${name}:1`])).code, 0);
    assert.equal((await run('docker', ['push', `${name}:1`])).code, 0);
    await run('docker', ['image', 'rm', `${name}:1`]);
    const answer = await fetch(`http://${guarded}/v2/wh-pin-${process.pid}/manifests/1`, {
      headers: {
        accept:
          'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json',
        authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
      },
    });
    const digest = answer.headers.get('docker-content-digest');
    assert.match(digest ?? '', /^sha256:/);
    assert.deepEqual(await pin(), [`${name}:1@${digest}`]);
    assert.deepEqual(screen.inserted, [[0, 5, `@${digest}`]]);
  },
);
