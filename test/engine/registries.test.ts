// Logging in and out, and the view of registries, against a real engine and real registries; and that a
// token is nowhere but where it belongs.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type RequestListener, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import type { Failure } from '../../client/src/runtime/failures.ts';
import type { JobResult } from '../../client/src/ui/jobs.ts';
import type { Node } from '../../client/src/ui/tree.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { run } from '../parts/processes.ts';
import { createContext, enter, eventually, execute, screen } from './fake-vscode.ts';

const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { registerRegistries } = await import('../../client/src/registries/commands.ts');

const parts = readParts();
const skip =
  parts.engine && parts.registry && parts.protectedRegistry ? false : 'needs an engine and both registries';
if (skip && process.env.CI === 'true') throw new Error(skip);
const image = `wh-r-${process.pid}:tiny`;
const open = parts.registry ?? '';
const {
  address: guarded,
  user,
  password,
} = parts.protectedRegistry ?? { address: '', user: '', password: '' };

const context = createContext();
const workbench = createWorkbench(context as never);
registerRegistries(workbench);
const results: JobResult[] = [];
const failures: Failure[] = [];
workbench.api.onDidFinish((result) => results.push(result));
workbench.api.onDidFail((failure) => failures.push(failure));

const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-registries-'));
const configFile = path.join(folder, 'config.json');
const names = ['bikes', 'owner/trainer'].map((name) => `${open}/wh-r-${process.pid}/${name}:1.0`);
const servers: Server[] = [];

/** Answers the questions of a login; the token goes into the box that hides what is typed. */
function answerWith(answers: { registry?: string; host?: string; username?: string; token?: string }): void {
  screen.answer = ({ kind, title, password: hidden }) => {
    if (hidden) return answers.token;
    if (kind === 'pick') return answers.registry;
    return title.endsWith('Registry') ? answers.host : answers.username;
  };
}
async function logIn(registry: string, token: string, username = user): Promise<unknown> {
  answerWith({ token });
  return execute('wheelhouse.registries.login', { registry, username });
}
const configured = () => (JSON.parse(readFileSync(configFile, 'utf8')) as { auths?: object }).auths ?? {};
const lastFailure = () => failures.at(-1) as Failure;
const rootNodes = async () =>
  (await screen.trees.get('wheelhouse.registries')?.provider.getChildren()) as Node<{ registry: string }>[];
const node = async (host: string) => (await rootNodes()).find(({ label }) => label === host);
const below = async (parent: Node | undefined) =>
  (await screen.trees.get('wheelhouse.registries')?.provider.getChildren(parent)) as Node[];

function serve(listener: RequestListener, address = '127.0.0.1'): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  return new Promise((resolve) => {
    server.listen(0, address, () => resolve(`${address}:${(server.address() as AddressInfo).port}`));
  });
}
/** The guarded registry, but slow, so that there is time to look at the process that logs in. */
const slowly = () =>
  serve((incoming, answer) => {
    const [hostname, port] = guarded.split(':');
    setTimeout(() => {
      const { method, url, headers } = incoming;
      const onward = request({ hostname, port, method, path: url, headers }, (reply) => {
        answer.writeHead(reply.statusCode ?? 500, reply.headers);
        reply.pipe(answer);
      });
      incoming.pipe(onward);
    }, 300);
  });

before(async () => {
  if (skip) return;
  Object.assign(process.env, toolEnvironment(parts), { DOCKER_CONFIG: folder });
  // What this process was given must not reach the processes that are looked at.
  for (const key of Object.keys(process.env))
    if (process.env[key]?.includes(password)) delete process.env[key];
  // An empty archive makes an image that is pushed at once.
  assert.equal((await run('docker', ['import', '-', image], { input: '\0'.repeat(10_240) })).code, 0);
  for (const name of names) {
    assert.equal((await run('docker', ['tag', image, name])).code, 0);
    assert.equal((await run('docker', ['push', name])).code, 0);
  }
});
beforeEach(() => {
  writeFileSync(configFile, '{}');
  context.kept.clear();
  answerWith({});
});
after(async () => {
  for (const server of servers) server.closeAllConnections();
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
  if (!skip) await run('docker', ['image', 'rm', image, ...names]);
});

