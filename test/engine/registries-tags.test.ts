// What is done with the tags of a registry, against a real engine and real registries.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { Node } from '../../client/src/ui/tree.ts';
import { run } from '../parts/processes.ts';
import { startRegistry } from '../parts/registry.ts';
import { agree, eventually, execute, executeFromElsewhere, screen } from './fake-vscode.ts';
import {
  answerWith,
  below,
  failures,
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
  user,
  workbench,
} from './registry-world.ts';

const { registerImages } = await import('../../client/src/images/commands.ts');
const { registerRawJson } = await import('../../client/src/ui/raw-json.ts');
registerImages(workbench, async () => undefined as never);
registerRawJson();
prepare();

const repository = `wh-r-${process.pid}/bikes`;
const name = `${open}/${repository}:1.0`;

const docker = async (...args: string[]) => {
  const { code, stdout, stderr } = await run('docker', args);
  assert.equal(code, 0, stderr);
  return stdout.trim();
};
const repositoryNode = async (host: string, of: string) =>
  (await below(await node(host))).find(({ label }) => label === of) as Node;
const tagNode = async (host = open, of = repository) =>
  (await below(await repositoryNode(host, of))).find(({ label }) => label !== 'several') as Node;
const tooltipOf = async (of: Node) => {
  const item = (await screen.trees.get('wheelhouse.registries')?.provider.resolveTreeItem({}, of)) as {
    tooltip: { value: string };
  };
  return item.tooltip.value;
};
/** What the registry itself says, asked without the code under test. */
async function fromRegistry(host: string, path: string) {
  const accept =
    'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json';
  const text = await (await fetch(`http://${host}/v2/${path}`, { headers: { accept } })).text();
  return { text, digest: `sha256:${createHash('sha256').update(text).digest('hex')}` };
}

test('the tooltip of a tag names it, its digest and its size', limits, async () => {
  const tag = await tagNode();
  const { text, digest } = await fromRegistry(open, `${repository}/manifests/1.0`);
  const { layers } = JSON.parse(text) as { layers: { size: number }[] };
  const bytes = layers.reduce((sum, { size }) => sum + size, 0);
  assert.ok(bytes > 0 && bytes < 1000);
  assert.equal(tag.tooltip, undefined, 'it is made when somebody points at the tag');
  const shown = await tooltipOf(tag);
  assert.ok(shown.includes(name));
  assert.ok(shown.includes(digest));
  assert.match(shown, new RegExp(`Size: ${bytes} B, compressed`));
});

test('a row tells size, platforms and day of its tag, without attestations', limits, async () => {
  const { text, digest } = await fromRegistry(open, `${repository}/manifests/1.0`);
  const manifest = JSON.parse(text) as { mediaType: string; layers: { size: number }[] };
  const bytes = manifest.layers.reduce((sum, { size }) => sum + size, 0);
  const [created, platform] = (
    await docker('image', 'inspect', '--format', '{{.Created}} {{.Os}}/{{.Architecture}}', name)
  ).split(' ');
  const entry = (os: string, architecture: string) => ({
    mediaType: manifest.mediaType,
    digest,
    size: Buffer.byteLength(text),
    platform: { os, architecture },
  });
  const type = 'application/vnd.oci.image.index.v1+json';
  const put = await fetch(`http://${open}/v2/${repository}/manifests/several`, {
    method: 'PUT',
    headers: { 'content-type': type },
    body: JSON.stringify({
      schemaVersion: 2,
      mediaType: type,
      manifests: [entry('unknown', 'unknown'), entry('linux', 'arm64'), entry('linux', 'riscv64')],
    }),
  });
  assert.equal(put.status, 201);
  const day = created?.slice(0, 10);
  const tags = await below(await repositoryNode(open, repository));
  const wanted = [
    `1.0 ${bytes} B · ${platform} · ${day}`,
    `several ${bytes} B · linux/arm64, linux/riscv64 · ${day}`,
  ];
  const words = await eventually(() => {
    const words = tags.map(({ label, description }) => `${label} ${description}`).sort();
    return words.some((each) => each.endsWith('undefined')) ? undefined : words;
  });
  assert.deepEqual(words, wanted);
  const several = tags.find(({ label }) => label === 'several') as Node;
  const shown = await tooltipOf(several);
  assert.match(shown, /Size: \d+ B, compressed, for linux\/arm64/);
  assert.match(shown, /Platforms: linux\/arm64, linux\/riscv64/);
  assert.match(shown, /Made: /);
});

