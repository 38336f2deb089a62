import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createRegistryApi } from '../../client/src/runtime/registry-api.ts';
import { tokenAddress } from '../../client/src/runtime/registry-token.ts';
import { basic, credentials, failing, type Reply, world } from './registry-worlds.ts';

test('a registry that lets anybody in is asked without a password', async () => {
  const { seen, fetch } = world(() => ({ json: { repositories: ['owner/bikes'] } }));
  const api = createRegistryApi('127.0.0.1:5000', { fetch, credentials });
  assert.equal(await api.ping(), 'open');
  assert.deepEqual(await api.repositories(), ['owner/bikes']);
  assert.deepEqual(seen, [
    { url: 'http://127.0.0.1:5000/v2/', authorization: null },
    { url: 'http://127.0.0.1:5000/v2/_catalog?n=100', authorization: null },
  ]);
});

test('Basic is answered with the credentials, and only after the challenge', async () => {
  const { seen, fetch } = world((_, authorization) =>
    authorization === basic
      ? { json: { tags: ['1.0', 'latest'] } }
      : { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } },
  );
  assert.deepEqual(await createRegistryApi('r.example', { fetch, credentials }).tags('bikes'), [
    '1.0',
    'latest',
  ]);
  assert.deepEqual(
    seen.map(({ authorization }) => authorization),
    [null, basic],
  );
  assert.equal(seen[0]?.url, 'https://r.example/v2/bikes/tags/list');
  assert.equal(await createRegistryApi('r.example', { fetch }).ping(), 'locked');
  assert.equal(await createRegistryApi('r.example', { fetch }).tags('bikes'), 'denied');
  assert.equal(await createRegistryApi('r.example', { fetch }).repositories(), undefined);
});

test('Bearer: the token comes from the realm, with the credentials, and is used again', async () => {
  const challenge =
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:owner/bikes:pull"';
  const { seen, fetch } = world((url, authorization) => {
    if (url.host === 'auth.docker.io') return { json: { token: 'T' } };
    return authorization === 'Bearer T'
      ? { json: { tags: ['1'] } }
      : { status: 401, headers: { 'www-authenticate': challenge } };
  });
  const api = createRegistryApi('docker.io', { fetch, credentials });
  assert.deepEqual(await api.tags('owner/bikes'), ['1']);
  assert.deepEqual(await api.tags('owner/bikes'), ['1']);
  const asked =
    'https://auth.docker.io/token?service=registry.docker.io&scope=repository%3Aowner%2Fbikes%3Apull';
  const hub = 'https://registry-1.docker.io/v2/owner/bikes/tags/list';
  assert.deepEqual(seen, [
    { url: hub, authorization: null },
    { url: asked, authorization: basic },
    { url: hub, authorization: 'Bearer T' },
    { url: hub, authorization: null },
    { url: hub, authorization: 'Bearer T' },
  ]);
});

test('a password never travels in the open: a realm without TLS is not asked, but on this machine', () => {
  const challenge = (realm: string) => `Bearer realm="${realm}",service="s"`;
  assert.equal(tokenAddress(challenge('http://auth.example/token'), false), undefined);
  assert.equal(tokenAddress(challenge('http://auth.example/token'), true), undefined);
  assert.equal(tokenAddress(challenge('http://127.0.0.1:9/token'), false), undefined);
  assert.equal(
    tokenAddress(challenge('http://127.0.0.1:9/token'), true)?.href,
    'http://127.0.0.1:9/token?service=s',
  );
  assert.equal(
    tokenAddress(challenge('https://a.example/t?x=1'), false)?.href,
    'https://a.example/t?x=1&service=s',
  );
  for (const odd of ['', 'Basic realm="https://a.example"', 'Bearer', 'Bearer realm="not an address"']) {
    assert.equal(tokenAddress(odd, true), undefined, odd);
  }
});

test('a redirect keeps the header on its own host only', async () => {
  const { seen, fetch } = world((url, authorization): Reply => {
    if (url.host !== 'r.example') return { json: { tags: ['cdn'] } };
    if (!authorization) return { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } };
    return url.search
      ? { status: 307, headers: { location: 'https://cdn.example/list' } }
      : { status: 302, headers: { location: '/v2/bikes/tags/list?again' } };
  });
  assert.deepEqual(await createRegistryApi('r.example', { fetch, credentials }).tags('bikes'), ['cdn']);
  assert.deepEqual(
    seen.slice(1).map(({ url, authorization }) => [new URL(url).host, authorization]),
    [
      ['r.example', basic],
      ['r.example', basic],
      ['cdn.example', null],
    ],
  );
});