/** Reads the command line and environment of every process that was not there at the start, until stopped. */
function watchProcesses() {
  const pids = () => readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const old = new Set(pids());
  const seen = new Map<string, string>();
  let going = true;
  const look = () => {
    for (const pid of pids()) {
      if (old.has(pid)) continue;
      try {
        const [cmdline, environ] = ['cmdline', 'environ'].map((file) =>
          readFileSync(`/proc/${pid}/${file}`, 'utf8'),
        );
        seen.set(`${pid} ${cmdline}`, `${cmdline}\n${environ}`);
      } catch {
        // It has ended.
      }
    }
    if (going) setTimeout(look, 5);
  };
  look();
  return () => {
    going = false;
    return [...seen.values()];
  };
}

/** All that a person, a log or another extension may get to see, and what lasts. */
function told(): string {
  const { shown, statusBar, terminals, log, asked, documents } = screen;
  const lasting = [[...context.globalState.values], [...context.workspaceState.values]];
  const texts = terminals.map(({ name, text }) => `${name} ${text}`);
  return JSON.stringify({ shown, statusBar, texts, log, asked, documents, results, failures, lasting });
}

const spellings = (secret: string) => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(`${user}:${secret}`).toString('base64').replace(/=+$/, ''),
];

test('the look at processes finds a secret in a command line and in an environment', { skip }, async () => {
  const stop = watchProcesses();
  const child = spawn('sleep', ['0.3'], { argv0: 'whl_in_argv', env: { ...process.env, X: 'whl_in_env' } });
  await new Promise((resolve) => child.on('close', resolve));
  const seen = stop().join('\n');
  assert.match(seen, /whl_in_argv/);
  assert.match(seen, /whl_in_env/);
});

for (const right of [true, false]) {
  test(`a ${right ? 'right' : 'wrong'} token is in no argument, environment, log, message or setting`, {
    skip,
  }, async () => {
    const registry = await slowly();
    const token = right ? password : `whl_wrong_${process.pid}_${Date.now()}`;
    const stop = watchProcesses();
    const result = await logIn(registry, token);
    const processes = stop();
    const login = processes.filter((text) => text.includes('--password-stdin') && text.includes(registry));
    assert.ok(login.length, 'the process that logs in was seen');
    for (const text of processes) {
      for (const spelling of spellings(token)) assert.ok(!text.includes(spelling), text.slice(0, 300));
    }
    const everything = told();
    assert.match(everything, /password-stdin/);
    for (const spelling of spellings(token)) assert.ok(!everything.includes(spelling));
    assert.deepEqual(result, right ? { registry, username: user } : undefined);
    assert.deepEqual([...context.kept], right ? [[`wheelhouse.registry:${registry}`, token]] : []);
    assert.equal(registry in configured(), right);
  });
}

test('a login that works says so, although the engine warns on stderr, and the view shows it', {
  skip,
}, async () => {
  await logIn(guarded, `  ${password}\n`);
  assert.deepEqual(results.at(-1), {
    kind: 'registries.login',
    message: `Logged in to ${guarded} as ${user}.`,
    value: { registry: guarded, username: user },
  });
  assert.match(screen.terminals.at(-1)?.text ?? '', /WARNING!? [\s\S]*unencrypted/i);
  assert.equal(screen.shown.at(-1)?.kind, 'info');
  const found = await node(guarded);
  assert.equal(found?.description, `${user} · logged in`);
  assert.equal(found?.context, ';registry;loggedin;');
  assert.equal(screen.asked.at(-1)?.password, true);
  assert.equal(screen.asked.at(-1)?.keepsOpen, true);
});

test('a wrong token: what happened, what to do, and a button that asks for the token again', {
  skip,
}, async () => {
  await logIn(guarded, password);
  await logIn(guarded, 'whl_wrong');
  assert.equal(lastFailure().id, 'login-refused');
  assert.equal(lastFailure().message, `${guarded} does not accept this user name and token.`);
  assert.deepEqual(screen.shown.at(-1)?.buttons, ['Try Again', 'Show Log']);
  // What was there before still is.
  assert.equal(context.kept.get(`wheelhouse.registry:${guarded}`), password);
  assert.ok(guarded in configured());
  const tokens = ['whl_wrong', password];
  const made = results.length;
  screen.answer = () => tokens.shift();
  screen.press = ({ buttons }) => buttons.find((label) => label === 'Try Again');
  await execute('wheelhouse.registries.login', { registry: guarded, username: user });
  await eventually(() => results[made]);
  screen.press = () => undefined;
  assert.deepEqual(results[made]?.value, { registry: guarded, username: user });
});

