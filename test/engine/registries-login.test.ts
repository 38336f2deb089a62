// Logging in, against a real engine and real registries.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { BuildRequest } from '../../client/src/images/build.ts';
import { run } from '../parts/processes.ts';
import * as vscode from './fake-vscode.ts';
import { enter, eventually, execute, screen, typing } from './fake-vscode.ts';
import { watchProcesses } from './process-watch.ts';
import {
  answerWith,
  below,
  configFile,
  configured,
  context,
  folder,
  guarded,
  lastFailure,
  limits,
  logIn,
  node,
  password,
  prepare,
  results,
  serve,
  terminalSays,
  user,
  workbench,
} from './registry-world.ts';

const { planBuild } = await import('../../client/src/images/build.ts');
prepare();

test(
  'a login that works says so, although the engine warns on stderr, and the view shows it',
  limits,
  async () => {
    await logIn(guarded, `  ${password}\n`);
    assert.deepEqual(results.at(-1), {
      kind: 'registries.login',
      message: `Logged in to ${guarded} as ${user}.`,
      value: { registry: guarded, username: user },
    });
    assert.equal(
      context.kept.get(`wheelhouse.registry:${guarded}`),
      password,
      'without what was copied around it',
    );
    await terminalSays(/WARNING!? [\s\S]*unencrypted/i);
    assert.equal(screen.shown.at(-1)?.kind, 'info');
    const found = await node(guarded);
    assert.equal(found?.description, `${user} · logged in`);
    assert.equal(found?.context, ';registry;loggedin;');
    assert.equal(screen.asked.at(-1)?.password, true);
    assert.equal(screen.asked.at(-1)?.keepsOpen, true);
  },
);