test('the name of a repository, the reference of a tag and its digest are copied', limits, async () => {
  await execute('wheelhouse.registries.copyName', await repositoryNode(open, repository));
  await execute('wheelhouse.registries.copyReference', await tagNode());
  await execute('wheelhouse.registries.copyDigest', await tagNode());
  const { digest } = await fromRegistry(open, `${repository}/manifests/1.0`);
  assert.deepEqual(screen.copied.slice(-3), [
    `${open}/${repository}`,
    name,
    `${open}/${repository}@${digest}`,
  ]);
});

test('the manifest of a tag is shown as the registry has it', limits, async () => {
  await execute('wheelhouse.registries.inspect', await tagNode());
  const { text } = await fromRegistry(open, `${repository}/manifests/1.0`);
  assert.deepEqual(JSON.parse(screen.documents.at(-1) ?? ''), JSON.parse(text));
});

test('a tag is pulled where it is not here', limits, async () => {
  await docker('image', 'rm', name);
  await execute('wheelhouse.registries.pull', await tagNode());
  assert.equal(results.at(-1)?.kind, 'images.pull');
  const ids = await docker('image', 'inspect', '--format', '{{.Id}}', name, image);
  assert.equal(new Set(ids.split('\n')).size, 1);
});

test(
  'a push that needs a login goes on after it, asked once, and its registry stays listed',
  limits,
  async () => {
    const target = `${guarded}/wh-r-${process.pid}/goes-on:1`;
    const found = async () =>
      (
        await fetch(`http://${guarded}/v2/wh-r-${process.pid}/goes-on/manifests/1`, {
          headers: {
            authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
            accept:
              'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json',
          },
        })
      ).status;
    await execute('wheelhouse.images.push', { image, target });
    const { id, action } = lastFailure();
    assert.equal(id, 'not-logged-in');
    assert.equal(await found(), 404);
    const modals = () => screen.shown.filter(({ kind }) => kind === 'modal').length;
    const asked = modals();
    answerWith({ token: 'wrong', username: user });
    await execute(action?.command ?? '', ...(action?.arguments ?? []));
    const again = lastFailure().action;
    assert.equal(again?.label, 'Try Again');
    answerWith({ token: password, username: user });
    // Of somebody else the data runs nothing.
    screen.press = agree;
    await executeFromElsewhere(again?.command ?? '', ...(again?.arguments ?? []));
    screen.press = () => undefined;
    assert.equal(modals(), asked + 1);
    assert.equal(await found(), 404);
    await execute('wheelhouse.registries.logout', { registry: guarded });
    await execute(again?.command ?? '', ...(again?.arguments ?? []));
    assert.equal(modals(), asked + 1);
    assert.equal(await found(), 200);
    assert.equal(workbench.memory.get<string[]>('registries.used')?.[0], guarded);
    await run('docker', ['image', 'rm', target]);
  },
);

test('Run pulls what is not here or is another one, and asks how it is to run', limits, async () => {
  const kinds = () => results.map(({ kind }) => kind).filter((kind) => kind === 'images.pull').length;
  const asked = () => screen.asked.map(({ title }) => title).filter((title) => /run/i.test(title)).length;
  answerWith({});
  const other = `wh-r-${process.pid}:other`;
  const cases: [string, () => Promise<unknown>, number][] = [
    ['the same is here', async () => {}, 0],
    ['none is here', () => docker('image', 'rm', name), 1],
    [
      'another one has its name',
      async () => {
        await run('docker', ['import', '-c', 'ENV OTHER=1', '-', other], { input: '\0'.repeat(10_240) });
        await docker('tag', other, name);
      },
      1,
    ],
  ];
  try {
    for (const [what, arrange, pulls] of cases) {
      const tag = await tagNode();
      await arrange();
      const before = [kinds(), asked()] as const;
      await execute('wheelhouse.registries.run', tag);
      assert.equal(kinds() - before[0], pulls, what);
      assert.equal(asked() - before[1], 1, what);
      const ids = await docker('image', 'inspect', '--format', '{{.Id}}', name, image);
      assert.equal(new Set(ids.split('\n')).size, 1, what);
    }
  } finally {
    await run('docker', ['image', 'rm', other]);
  }
});

