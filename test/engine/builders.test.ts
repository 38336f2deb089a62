// The builders of a real buildx: what is done in the view is what `docker buildx` says afterwards.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import {
  boxed,
  build,
  cli,
  config,
  container,
  failures,
  folder,
  limits,
  makeBuildkitImage,
  names,
  node,
  nodes,
  remote,
  results,
  told,
} from './builder-world.ts';
import { enter, eventually, execute, executeFromElsewhere, screen } from './fake-vscode.ts';

const of = (builder: string) => ({ builder });
const did = <T>(verb: string, argument?: object) => execute<T>(`wheelhouse.builders.${verb}`, argument);
/** What the machine uses by itself stays, whatever is chosen here. */
const machine = async () => [
  /^(\S+)\*/m.exec(await cli('buildx', 'ls'))?.[1],
  readFileSync(path.join(config, 'buildx', 'current'), { encoding: 'utf8', flag: 'a+' }),
];

test('builders and their nodes are shown with state, driver, platforms and version', limits, async () => {
  assert.equal((await node('default')).description, 'in use · running · docker');
  const far = await node(remote.name);
  assert.equal(far.description, 'running · remote');
  const one = await node(`${remote.name}0`, far);
  const [, version = '?'] =
    /^BuildKit version:\s+(\S+)$/m.exec(await cli('buildx', 'inspect', remote.name)) ?? [];
  assert.match(one.description ?? '', /^running · linux\/amd64, linux\/386 · BuildKit \S/);
  assert.ok(one.description?.endsWith(version), version);
  assert.equal(far.context, ';builder;usable;running;removable;');
});

test('one is created, of which the command line is shown first', limits, async () => {
  const before = await machine();
  screen.answer = ({ title, kind }) =>
    kind === 'input' && title.includes('Name') ? 'Wheelhouse-Boxed' : enter;
  try {
    assert.deepEqual(await did('create'), of(boxed));
  } finally {
    screen.answer = () => undefined;
  }
  assert.match(
    screen.asked.at(-1)?.details?.join() ?? '',
    /docker buildx create --driver docker-container --name Wheelhouse-Boxed/,
  );
  assert.match(await cli('buildx', 'inspect', boxed), /^Driver:\s+docker-container$/m);
  assert.equal((await node(boxed)).description, 'inactive · docker-container');
  assert.deepEqual(await machine(), before);
  await execute('wheelhouse.builders.create', { name: boxed });
  assert.equal(failures.at(-1)?.id, 'builder-exists');
  await execute('wheelhouse.builders.create', { name: '--use' });
  assert.equal(failures.at(-1)?.id, 'bad-builder');
});

test('why one does not start is said in a sentence', limits, async () => {
  // No registry is reached from here, and there is no image of BuildKit yet.
  await did('start', of(boxed));
  assert.equal(failures.at(-1)?.id, 'builder-image', failures.at(-1)?.message);
  await cli('buildx', 'create', '--name', 'silent', '--driver', 'remote', 'unix:///nowhere/x.sock');
  await did('start', of('silent'));
  assert.equal(failures.at(-1)?.id, 'builder-silent', failures.at(-1)?.message);
  assert.equal((await node('silent')).description, 'inactive · remote');
  await did('start', of('default'));
  assert.equal(failures.at(-1)?.id, 'builder-is-engine');
});

test('one is started and stopped, and the view follows its container', limits, async () => {
  await makeBuildkitImage();
  await did('start', of(boxed));
  assert.equal(results.at(-1)?.message, `The builder ${boxed} is running.`, JSON.stringify(failures.at(-1)));
  assert.match(await told(`${boxed}0`), / running /);
  const shown = await node(boxed);
  assert.equal(shown.description, 'running · docker-container');
  assert.match(shown.context, /;stoppable;running;/);
  await did('stop', of(boxed));
  assert.match(await told(`${boxed}0`), / stopped/);
  assert.equal((await node(boxed)).description, 'stopped · docker-container');
  await did('stop', of(remote.name));
  assert.equal(failures.at(-1)?.id, 'builder-remote');

  const view = screen.trees.get('wheelhouse.builders');
  view?.see(true);
  try {
    await nodes();
    const drawn = view?.redrawn.length ?? 0;
    // Somebody starts it in a terminal.
    await cli('start', container);
    await eventually(() => ((view?.redrawn.length ?? 0) > drawn ? true : undefined));
    await cli('buildx', 'inspect', '--bootstrap', boxed);
    assert.equal((await node(boxed)).description, 'running · docker-container');
  } finally {
    view?.see(false);
  }
});

