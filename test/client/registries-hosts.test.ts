// Whom the client believes, what it takes from an answer, and where its passwords go.
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { failureOf } from '../../client/src/runtime/failures.ts';
import { createRegistryApi } from '../../client/src/runtime/registry-api.ts';
import { tokenAddress } from '../../client/src/runtime/registry-token.ts';
import { startHost } from '../hostile/hostile-host.ts';
import { basic, credentials, failing, realHosts, world } from './registry-worlds.ts';

const challenges = [
  'Basic realm="x"',
  'Bearer realm="https://other.example/token",service="s"',
  'Bearer realm="https://r.example/token",service="s"',
];

for (const challenge of challenges) {
  test(`no password follows a challenge from where a redirect led: ${challenge}`, async () => {
    const world = await realHosts({
      'r.example': (response, url) => {
        if (url.startsWith('/token')) return void response.end('{"token":"T"}');
        // The way back to the registry leads over the other host, which chooses what is asked there.
        response.writeHead(307, { location: `https://other.example${url}` }).end();
      },
      'other.example': (response, url) => {
        if (url.startsWith('/token')) return void response.end('{"token":"evil"}');
        response.writeHead(401, { 'www-authenticate': challenge }).end();
      },
    });
    try {
      const api = createRegistryApi('r.example', { fetch: world.fetch, credentials });
      assert.equal(await api.tags('owner/bikes'), 'denied');
      assert.equal(await api.digest('owner/bikes', '1'), 'denied');
      assert.equal(await api.repositories(), undefined);
      assert.equal(await api.ping(), 'locked');
      assert.deepEqual(world.told('r.example'), Array(4).fill(undefined));
      assert.deepEqual(world.told('other.example'), Array(4).fill(undefined));
    } finally {
      await world.close();
    }
  });

  test(`nor one from the registry by a way over another host: ${challenge}`, async () => {
    const world = await realHosts({
      'r.example': (response, url) => {
        if (url.endsWith('?back')) response.writeHead(401, { 'www-authenticate': challenge }).end();
        else response.writeHead(302, { location: `https://other.example${url}` }).end();
      },
      'other.example': (response, url) =>
        void response.writeHead(302, { location: `https://r.example${url}?back` }).end(),
    });
    try {
      const api = createRegistryApi('r.example', { fetch: world.fetch, credentials });
      assert.equal(await api.tags('owner/bikes'), 'denied');
      assert.deepEqual(world.told('r.example'), [undefined, undefined]);
      assert.deepEqual(world.told('other.example'), [undefined]);
    } finally {
      await world.close();
    }
  });
}

test('the realm may be another host, a redirect within the registry may come before, and the token stays there', async () => {
  const world = await realHosts({
    'r.example': (response, url, authorization) => {
      if (url.endsWith('/list')) return void response.writeHead(301, { location: `${url}?moved` }).end();
      if (authorization === 'Bearer T')
        return void response.writeHead(307, { location: 'https://cdn.example/list' }).end();
      const challenge = 'Bearer realm="https://auth.example/token?a=1",service="s",scope="x"';
      response.writeHead(401, { 'www-authenticate': challenge }).end();
    },
    'auth.example': (response) => void response.end('{"access_token":"T"}'),
    'cdn.example': (response) => {
      response.setHeader('link', '<https://r.example/v2/owner/bikes/tags/list?last=1>; rel="next"');
      response.end('{"tags":["1"]}');
    },
  });
  try {
    const api = createRegistryApi('r.example', { fetch: world.fetch, credentials });
    assert.deepEqual(await api.tags('owner/bikes'), ['1']);
    assert.deepEqual(world.told('r.example'), [undefined, undefined, 'Bearer T', 'Bearer T']);
    assert.deepEqual(world.told('auth.example'), [basic]);
    assert.deepEqual(world.told('cdn.example'), [undefined]);
  } finally {
    await world.close();
  }
});

