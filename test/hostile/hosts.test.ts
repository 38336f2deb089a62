// Docker Hub behind completion, and registries in the client, where something else answers in their place.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { CompletionItem } from 'vscode-languageserver/node';
import { failureOf } from '../../client/src/runtime/failures.ts';
import { createRegistryApi } from '../../client/src/runtime/registry-api.ts';
import { createDockerHub } from '../../server/src/adapters/docker-hub.ts';
import { startServer, type TestServer } from '../server/client.ts';
import { hostileAnswers } from './hostile-answers.ts';
import { type Host, startHost } from './hostile-host.ts';
import { harmlessDockerfile, harmlessFindings } from './input.ts';

const patience = 500;
/** So much may leave a host in all: an answer, its pages, and what lies in the buffers of the system. */
const mostBytes = 64_000_000;
const tagName = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

let stranger: Host;
let host: Host;

before(async () => {
  stranger = await startHost(
    (_, response) => void response.end('{"tags":["evil"],"token":"evil"}'),
    '127.0.0.2',
  );
  host = await startHost((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    // The number of the case stands in the name of the repository; `t` wants it for the token.
    const [, kind, number] = /\b([at])\/case(\d+)\b/.exec(`${pathname} ${searchParams.get('scope')}`) ?? [];
    const isToken = pathname.endsWith('/token');
    const isHostile = number !== undefined && (kind === 't') === isToken;
    if (isHostile)
      hostileAnswers[Number(number)]?.answer(response, {
        path: request.url ?? '',
        stranger: `http://${stranger.host}`,
      });
    else response.setHeader('content-type', 'application/json').end('{"token":"T","tags":["good"]}');
  });
});
after(async () => {
  await Promise.all([host.close(), stranger.close()]);
});

/** Runs a question, and says what it cost the host. */
async function measure<T>(work: () => Promise<T>, most = mostBytes) {
  const { seen } = host;
  const [begun, bytes, asked, strange] = [performance.now(), host.bytes(), seen.length, stranger.seen.length];
  const result = await work();
  // An answer that is not wanted any longer is left, not read on.
  for (let wait = 0; host.busy() > 0 && wait < 100; wait++) await setTimeout(20);
  assert.equal(host.busy(), 0, 'an answer is still being read');
  assert.ok(host.bytes() - bytes < most, `${host.bytes() - bytes} bytes`);
  assert.ok(performance.now() - begun < 20_000, 'in time');
  assert.ok(seen.length - asked <= 30, `${seen.length - asked} requests`);
  assert.equal(stranger.seen.length, strange, 'a stranger was asked');
  return result;
}

function checkTags(tags: readonly string[], most: number): void {
  assert.ok(tags.length <= most);
  for (const tag of tags) assert.match(tag, tagName);
  assert.ok(!tags.includes('evil'));
}

describe('the client asks a registry that answers', () => {
  const credentials = { username: 'owner', secret: 'whl_secret' };

  for (const [i, { name }] of hostileAnswers.entries()) {
    it(name, async () => {
      const api = createRegistryApi(host.host, { credentials, timeoutMs: patience });
      const from = host.seen.length;
      // fetch tells of no bytes here, and keeps none; only the time ends it.
      const most = name === 'a chunk extension without end' ? Number.POSITIVE_INFINITY : mostBytes;
      const tags = await measure(() => api.tags(`a/case${i}`).catch(failureOf), most);
      if (Array.isArray(tags)) checkTags(tags, 10_000);
      else if (typeof tags !== 'string') assert.equal((tags as { id?: string })?.id, 'registry-down');
      assert.ok(!JSON.stringify(tags).includes('whl_secret'));
      // Nobody asked for a password.
      assert.ok(host.seen.slice(from).every(({ authorization }) => authorization === undefined));
    });
  }

  it('any of these in the place of a token', async () => {
    const gate = await startHost(({ url, headers }, response) => {
      if (headers.authorization?.startsWith('Bearer')) return void response.end('{"tags":["good"]}');
      const scope = /a\/(case\d+)/.exec(url ?? '')?.[1];
      const realm = `Bearer realm="http://${host.host}/token",scope="repository:t/${scope}:pull"`;
      response.writeHead(401, { 'www-authenticate': realm }).end();
    });
    try {
      for (const i of hostileAnswers.keys()) {
        const api = createRegistryApi(gate.host, { credentials, timeoutMs: patience / 2 });
        const tags = await measure(() => api.tags(`a/case${i}`).catch(failureOf), Number.POSITIVE_INFINITY);
        if (typeof tags !== 'string') assert.equal((tags as { id?: string })?.id, 'registry-down');
      }
      const given = gate.seen.filter(({ authorization }) => authorization !== undefined);
      assert.deepEqual(given, [], 'no token was given');
    } finally {
      await gate.close();
    }
  });

  it('for what it lists, and for a digest, too', async () => {
    for (const [i, { name, answer }] of hostileAnswers.entries()) {
      const one = await startHost(({ url }, response) =>
        answer(response, { path: url ?? '', stranger: `http://${stranger.host}` }),
      );
      const api = createRegistryApi(one.host, { timeoutMs: patience / 4 });
      try {
        const listed = await api.repositories().catch(failureOf);
        assert.ok(!listed || Array.isArray(listed) || 'id' in listed, `${i} ${name}`);
        const digest = await api.digest('a', 'b').catch(failureOf);
        assert.ok(typeof digest === 'string' ? /^(?:missing|denied)$/.test(digest) : digest, name);
        await api.ping().catch(failureOf);
      } finally {
        await one.close();
      }
    }
    assert.deepEqual(stranger.seen, []);
  });
});