test('the token is asked for whatever the command is given', { skip }, async () => {
  answerWith({});
  const asked = screen.asked.length;
  const given = { registry: guarded, username: user, token: password, secret: password, password };
  assert.equal(await execute('wheelhouse.registries.login', given), undefined);
  assert.equal(screen.asked.length, asked + 1);
  assert.equal(screen.asked.at(-1)?.password, true);
  assert.deepEqual(configured(), {});
});

test('asked in order: registry, user, token; any spelling of a registry is understood', {
  skip,
}, async () => {
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

test('what is no registry or no user never reaches a command line', { skip }, async () => {
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

test('a login that cannot work says why: nobody there, no registry, no TLS', { skip }, async () => {
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

test('a login can be cancelled: its process ends and nothing is kept', { skip }, async () => {
  const silent = await serve(() => {});
  screen.cancelAfterMs = 400;
  assert.equal(await logIn(silent, 'whl_any'), undefined);
  assert.equal(lastFailure().id, 'cancelled');
  assert.equal(lastFailure().action, undefined);
  assert.equal(context.kept.size, 0);
  const { stdout } = await run('ps', ['-eo', 'args']);
  assert.ok(!stdout.includes(silent));
});

test('a credential helper that is not installed is named, and what it was asked to keep is not kept', {
  skip,
}, async () => {
  writeFileSync(configFile, JSON.stringify({ credsStore: 'not-installed' }));
  await logIn(guarded, password);
  assert.equal(lastFailure().id, 'credential-helper-missing');
  assert.match(lastFailure().message, /docker-credential-not-installed/);
  assert.equal(context.kept.size, 0);
});

test('with a credential store, the view knows the login and its user, and Log Out ends it', {
  skip,
}, async () => {
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
    await execute('wheelhouse.registries.logout', await node(guarded));
    assert.equal(existsSync(store), false);
    assert.deepEqual(configured(), {});
  } finally {
    process.env.PATH = before;
  }
});

test('a configuration that cannot be read is not overwritten by a login', { skip }, async () => {
  const text = '{"credHelpers": {"gcr.io": "gcloud"},';
  writeFileSync(configFile, text);
  await logIn(guarded, password);
  assert.equal(lastFailure().id, 'login-file-broken');
  assert.ok(lastFailure().message.includes(configFile));
  assert.equal(readFileSync(configFile, 'utf8'), text);
  assert.equal(context.kept.size, 0);
});

test('Log Out ends the login of the engine and forgets the token', { skip }, async () => {
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

test('Log Out of Docker Hub removes it from under the address that Docker keeps it at', {
  skip,
}, async () => {
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

test('the view: the usual registries, those of this machine, and what they hold once they are opened', {
  skip,
}, async () => {
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
});

test('the view asks a guarded registry with the token of the login, and says when it may not', {
  skip,
}, async () => {
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
  assert.deepEqual(await below(await node(guarded)), []);
  assert.match(screen.trees.get('wheelhouse.registries')?.view.message ?? '', /lists no repositories/);
  await below(await node(open));
  assert.equal(screen.trees.get('wheelhouse.registries')?.view.message, undefined);
});

test('a registry of this machine that is down is drawn as such, and opening it says so', {
  skip,
}, async () => {
  const name = `127.0.0.1:1/wh-r-${process.pid}/x:1`;
  assert.equal((await run('docker', ['tag', image, name])).code, 0);
  try {
    const found = await node('127.0.0.1:1');
    assert.equal(found?.description, 'no answer');
    assert.equal(found?.color, 'charts.red');
    assert.deepEqual(await below(found), []);
    assert.match(
      screen.trees.get('wheelhouse.registries')?.view.message ?? '',
      /127\.0\.0\.1:1 does not answer/,
    );
  } finally {
    await run('docker', ['image', 'rm', name]);
  }
});

test('without an engine the registries are still shown, and Log In says that there is none', {
  skip,
}, async () => {
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
});