test('a redirect that leaves TLS, or goes round in circles, is a failure', async () => {
  const away = world(() => ({ status: 302, headers: { location: 'http://r.example/v2/' } }));
  assert.equal((await failing(createRegistryApi('r.example', away).ping()))?.id, 'registry-down');
  assert.ok(away.seen.every(({ url }) => url.startsWith('https:')));
  const circle = world((url) => ({ status: 302, headers: { location: url.href } }));
  assert.equal((await failing(createRegistryApi('r.example', circle).ping()))?.id, 'registry-down');
  assert.ok(circle.seen.length < 10);
});

test('all pages are read, but none of another host and not without end', async () => {
  const { fetch } = world((url) => {
    const last = Number(url.searchParams.get('last') ?? 0);
    const link = last < 2 ? { link: `</v2/_catalog?n=100&last=${last + 1}>; rel="next"` } : undefined;
    return { headers: link, json: { repositories: [`r${last}`] } };
  });
  assert.deepEqual(await createRegistryApi('r.example', { fetch }).repositories(), ['r0', 'r1', 'r2']);
  const foreign = world(() => ({
    headers: { link: '<https://evil.example/v2/_catalog>; rel="next"' },
    json: { repositories: ['a'] },
  }));
  assert.deepEqual(await createRegistryApi('r.example', foreign).repositories(), ['a']);
  assert.equal(foreign.seen.length, 1);
  const endless = world((url) => ({
    headers: { link: `<${url.pathname}>; rel="next"` },
    json: { repositories: ['a'] },
  }));
  assert.equal((await createRegistryApi('r.example', endless).repositories())?.length, 5);
});

test('what is not there, not allowed, or emptied is told apart', async () => {
  const of = (reply: Reply) =>
    createRegistryApi(
      'r.example',
      world(() => reply),
    );
  assert.equal(await of({ status: 404 }).tags('x'), 'missing');
  assert.equal(await of({ status: 403 }).tags('x'), 'denied');
  assert.deepEqual(await of({ json: { name: 'x', tags: null } }).tags('x'), []);
  assert.equal(await of({ status: 404 }).repositories(), undefined);
  assert.equal((await failing(of({ json: ['no registry'] }).repositories()))?.id, 'registry-down');
});

test('a registry that stays silent ends in time, and one that is not there at once', async () => {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const begun = Date.now();
  const late = await failing(createRegistryApi(host, { timeoutMs: 200 }).ping());
  assert.ok(Date.now() - begun < 2_000);
  assert.equal(late?.id, 'registry-down');
  assert.match(late?.message ?? '', /in time/);
  const controller = new AbortController();
  const aborted = failing(createRegistryApi(host, { signal: controller.signal }).ping());
  controller.abort();
  assert.equal((await aborted)?.id, 'registry-down');
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  const gone = await failing(createRegistryApi(host).ping());
  assert.match(gone?.message ?? '', new RegExp(`${host} does not answer`));
});

test('no failure carries the password', async () => {
  const angry: typeof fetch = async (_, init) => {
    const authorization = new Headers(init?.headers).get('authorization');
    if (authorization) throw new Error(`refused ${authorization} whl_secret`);
    return new Response(null, { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } });
  };
  const failure = await failing(createRegistryApi('r.example', { fetch: angry, credentials }).ping());
  assert.equal(failure?.id, 'registry-down');
  assert.doesNotMatch(JSON.stringify(failure), /whl_secret|Basic/);
});

test('a digest is asked for with HEAD, and only a digest counts as one', async () => {
  const digest = `sha256:${'0f'.repeat(32)}`;
  const asked: (string | undefined)[][] = [];
  const server = createServer((request, response) => {
    asked.push([request.method, request.url, String(request.headers.accept).split(',')[0]]);
    if (request.url?.endsWith('/none')) response.statusCode = 404;
    else if (request.url?.endsWith('/mine')) response.statusCode = 403;
    else response.setHeader('docker-content-digest', request.url?.endsWith('/odd') ? 'latest' : digest);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const api = createRegistryApi(`127.0.0.1:${(server.address() as AddressInfo).port}`);
    assert.equal(await api.digest('library/python', '3.12'), digest);
    assert.deepEqual(asked, [
      ['HEAD', '/v2/library/python/manifests/3.12', 'application/vnd.oci.image.index.v1+json'],
    ]);
    assert.equal(await api.digest('a', 'none'), 'missing');
    assert.equal(await api.digest('a', 'mine'), 'denied');
    assert.equal(await api.digest('a', 'odd'), 'denied');
  } finally {
    server.close();
  }
});

test('a registry that keeps silent is left after the time, and at once when it is cancelled', async () => {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const late = await failing(createRegistryApi(host, { timeoutMs: 50 }).digest('a', '1'));
    assert.match(late?.message ?? '', /did not answer in time/);
    const stop = new AbortController();
    const asking = failing(createRegistryApi(host, { signal: stop.signal }).digest('a', '1'));
    stop.abort();
    assert.ok(await asking);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
