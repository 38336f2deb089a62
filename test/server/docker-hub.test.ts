// Which image of Docker Hub is asked for where, and how often. What hostile hosts answer is in test/hostile/hosts.test.ts.
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { after, before, beforeEach, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { createDockerHub } from '../../server/src/adapters/docker-hub.ts';
import { createService } from '../../server/src/service.ts';
import { type Host, startHost } from '../hostile/hostile-host.ts';
import { loadTestShellParser } from './linter.ts';

let host: Host;
let answer: (response: ServerResponse, url: string) => void;
const tags = (...names: string[]) => JSON.stringify({ name: 'x', tags: names });

before(async () => {
  host = await startHost(({ url = '' }, response) => {
    if (url.startsWith('/token')) response.end('{"token":"T","expires_in":300}');
    else answer(response, url);
  });
});
after(() => host.close());
beforeEach(() => {
  answer = (response) => void response.end(tags('1.0', 'latest'));
});

const create = (onFailure?: (reason: string) => void) => {
  const base = `http://${host.host}`;
  return createDockerHub({
    auth: base,
    registry: base,
    patience: 2_500,
    ...(onFailure ? { onFailure } : {}),
  });
};
const asked = () => host.seen.filter(({ url }) => url.startsWith('/v2/')).length;

describe('Docker Hub', () => {
  it('is asked for a token, and with it for the tags', async () => {
    assert.deepEqual(await create()('library/python'), ['1.0', 'latest']);
    assert.deepEqual(host.seen.slice(-2), [
      {
        url: '/token?service=registry.docker.io&scope=repository%3Alibrary%2Fpython%3Apull',
        authorization: undefined,
      },
      { url: '/v2/library/python/tags/list', authorization: 'Bearer T' },
    ]);
  });

  it('is asked once, however many want to know, and is not asked again for a while', async () => {
    const list = create();
    const from = asked();
    const all = await Promise.all([list('a/b'), list('a/b'), list('a/b')]);
    assert.deepEqual(all, Array(3).fill(['1.0', 'latest']));
    assert.deepEqual(await list('a/b'), ['1.0', 'latest']);
    assert.equal(asked() - from, 1);
    await list('a/c');
    assert.equal(asked() - from, 2);
  });

  it('is not asked again at once where it gave nothing, and each reason is told once', async () => {
    const reasons: string[] = [];
    const list = create((reason) => reasons.push(reason));
    const from = asked();
    answer = (response) => void response.writeHead(500).end();
    for (const name of ['a/b', 'a/b', 'a/c']) assert.equal(await list(name), undefined);
    assert.equal(asked() - from, 2);
    assert.deepEqual(reasons, ['Docker Hub gave no tags: it answered with status 500.']);
    // A name that is not finished names no repository.
    for (const status of [401, 403, 404]) {
      answer = (response) => void response.writeHead(status).end();
      assert.equal(await list(`a/x${status}`), undefined);
    }
    assert.equal(reasons.length, 1);
  });

  it('is left when nobody waits any longer, and not as long as one does', async () => {
    const reasons: string[] = [];
    const list = create((reason) => reasons.push(reason));
    const from = asked();
    answer = () => {};
    const [first, second] = [new AbortController(), new AbortController()];
    const both = Promise.all([list('a/b', first.signal), list('a/b', second.signal)]);
    while (asked() === from) await setTimeout(5);
    first.abort();
    await setTimeout(400);
    assert.equal(host.busy(), 1);
    second.abort();
    assert.deepEqual(await both, [undefined, undefined]);
    // It goes on for a moment, for whoever types on.
    const third = list('a/b');
    await setTimeout(400);
    assert.deepEqual([host.busy(), asked() - from], [1, 1]);
    assert.equal(await third, undefined);
    assert.deepEqual(reasons, ['Docker Hub gave no tags: it did not answer in time.']);

    const last = new AbortController();
    const gone = list('a/c', last.signal);
    while (asked() - from === 1) await setTimeout(5);
    last.abort();
    assert.equal(await gone, undefined);
    await setTimeout(600);
    assert.equal(host.busy(), 0);
    assert.equal(await list('a/d', AbortSignal.abort()), undefined);
    assert.equal(asked() - from, 2);
    answer = (response) => void response.end(tags('1'));
    // What was cancelled is no answer that is kept.
    assert.deepEqual(await list('a/c'), ['1']);
  });

  it('is followed to the next pages of the list and to a new place on the same host', async () => {
    answer = (response, url) => {
      const last = Number(new URL(url, 'http://x').searchParams.get('last'));
      if (url.endsWith('/list')) return void response.writeHead(307, { location: `${url}?last=0` }).end();
      if (last < 2) response.setHeader('link', `</v2/a/b/tags/list?last=${last + 1}>; rel="next"`);
      response.end(tags(`t${last}`, 'latest'));
    };
    assert.deepEqual(await create()('a/b'), ['t0', 'latest', 't1', 't2']);
    answer = (response, url) => {
      const last = Number(new URL(url, 'http://x').searchParams.get('last'));
      response.setHeader('link', `</v2/a/b/tags/list?last=${last + 1}>; rel="next"`);
      response.end(tags(`t${last}`, 'latest'));
    };
    assert.deepEqual(await create()('a/b'), ['t0', 'latest', 't1', 't2', 't3', 't4']);
  });
});

describe('a tag behind FROM', async () => {
  const parseShell = await loadTestShellParser();
  const repositories: string[] = [];
  const listTags = async (repository: string) => {
    repositories.push(repository);
    return ['3.12', '3.12-slim', '3.13', 'latest'];
  };
  const ports = { readFile: async () => undefined, log: () => {} };
  const service = createService({ parseShell, ports: { ...ports, listTags } });
  const at = async (marked: string) => {
    repositories.length = 0;
    const found = await service.completeHubTag([marked.replace('|', ''), marked.indexOf('|')]);
    const { start = 0, end = 0 } = found?.typed ?? {};
    const replaced = marked.replace('|', '').slice(start, end);
    return { labels: found?.offers.map(({ label }) => label), replaced, repository: repositories[0] };
  };

  it('is completed with those that begin so, in the place of the whole tag', async () => {
    assert.deepEqual(await at('FROM python:3.12|-alpine@sha256:ab AS build\n'), {
      labels: ['3.12', '3.12-slim'],
      replaced: '3.12-alpine',
      repository: 'library/python',
    });
    assert.deepEqual((await at('FROM python:|')).labels?.length, 4);
    assert.deepEqual((await at('FROM python:x|')).labels, []);
  });

  it('is one of Docker Hub under each of its names', async () => {
    const cases = {
      'FROM a\nFROM --platform=$P owner/bikes:|\n': 'owner/bikes',
      'from docker.io/owner/bikes:|': 'owner/bikes',
      'FROM index.docker.io/python:|': 'library/python',
      'FROM docker.io/library/python:3|': 'library/python',
      'FROM \\\n  python:|': 'library/python',
      'FROM a/b/c:|': 'a/b/c',
    };
    for (const [marked, repository] of Object.entries(cases))
      assert.equal((await at(marked)).repository, repository, marked);
  });

  it('asks nobody about the image of another registry, nor where no tag of a known image is typed', async () => {
    for (const marked of [
      'FROM ghcr.io/owner/secret:|',
      'FROM localhost/secret:|',
      'FROM localhost:5000/secret:|',
      'FROM 10.0.0.1/secret:|',
      'FROM registry:5000/secret:|',
      'FROM docker.io.example.org/secret:|',
      'FROM docker.io:443/secret:|',
      'FROM docker.io@example.org/secret:|',
      'FROM $REGISTRY/secret:|',
      'FROM $' + '{REGISTRY}python:|',
      'FROM python:$' + '{V}|',
      'FROM python:$V|',
      'FROM pyth|on:3',
      'FROM |python:3',
      'FROM python@sha256:|',
      'FROM python:3@sha256:|ab',
      'FROM Python:|',
      'FROM ../../secret:|',
      'FROM a//b:|',
      'FROM a?b:|',
      'FROM a#b:|',
      'FROM a%2fb:|',
      'FROM "python:|"',
      'FROM pyth\\\non:|',
      `FROM ${'a'.repeat(256)}:|`,
      `FROM ${'a'.repeat(64)}:|`,
      'FROM a AS b:|',
      'RUN docker pull python:|',
      'COPY --from=python:| a b',
      '# FROM python:|',
      'FROM scratch|',
    ])
      assert.deepEqual(
        await at(marked),
        {
          labels: undefined,
          replaced: '',
          repository: undefined,
        },
        marked,
      );
  });

  it('is no question where nobody may be asked', async () => {
    const alone = createService({ parseShell, ports });
    assert.equal(await alone.completeHubTag(['FROM python:', 12]), undefined);
  });

  it('of a repository without end is offered in part', async () => {
    const lists = async () => Array.from({ length: 50_000 }, (_, i) => `t${i}`);
    const large = createService({ parseShell, ports: { ...ports, listTags: lists } });
    assert.equal((await large.completeHubTag(['FROM python:', 12]))?.offers.length, 10_000);
    assert.equal((await large.completeHubTag(['FROM python:t4999', 17]))?.offers.length, 11);
  });
});