test('a choice is that of the workspace, and the machine keeps its own', limits, async () => {
  const before = await machine();
  assert.deepEqual(await did('use', of(remote.name)), of(remote.name));
  assert.equal((await node(remote.name)).description, 'in use, chosen here · running · remote');
  assert.match((await node('default')).description ?? '', /^the choice of the machine, not used here · /);
  assert.deepEqual(await machine(), before);
  // A link leads nowhere without a question.
  const asked = screen.shown.length;
  await executeFromElsewhere('wheelhouse.builders.use', of(boxed));
  await executeFromElsewhere('wheelhouse.builders.create', { name: 'linked' });
  assert.deepEqual(
    screen.shown.slice(asked).map(({ kind, text }) => [kind, text]),
    [
      ['modal', `Build with ${boxed} in this workspace?`],
      ['modal', 'Create the builder linked?'],
    ],
  );
  assert.ok(!(await names()).includes('linked'));
  assert.match((await node(remote.name)).description ?? '', /^in use, chosen here/);
  assert.deepEqual(await did('release'), of('default'));
  assert.equal((await node('default')).description, 'in use · running · docker');
  process.env.BUILDX_BUILDER = boxed;
  try {
    assert.match((await node(boxed)).description ?? '', /^in use, by BUILDX_BUILDER of the environment/);
  } finally {
    delete process.env.BUILDX_BUILDER;
  }
});

test('the builder of another engine is not taken, and one whose engine is away says so', limits, async () => {
  const host = process.env.DOCKER_HOST || 'unix:///var/run/docker.sock';
  await cli('context', 'create', 'second', '--docker', `host=${host}`);
  await cli('context', 'create', 'away', '--docker', 'host=tcp://127.0.0.1:1');
  await did('use', of('second'));
  assert.equal(failures.at(-1)?.id, 'builder-elsewhere');
  assert.match((await node('away')).description ?? '', /^error: Cannot connect to the Docker daemon/);
  await did('use', of('away'));
  assert.equal(failures.at(-1)?.id, 'builder-unreadable');
  await did('use', of(remote.name));
  await execute('wheelhouse.contexts.use', { name: 'second' });
  // Its own choice is its own.
  assert.equal((await node('second')).description, 'in use · running · docker');
  await did('use', of('second'));
  assert.equal((await node('second')).description, 'in use, chosen here · running · docker');
  await execute('wheelhouse.contexts.release');
  assert.match((await node(remote.name)).description ?? '', /^in use, chosen here/);
  await did('release');
  await cli('context', 'rm', 'second', 'away');
});

test('what was built is below its builder, with its log', limits, async () => {
  await build(remote.name, 'good', 'FROM scratch\nCOPY a /a\n');
  await build(remote.name, 'bad', 'FROM scratch\nARG TOKEN\nCOPY nowhere /a\n');
  const builds = await nodes(await node('Builds', await node(remote.name)));
  assert.deepEqual(
    builds.map(({ label, description }) => [label, description?.replace(/\d.*/, '')]),
    [
      ['context/bad', 'failed · '],
      ['context/good', 'succeeded · '],
    ],
  );
  const [bad, good] = builds;
  assert.ok(bad && good);
  assert.match(await execute('wheelhouse.builders.openLog', bad), /"\/nowhere": not found/);
  assert.match(screen.documents.at(-1) ?? '', /"\/nowhere": not found/);
  const id = String((good.value as { build: string }).build.split('/').at(-1));
  const raw = await execute<{ Ref: string }>('wheelhouse.builders.inspectBuild', good);
  assert.deepEqual(
    raw,
    JSON.parse(await cli('buildx', 'history', 'inspect', '--builder', remote.name, '--format', 'json', id)),
  );
  await did('openLog', { build: id });
  assert.match(screen.documents.at(-1) ?? '', /COPY a \/a/);
  await did('openLog', { build: 'gone' });
  assert.equal(failures.at(-1)?.id, 'build-gone');
});