test('a token counts only where the realm itself gave it, and only as one', async () => {
  const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
    elsewhere: (to) => void to.writeHead(307, { location: 'https://other.example/token' }).end(),
    none: (to) => void to.end('{}'),
    empty: (to) => void to.end('{"token":""}'),
    lines: (to) => void to.end('{"token":"T\\r\\nx-evil: 1"}'),
    long: (to) => void to.end(JSON.stringify({ token: 'T'.repeat(100_000) })),
    refused: (to) => void to.writeHead(403).end('{"token":"T"}'),
  };
  for (const [name, give] of Object.entries(answers)) {
    const world = await realHosts({
      'r.example': (to) =>
        void to.writeHead(401, { 'www-authenticate': 'Bearer realm="https://auth.example/"' }).end(),
      'auth.example': give,
      'other.example': (to) => void to.end('{"token":"evil"}'),
    });
    try {
      const api = createRegistryApi('r.example', { fetch: world.fetch, credentials });
      assert.equal(await api.tags('a'), 'denied', name);
      assert.deepEqual(world.told('r.example'), [undefined], name);
      assert.deepEqual(world.told('auth.example'), [basic], name);
      assert.ok(
        world.told('other.example')?.every((told) => told === undefined),
        name,
      );
    } finally {
      await world.close();
    }
  }
});

test('a registry of the world sends nobody into a private network, nor with a password in an address', async () => {
  const inside = [
    '127.0.0.1',
    'localhost',
    'a.localhost',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.0.1',
    '169.254.169.254',
  ];
  inside.push(
    '0.0.0.0',
    '100.64.0.1',
    '[::1]',
    '[::]',
    '[fd00::1]',
    '[fe80::1]',
    '[::ffff:10.0.0.1]',
    '0x7f.1',
  );
  inside.push('2130706433', '127.0.0.1.', 'LOCALHOST', 'localhost.');
  for (const host of inside) {
    for (const to of [`https://${host}/token`, `https://${host}:8443/token`, `http://${host}/token`]) {
      assert.equal(tokenAddress(`Bearer realm="${to}"`, false), undefined, to);
      const { seen, fetch } = world(() => ({ status: 307, headers: { location: to } }));
      assert.equal(
        (await failing(createRegistryApi('r.example', { fetch }).tags('a')))?.id,
        'registry-down',
        to,
      );
      assert.equal(seen.length, 1, to);
    }
  }
  for (const to of [
    'https://a:b@auth.example/',
    'https://a@auth.example/',
    'ftp://auth.example/',
    'data:,x',
    'x',
  ])
    assert.equal(tokenAddress(`Bearer realm="${to}"`, false), undefined, to);
  assert.equal(tokenAddress('Bearer realm="http://a:b@127.0.0.1/"', true), undefined);
  // One that stands there itself may: its realm is beside it.
  const near = world(({ host }) =>
    host === '10.0.0.6'
      ? { json: { token: 'T' } }
      : { status: 401, headers: { 'www-authenticate': 'Bearer realm="https://10.0.0.6/token"' } },
  );
  await createRegistryApi('10.0.0.5', { fetch: near.fetch, credentials }).tags('a');
  assert.deepEqual(
    near.seen.map(({ authorization }) => authorization),
    [null, basic, 'Bearer T'],
  );
});

test('the realm of a challenge is the first one it names, and a long challenge is read in no time', () => {
  const two = 'Bearer realm="https://a.example/",service="s", Basic realm="https://b.example/"';
  assert.equal(tokenAddress(two, false)?.href, 'https://a.example/?service=s');
  // Work that grows with the square of this would take minutes.
  assert.equal(tokenAddress(`Bearer ${'a'.repeat(500_000)}`, false), undefined);
  assert.equal(tokenAddress(`Bearer realm="${'"a="'.repeat(200_000)}`, false), undefined);
});