describe('completion asks Docker Hub, and there answers', () => {
  for (const [i, { name }] of hostileAnswers.entries()) {
    it(name, async () => {
      const failures: string[] = [];
      const base = `http://${host.host}`;
      const onFailure = (reason: string) => failures.push(reason);
      const list = createDockerHub({ auth: base, registry: base, patience, onFailure });
      for (const kind of ['a', 't']) {
        const tags = await measure(() => list(`${kind}/case${i}`));
        if (tags) checkTags(tags, 50_000);
      }
      assert.ok(failures.length <= 2);
      for (const reason of failures) assert.match(reason, /^Docker Hub gave no tags: [^\n]{5,80}\.$/);
    });
  }
});

describe('the server itself', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-hosts-'));
  let server: TestServer;

  before(async () => {
    const preload = path.join(folder, 'docker-hub.cjs');
    const [hostname, port] = host.host.split(':');
    // Docker Hub is the hostile host, whatever is asked for by TLS.
    writeFileSync(
      preload,
      `const https = require('node:https'), http = require('node:http');
const here = { protocol: 'http:', hostname: '${hostname}', port: ${port}, agent: undefined };
https.get = https.request = (options, then) => http.get({ ...options, ...here }, then);`,
    );
    server = await startServer({ execArgv: ['--require', preload] });
  });
  after(async () => {
    assert.equal(await server.stop(), 0);
    rmSync(folder, { recursive: true });
  });

  const complete = async (image: string) => {
    const uri = `untitled:${image}`;
    await server.open(uri, `FROM ${image}:`);
    const position = { line: 0, character: `FROM ${image}:`.length };
    const params = { textDocument: { uri }, position };
    const items = await server.connection.sendRequest<CompletionItem[] | null>(
      'textDocument/completion',
      params,
    );
    await server.close(uri);
    return (items ?? []).map(({ label }) => label);
  };

  it('offers what Docker Hub has', async () => {
    assert.deepEqual(await complete('owner/bikes'), ['good']);
    const { authorization, url } = host.seen.at(-1) ?? {};
    assert.deepEqual([authorization, url], ['Bearer T', '/v2/owner/bikes/tags/list']);
  });

  it('outlives every answer, goes on with its work, and says each reason once', async () => {
    for (const [i, { name }] of hostileAnswers.entries()) {
      const begun = performance.now();
      checkTags(await complete(`a/case${i}`), 10_000);
      assert.ok(performance.now() - begun < 10_000, name);
    }
    await server.open('untitled:after', harmlessDockerfile);
    const report = await server.pull('untitled:after');
    assert.ok(report.kind === 'full');
    const codes = report.items.map(({ code }) => String(code));
    assert.deepEqual(
      harmlessFindings.filter((code) => !codes.includes(code)),
      [],
    );
    assert.deepEqual(await complete('owner/boats'), ['good']);
    const said = server.log.filter((line) => line.includes('Docker Hub'));
    assert.ok(said.length > 3);
    assert.equal(new Set(said).size, said.length);
  });
});