test('one that goes on is shown as running, and its log waits for its end', limits, async () => {
  let finish = () => {};
  const server = createServer((_, response) => {
    finish = () => response.end('x');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const asked = once(server, 'request');
  const building = build(remote.name, 'slow', `FROM scratch\nADD http://127.0.0.1:${port}/x /x\n`);
  try {
    await asked;
    const newest = async () => (await nodes(await node('Builds', await node(remote.name))))[0];
    const shown = await newest();
    assert.equal(shown?.label, 'context/slow');
    assert.match(shown.description ?? '', /^running · /);
    assert.equal(shown.context, ';build;');
    await execute('wheelhouse.builders.openLog', shown);
    assert.equal(failures.at(-1)?.id, 'build-goes-on');
    for (let open = true; open; ) {
      finish();
      open = await Promise.race([building.then(() => false), setTimeout(100, true)]);
    }
    assert.equal((await newest())?.context, ';build;ended;');
  } finally {
    server.closeAllConnections();
    server.close();
    await building;
  }
});

test('images of this workspace are built by the builder that it chose', limits, async () => {
  const context = path.join(folder, 'context');
  const request = { dockerfile: path.join(context, 'good'), context, tag: 'wh-built-here:1' };
  const newest = async () =>
    (await cli('buildx', 'history', 'ls', '--builder', remote.name, '--format', '{{.Ref}}')).split('\n')[0];
  const before = await newest();
  await executeFromElsewhere('wheelhouse.images.build', request);
  assert.equal(results.at(-1)?.kind, 'images.build', JSON.stringify(failures.at(-1)));
  assert.equal(await newest(), before, 'that of the engine built it');
  await did('use', of(remote.name));
  await executeFromElsewhere('wheelhouse.images.build', { ...request, tag: 'wh-built-here:2' });
  const raw = JSON.parse(
    await cli('buildx', 'history', 'inspect', '--builder', remote.name, '--format', 'json'),
  );
  assert.notEqual(raw.Ref, before);
  assert.equal(raw.Status, 'completed');
  // Compose builds there as well, also where it is only brought up.
  const files = path.join(context, 'compose.yaml');
  writeFileSync(
    files,
    'services: {web: {image: "wh-built-here:3", build: {context: ., dockerfile: good}, command: "x"}}\n',
  );
  for (const verb of ['build', 'up']) {
    const last = await newest();
    await execute(`wheelhouse.compose.${verb}`, { files, services: [] });
    assert.notEqual(await newest(), last, `${verb}: ${JSON.stringify(failures.at(-1))}`);
    await cli('compose', '--file', files, 'down');
    await cli('image', 'rm', '--force', 'wh-built-here:3');
  }
  // The engine has it as well.
  assert.match(
    await cli('image', 'inspect', '--format', '{{.RepoTags}}', 'wh-built-here:2'),
    /wh-built-here:2/,
  );
  await cli('image', 'rm', '--force', 'wh-built-here:1', 'wh-built-here:2');

  await cli('buildx', 'create', '--name', 'brief', '--driver', 'docker-container');
  await did('use', of('brief'));
  await cli('buildx', 'rm', 'brief');
  await executeFromElsewhere('wheelhouse.images.build', request);
  assert.equal(failures.at(-1)?.id, 'builder-gone');
  assert.match(failures.at(-1)?.message ?? '', /brief was removed/);
  await execute('wheelhouse.compose.build', { files, services: [] });
  assert.equal(failures.at(-1)?.id, 'builder-gone');
  assert.equal((await node('brief')).description, 'in use, chosen here · error: It was removed.');
  await did('release');
  assert.ok(!(await nodes()).some(({ label }) => label === 'brief'));
});

test('one that keeps no history says so in its place', limits, async () => {
  const builds = await node('Builds', await node('default'));
  const [only] = await nodes(builds);
  const has = await cli('buildx', 'history', 'ls', '--builder', 'default', '--format', 'json').catch(
    () => undefined,
  );
  if (has === undefined) assert.match(only?.label ?? '', /too old to remember builds/);
  else assert.equal((await nodes(builds)).length, has ? has.split('\n').length : 1);
});

test('the cache is pruned after a question that says what it frees', limits, async () => {
  const asked = screen.shown.length;
  const size = async () => /^Total:\s+(\S+)$/m.exec(await cli('buildx', 'du', '--builder', remote.name))?.[1];
  const before = await size();
  const megabytes = Number(/^([\d.]+)MB$/.exec(before ?? '')?.[1]);
  await executeFromElsewhere('wheelhouse.builders.prune', of(remote.name));
  const [question] = screen.shown.slice(asked);
  assert.equal(question?.text, `Prune the build cache of ${remote.name}?`);
  const said = `${megabytes.toFixed(1)} MB`;
  assert.ok(question?.detail?.startsWith(`${said} of ${said} are freed.`), `${before}: ${question?.detail}`);
  assert.equal(await size(), before, 'nobody agreed');
  const { freed } = await did<{ freed: number }>('prune', of(remote.name));
  assert.ok(Math.abs(freed - megabytes * 1e6) < 10_000, `${freed} of ${before}`);
  assert.equal(await size(), '0B');
  await executeFromElsewhere('wheelhouse.builders.prune', of(remote.name));
  assert.equal(failures.at(-1)?.id, 'no-build-cache');
  await did('prune', of('silent'));
  assert.equal(failures.at(-1)?.id, 'builder-not-running');
});

test('inspected as the command line tells it, with variables hidden, and copied', limits, async () => {
  await cli(
    'buildx',
    'create',
    '--name',
    'secret',
    '--driver',
    'docker-container',
    '--driver-opt',
    '"env.TOKEN=hunter2""x"',
  );
  const text = await did<string>('inspect', of('secret'));
  assert.match(text, /hunter2/);
  assert.match(screen.documents.at(-1) ?? '', /env\.TOKEN=\*\*\*/);
  assert.doesNotMatch(screen.documents.at(-1) ?? '', /hunter2|x"/);
  assert.equal(
    (await did<string>('inspect', of(remote.name))).trim(),
    await cli('buildx', 'inspect', remote.name),
  );
  await did('copyName', of(remote.name));
  assert.equal(screen.copied.at(-1), remote.name);
});

test(
  'removed after a question that says what becomes of the cache; that of an engine stays',
  limits,
  async () => {
    const all = await names();
    await did('use', of(boxed));
    const asked = screen.shown.length;
    for (const name of [remote.name, boxed, 'silent'])
      await executeFromElsewhere('wheelhouse.builders.remove', of(name));
    assert.deepEqual(
      screen.shown.slice(asked).map(({ text, detail }) => [text, detail]),
      [
        [
          `Remove the builder ${remote.name}?`,
          `What ${remote.name} has cached stays where its BuildKit runs.`,
        ],
        [`Remove the builder ${boxed}?`, `The build cache of ${boxed} goes with it: 0 B.`],
        ['Remove the builder silent?', 'What silent has cached stays where its BuildKit runs.'],
      ],
    );
    assert.deepEqual(await names(), all, 'nobody agreed');
    await did('remove', of('default'));
    assert.equal(failures.at(-1)?.id, 'builder-built-in');
    assert.deepEqual(await did('remove', { builder: [boxed, 'silent', 'secret'] }), {
      builders: [boxed, 'silent', 'secret'],
    });
    assert.deepEqual((await names()).sort(), ['default', remote.name].sort());
    assert.equal(await cli('ps', '--all', '--quiet', '--filter', `name=${container}`), '');
    assert.match((await node('default')).description ?? '', /^in use · /, 'the choice went with it');
    await did('stop', of(boxed));
    assert.equal(failures.at(-1)?.id, 'builder-gone');
  },
);

test('without buildx the view says so, with what to do', limits, async (t) => {
  const mine = process.env.DOCKER_CONFIG;
  process.env.DOCKER_CONFIG = path.join(folder, 'empty');
  try {
    await execute('wheelhouse.builders.refresh');
    const isThere = (await cli('buildx', 'version').catch(() => '')).includes('buildx v');
    if (isThere) return t.skip('the plugin is one of the whole machine');
    const [only] = await nodes();
    assert.match(only?.label ?? '', /no working buildx/);
    assert.match(only?.description ?? '', /^Install the buildx plugin/);
    await did('inspect');
    assert.equal(failures.at(-1)?.id, 'buildx-missing');
  } finally {
    process.env.DOCKER_CONFIG = mine;
    await execute('wheelhouse.builders.refresh');
  }
  await node('default');
});