test('what is no host, repository or tag is not asked for', async () => {
  const { seen, fetch } = world(() => ({ json: { tags: ['1'] } }));
  for (const host of ['', 'a b', 'a@b', 'user:secret@r.example', '--help', 'r.example:99999', 'a..b:x'])
    assert.equal((await failing(createRegistryApi(host, { fetch }).ping()))?.id, 'registry-down', host);
  const api = createRegistryApi('r.example', { fetch, credentials });
  const names = [
    '',
    '..',
    '../../admin',
    'a/../b',
    'a//b',
    '/a',
    'a/',
    'A',
    'a b',
    'a?b',
    'a#b',
    'a%2f',
    'a:b',
    'a@b',
  ];
  for (const name of [...names, 'a'.repeat(256), '-a', 'a\n']) {
    assert.equal(await api.tags(name), 'missing', name);
    assert.equal(await api.digest(name, '1'), 'missing', name);
  }
  for (const tag of ['', '-1', '.', '..', 'a/b', 'a?b', 'a b', 'x'.repeat(129)])
    assert.equal(await api.digest('a', tag), 'missing', tag);
  assert.deepEqual(seen, []);
});

test('only names of repositories and tags are taken from an answer', async () => {
  const odd = [
    '--help',
    '../..',
    'a b',
    'a\n',
    '**b**',
    '[a](b)',
    'x'.repeat(256),
    '',
    5,
    null,
    ['a'],
    { a: 1 },
  ];
  const { fetch } = world(() => ({
    json: { repositories: ['a/b', 'UP', ...odd], tags: ['V1_.-x', ...odd] },
  }));
  const api = createRegistryApi('r.example', { fetch });
  assert.deepEqual(await api.repositories(), ['a/b']);
  assert.deepEqual(await api.tags('a'), ['V1_.-x']);
});

test('the time is that of a whole question, its redirects, token and pages included', async () => {
  const slow = await startHost(({ url = '' }, response) => {
    const next = `${url.split('?')[0]}?n=${Math.random()}`;
    setTimeout(() => response.setHeader('link', `<${next}>; rel="next"`).end('{"tags":["1"]}'), 150);
  });
  try {
    const late = await failing(createRegistryApi(slow.host, { timeoutMs: 400 }).tags('a'));
    assert.match(late?.message ?? '', /in time/);
    assert.ok(slow.seen.length <= 3);
  } finally {
    await slow.close();
  }
});

test('what is packed is read where its length is told, up to the limit of both', async () => {
  const page = gzipSync('{"tags":["1"]}');
  const bomb = gzipSync(`{"tags":["${'a'.repeat(50_000_000)}"]}`);
  const host = await startHost(({ url }, response) => {
    const body = url?.includes('bomb') ? bomb : page;
    response.setHeader('content-encoding', 'gzip');
    if (!url?.includes('endless')) return void response.end(body);
    // Each piece unpacks to nothing, so that nobody who counts what is unpacked would ever stop.
    const nothing = Buffer.concat(Array(1_000).fill(gzipSync('')));
    const more = () => {
      while (!response.destroyed) if (!response.write(nothing)) return;
    };
    response.on('drain', more);
    more();
  });
  try {
    const api = createRegistryApi(host.host);
    assert.deepEqual(await api.tags('page'), ['1']);
    for (const name of ['bomb', 'endless']) {
      const before = process.memoryUsage().arrayBuffers;
      assert.equal((await failing(api.tags(name)))?.id, 'registry-down', name);
      assert.ok(process.memoryUsage().arrayBuffers - before < 30_000_000, name);
    }
    assert.ok(host.bytes() < 20_000_000);
  } finally {
    await host.close();
  }
});

test('all answers to one api together are bounded', async () => {
  const large = await startHost(
    (_, response) => void response.end(`{"tags":[],"x":"${'a'.repeat(3_900_000)}"}`),
  );
  try {
    const api = createRegistryApi(large.host);
    const all = await Promise.all(Array.from({ length: 20 }, (_, i) => api.tags(`a${i}`).catch(failureOf)));
    assert.equal(all.filter(Array.isArray).length <= 10, true);
    assert.ok(all.some((one) => !Array.isArray(one)));
  } finally {
    await large.close();
  }
});