test(
  'of a guarded registry a tag is asked for with the login, and without it that is said',
  limits,
  async () => {
    const path = `wh-r-${process.pid}/secret`;
    const secret = `${guarded}/${path}:2.0`;
    await logIn(guarded, password);
    await docker('tag', image, secret);
    try {
      await docker('push', secret);
      const tag = await tagNode(guarded, path);
      assert.match(await tooltipOf(tag), /Digest: sha256/);
      await execute('wheelhouse.registries.copyDigest', tag);
      assert.match(screen.copied.at(-1) ?? '', new RegExp(`^${guarded}/${path}@sha256:`));
      await execute('wheelhouse.registries.logout', { registry: guarded });
      const copied = screen.copied.length;
      await execute('wheelhouse.registries.copyDigest', tag);
      assert.equal(screen.copied.length, copied);
      assert.match(lastFailure().message, /does not let you see/);
      assert.equal(lastFailure().action?.command, 'wheelhouse.registries.login');
      assert.match(await tooltipOf(tag), /no access/);
    } finally {
      await run('docker', ['image', 'rm', secret]);
    }
  },
);

test('pointing at a tag of Docker Hub does not count as a pull there', limits, async () => {
  // A made-up Docker Hub: the real one limits how often it is asked.
  const here = `wh-r-${process.pid}/hub`;
  const digest = `sha256:${'5'.repeat(64)}`;
  const asked: string[] = [];
  const real = globalThis.fetch;
  await docker('tag', image, `${here}:1`);
  try {
    globalThis.fetch = async (input, init) => {
      const url = new URL(String(input));
      if (url.host !== 'registry-1.docker.io') return real(input, init);
      asked.push(`${init?.method} ${url.pathname}`);
      if (url.pathname === `/v2/${here}/tags/list`) return Response.json({ tags: ['1'] });
      const isTag = url.pathname === `/v2/${here}/manifests/1`;
      return new Response(null, {
        status: isTag ? 200 : 404,
        headers: isTag ? { 'docker-content-digest': digest } : {},
      });
    };
    const tag = await tagNode('docker.io', here);
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok(!asked.some((line) => line.includes('/manifests/')), 'nothing is asked of all tags');
    const shown = await tooltipOf(tag);
    assert.ok(shown.includes(digest));
    assert.deepEqual(
      asked.filter((line) => line.includes('/manifests/')),
      [`HEAD /v2/${here}/manifests/1`],
    );
  } finally {
    globalThis.fetch = real;
    await run('docker', ['image', 'rm', `${here}:1`]);
  }
});

/** What was asked before it was deleted; `press` answers. */
async function deleting(tag: Node | object, press: typeof screen.press): Promise<string | undefined> {
  const before = screen.shown.length;
  screen.press = press;
  await execute('wheelhouse.registries.deleteTag', tag);
  screen.press = () => undefined;
  return screen.shown.slice(before).find(({ kind }) => kind === 'modal')?.detail;
}