test(
  'a build for several platforms gets a name where one is logged in, as only a registry holds it',
  limits,
  async () => {
    await logIn(guarded, password);
    const dockerfile = path.join(folder, 'Dockerfile');
    writeFileSync(dockerfile, 'FROM scratch\n');
    const named = async (request: BuildRequest) =>
      (await planBuild(workbench, { context: folder, ...request }, vscode.Uri.file(dockerfile) as never)).tag;
    const [one, two] = [['linux/arm64'], ['linux/amd64', 'linux/arm64']];
    const plain = await named({ platforms: one });
    assert.doesNotMatch(plain, /\//);
    assert.equal(await named({ platforms: two }), `${guarded}/${plain}`);
    assert.equal(await named({ platforms: two, tag: 'ghcr.io/you/bikes:1' }), 'ghcr.io/you/bikes:1');
  },
);

test(
  'a wrong token: what happened, what to do, and a button that asks for user and token again',
  limits,
  async () => {
    await logIn(guarded, password);
    await logIn(guarded, 'whl_wrong');
    assert.equal(lastFailure().id, 'login-refused');
    assert.equal(lastFailure().message, `${guarded} does not accept this user name and token.`);
    assert.deepEqual(screen.shown.at(-1)?.buttons, ['Try Again', 'Show Log']);
    // What was there before still is.
    assert.equal(context.kept.get(`wheelhouse.registry:${guarded}`), password);
    assert.ok(guarded in configured());
    const answers = ['whl_wrong', enter, password];
    const made = results.length;
    const asked = screen.asked.length;
    screen.answer = () => answers.shift();
    screen.press = ({ buttons }) => buttons.find((label) => label === 'Try Again');
    await execute('wheelhouse.registries.login', { registry: guarded, username: user });
    await eventually(() => results[made]);
    screen.press = () => undefined;
    assert.deepEqual(results[made]?.value, { registry: guarded, username: user });
    assert.deepEqual(
      screen.asked.slice(asked).map(({ password }) => password),
      [true, false, true],
    );
  },
);

test('the token is asked for whatever the command is given', limits, async () => {
  answerWith({});
  const asked = screen.asked.length;
  const given = { registry: guarded, username: user, token: password, secret: password, password };
  assert.equal(await execute('wheelhouse.registries.login', given), undefined);
  assert.equal(screen.asked.length, asked + 1);
  assert.equal(screen.asked.at(-1)?.password, true);
  assert.deepEqual(configured(), {});
});

test('asked in order: registry, user, token; any spelling of a registry is understood', limits, async () => {
  const asked = screen.asked.length;
  answerWith({
    registry: 'Another Registry…',
    host: `http://${guarded.toUpperCase()}/v2/`,
    username: user,
    token: password,
  });
  assert.deepEqual(await execute('wheelhouse.registries.login'), { registry: guarded, username: user });
  const titles = screen.asked.slice(asked).map(({ kind, title }) => `${kind} ${title}`);
  assert.deepEqual(titles, [
    'pick Log In: Registry',
    'input Log In: Registry',
    `input Log In: ${guarded}`,
    `input Log In: ${guarded}`,
  ]);
  assert.deepEqual(screen.asked[asked]?.labels?.slice(0, 1), [guarded], 'the last registry comes first');
  const before = screen.asked.length;
  answerWith({ username: enter, token: password });
  const again = await execute('wheelhouse.registries.login', await node(guarded));
  assert.deepEqual(again, { registry: guarded, username: user }, 'the last user stands in the box');
  assert.equal(screen.asked.length, before + 2);
});

test('an address that is typed into the list of registries is one to log in to', limits, async () => {
  const asked = screen.asked.length;
  answerWith({ registry: typing(`http://${guarded.toUpperCase()}/v2/`), username: user, token: password });
  assert.deepEqual(await execute('wheelhouse.registries.login'), { registry: guarded, username: user });
  assert.deepEqual(Object.keys(configured()), [guarded]);
  assert.equal(screen.asked.length, asked + 3, 'and the address is not asked for again');
  // What the list has already comes first, and what is no address is none.
  answerWith({ registry: typing('ghcr'), username: 'me' });
  await execute('wheelhouse.registries.login');
  assert.equal(screen.asked.at(-1)?.title, 'Log In: ghcr.io');
  answerWith({ registry: typing('a b'), username: 'me' });
  const before = screen.asked.length;
  assert.equal(await execute('wheelhouse.registries.login'), undefined);
  assert.equal(screen.asked.length, before + 1);
});

test('what is no registry or no user never reaches a command line', limits, async () => {
  const stop = watchProcesses();
  for (const request of [
    { registry: '--help' },
    { registry: 'a b' },
    { registry: guarded, username: 'a:b' },
  ]) {
    answerWith({ token: 'x', username: 'x' });
    await execute('wheelhouse.registries.login', request);
    assert.equal(lastFailure().id, 'login-invalid');
  }
  assert.ok(!stop().some((text) => text.includes('--password-stdin')));
});

const outside = Object.values(networkInterfaces())
  .flat()
  .find((address) => address?.family === 'IPv4' && !address.internal)?.address;

test('a login that cannot work says why: nobody there, no registry, no TLS', limits, async () => {
  const nothing = await serve((_, answer) => answer.writeHead(404).end());
  const cases: [string, string, RegExp][] = [
    ['127.0.0.1:1', 'registry-down', /127\.0\.0\.1:1 does not answer/],
    [nothing, 'not-a-registry', /is no registry/],
  ];
  if (outside)
    cases.push([await serve((_, answer) => answer.end(), outside), 'registry-http', /HTTP|certificate/]);
  for (const [registry, id, message] of cases) {
    assert.equal(await logIn(registry, 'whl_any'), undefined);
    assert.equal(lastFailure().id, id, lastFailure().message);
    assert.match(lastFailure().message, message);
    assert.equal(lastFailure().action?.label, 'Try Again');
    assert.deepEqual(configured(), {});
    assert.equal(context.kept.size, 0);
  }
});

test('a login can be cancelled: its process ends and nothing is kept', limits, async () => {
  const silent = await serve(() => {});
  screen.cancelAfterMs = 400;
  assert.equal(await logIn(silent, 'whl_any'), undefined);
  assert.equal(lastFailure().id, 'cancelled');
  assert.equal(lastFailure().action, undefined);
  assert.equal(context.kept.size, 0);
  const { stdout } = await run('ps', ['-eo', 'args']);
  assert.ok(!stdout.includes(silent));
});

test(
  'a credential helper that is not installed is named, and what it was asked to keep is not kept',
  limits,
  async () => {
    writeFileSync(configFile, JSON.stringify({ credsStore: 'not-installed' }));
    await logIn(guarded, password);
    assert.equal(lastFailure().id, 'credential-helper-missing');
    assert.match(lastFailure().message, /docker-credential-not-installed/);
    assert.equal(context.kept.size, 0);
  },
);

test(
  'with a credential store, the view knows the login and its user, and Log Out ends it',
  limits,
  async () => {
    const bin = path.join(folder, 'bin');
    const store = path.join(folder, 'store.json');
    mkdirSync(bin, { recursive: true });
    const helper = path.join(bin, 'docker-credential-wheelhouse');
    writeFileSync(
      helper,
      `#!/bin/sh\ncase $1 in\nstore) cat > '${store}';;\nget) [ -f '${store}' ] && cat '${store}' || { echo 'credentials not found in native keychain'; exit 1; };;\nerase) rm -f '${store}';;\nlist) echo '{}';;\nesac\n`,
    );
    chmodSync(helper, 0o755);
    const before = process.env.PATH;
    process.env.PATH = `${bin}:${before}`;
    try {
      writeFileSync(configFile, JSON.stringify({ credsStore: 'wheelhouse' }));
      await logIn(guarded, password);
      assert.match(readFileSync(store, 'utf8'), /Secret/);
      assert.deepEqual(configured(), { [guarded]: {} });
      assert.equal((await node(guarded))?.description, `${user} · logged in`);
      // Only the secret storage has the token in the open now.
      await below(await node(guarded));
      assert.equal(screen.trees.get('wheelhouse.registries')?.view.message, undefined);
      await execute('wheelhouse.registries.logout', await node(guarded));
      assert.equal(existsSync(store), false);
      assert.deepEqual(configured(), {});
    } finally {
      process.env.PATH = before;
    }
  },
);

test('a configuration that cannot be read is not overwritten by a login', limits, async () => {
  const text = '{"credHelpers": {"gcr.io": "gcloud"},';
  writeFileSync(configFile, text);
  await logIn(guarded, password);
  assert.equal(lastFailure().id, 'login-file-broken');
  assert.ok(lastFailure().message.includes(configFile));
  assert.equal(readFileSync(configFile, 'utf8'), text);
  assert.equal(context.kept.size, 0);
});