test('a tag is deleted after a question that names what goes with it', limits, async () => {
  const path = `wh-r-${process.pid}/deleted`;
  const here = ['1.0', 'latest', 'other'].map((tag) => `${open}/${path}:${tag}`);
  const status = async (tag: string) =>
    (
      await fetch(`http://${open}/v2/${path}/manifests/${tag}`, {
        headers: {
          accept:
            'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json',
        },
      })
    ).status;
  const labels = async () =>
    (await below(await repositoryNode(open, path))).map(({ label }) => label).toSorted();
  const second = `wh-r-${process.pid}:second`;
  await run('docker', ['import', '-c', 'ENV SECOND=1', '-', second], { input: '\0'.repeat(10_240) });
  try {
    for (const [at, name] of here.entries()) {
      await docker('tag', at === 2 ? second : image, name);
      await docker('push', name);
    }
    assert.deepEqual(await labels(), ['1.0', 'latest', 'other']);
    const tag = (await below(await repositoryNode(open, path))).find(({ label }) => label === '1.0') as Node;
    const detail = await deleting(tag, () => undefined);
    assert.match(detail ?? '', /Another tag is of the same image and goes with it: latest/);
    assert.deepEqual([await status('1.0'), await status('latest')], [200, 200], 'nothing without a yes');
    await deleting(tag, agree);
    assert.deepEqual(
      await Promise.all(['1.0', 'latest', 'other'].map(status)),
      [404, 404, 200],
      String(failures.at(-1)?.message),
    );
    assert.equal(results.at(-1)?.kind, 'registries.deleteTag');
    assert.deepEqual(await labels(), ['other']);
    await deleting(tag, agree);
    assert.equal(lastFailure().id, 'tag-missing');
    await docker('image', 'inspect', ...here);
  } finally {
    await run('docker', ['image', 'rm', second, ...here]);
  }
});

test('Delete at a row that is no tag does nothing', limits, async () => {
  const failed = failures.length;
  await execute('wheelhouse.registries.deleteTag', await repositoryNode(open, repository));
  await execute('wheelhouse.registries.deleteTag', await node(open));
  assert.equal(failures.length, failed);
});

test('of a guarded registry a tag is deleted with the login alone', limits, async () => {
  const path = `wh-r-${process.pid}/guarded-deleted`;
  const name = `${guarded}/${path}:1`;
  const value = { registry: guarded, repository: path, tag: '1' };
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const tags = async () =>
    (await fetch(`http://${guarded}/v2/${path}/tags/list`, { headers: { authorization } })).text();
  await logIn(guarded, password);
  await docker('tag', image, name);
  try {
    await docker('push', name);
    await execute('wheelhouse.registries.logout', { registry: guarded });
    await deleting(value, agree);
    assert.equal(lastFailure().action?.command, 'wheelhouse.registries.login');
    assert.match(await tags(), /"1"/);
    await logIn(guarded, password);
    await deleting(value, agree);
    assert.doesNotMatch(await tags(), /"1"/);
  } finally {
    await run('docker', ['image', 'rm', name]);
  }
});

test('a registry that deletes nothing says so, and keeps the tag', limits, async () => {
  const keeping = await startRegistry(() => {}, undefined, undefined, { deletes: false });
  assert.ok('address' in keeping);
  const path = `wh-r-${process.pid}/kept`;
  const name = `${keeping.address}/${path}:1`;
  await docker('tag', image, name);
  try {
    await docker('push', name);
    await deleting({ registry: keeping.address, repository: path, tag: '1' }, agree);
    assert.equal(lastFailure().id, 'deletion-unsupported');
    assert.match(await (await fetch(`http://${keeping.address}/v2/${path}/tags/list`)).text(), /"1"/);
    await deleting({ registry: 'docker.io', repository: path, tag: '1' }, agree);
    assert.match(lastFailure().remedy, /hub\.docker\.com/);
  } finally {
    await keeping.stop();
    await run('docker', ['image', 'rm', name]);
  }
});

test('what is no tag, or is gone, is said', limits, async () => {
  const value = { registry: open, repository, tag: 'gone' };
  await execute('wheelhouse.registries.inspect', value);
  assert.equal(lastFailure().id, 'tag-missing');
  for (const bad of [
    undefined,
    {},
    { registry: open, repository },
    { ...value, registry: '--help' },
    { ...value, repository: '../x' },
    { ...value, tag: 'a b' },
  ])
    for (const action of ['pull', 'run', 'copyReference', 'copyDigest', 'inspect', 'deleteTag']) {
      const copied = screen.copied.length;
      const done = results.length;
      const failed = failures.length;
      await executeFromElsewhere(`wheelhouse.registries.${action}`, bad);
      assert.deepEqual(
        failures.slice(failed).map(({ id }) => id),
        ['no-remote-tag'],
        action,
      );
      assert.equal(screen.copied.length, copied);
      assert.equal(results.length, done);
    }
});
