import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notDeleted } from '../../client/src/registries/failures.ts';
import { createRegistryApi, type Deletion } from '../../client/src/runtime/registry-api.ts';
import { basic, credentials, failing } from './registry-worlds.ts';
import './register-vscode.ts';

const { deleteTag, fateOf, fateWords } = await import('../../client/src/registries/delete-tag.ts');

const digestOf = (of: string) => `sha256:${of.repeat(64)}`;
const one = digestOf('1');

type Made = { digest: string; content: object };
const image = (of: string): Made => ({ digest: digestOf(of), content: { layers: [] } });
const list = (of: string, ...parts: string[]): Made => ({
  digest: digestOf(of),
  content: { manifests: parts.map((part) => ({ digest: digestOf(part) })) },
});

/** A registry with one repository; `answer` is what it says to a deletion, where it does not do it. */
function registry(tags: Record<string, Made | number>, answer?: () => Response) {
  const deleted: { url: string; authorization: string | null }[] = [];
  const fake: typeof fetch = async (input, init) => {
    const url = new URL(String(input));
    const authorization = new Headers(init?.headers).get('authorization');
    const name = url.pathname.split('/').at(-1) ?? '';
    if (url.pathname.endsWith('/tags/list')) return Response.json({ tags: Object.keys(tags) });
    if (init?.method === 'DELETE') {
      deleted.push({ url: url.href, authorization });
      if (answer) return answer();
      if (!authorization)
        return new Response(null, { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } });
      for (const [tag, made] of Object.entries(tags))
        if (typeof made === 'object' && made.digest === name) delete tags[tag];
      return new Response(null, { status: 202 });
    }
    const made = tags[name];
    if (typeof made !== 'object') return new Response(null, { status: made ?? 404 });
    return Response.json(made.content, { headers: { 'docker-content-digest': made.digest } });
  };
  return { api: createRegistryApi('r.example', { fetch: fake, credentials }), deleted, tags };
}

const tag = { registry: 'r.example', repository: 'owner/bikes', tag: '1.0' };

test('what goes with a tag is known before: tags of the same image, lists that it is a part of', async () => {
  const { api } = registry({
    '1.0': image('1'),
    latest: image('1'),
    '1': image('1'),
    all: list('2', '3', '1'),
    arm: list('4', '3'),
    other: image('5'),
    locked: 403,
    gone: 404,
  });
  assert.deepEqual(await fateOf(api, tag), {
    digest: one,
    same: ['1', 'latest'],
    lists: ['all'],
    unknown: 1,
  });
  assert.equal(await fateOf(api, { ...tag, tag: 'none' }), 'missing');
  assert.equal(await fateOf(api, { ...tag, tag: 'locked' }), 'denied');
});

test('of many tags so many are not looked at, which is said', async () => {
  const many = Object.fromEntries(Array.from({ length: 510 }, (_, at) => [`t${at}`, image('5')]));
  const fate = await fateOf(registry({ '1.0': image('1'), ...many }).api, tag);
  assert.deepEqual(fate, { digest: one, same: [], lists: [], unknown: 10 });
});

test('of a list without end it is said that not all tags are known', async () => {
  const answers: typeof fetch = async (input, init) => {
    const url = new URL(String(input));
    if (init?.method === 'HEAD' || url.pathname.includes('/manifests/'))
      return Response.json({}, { headers: { 'docker-content-digest': one } });
    const last = Number(url.searchParams.get('last') ?? 0);
    const link = `<${url.pathname}?last=${last + 1}>; rel="next"`;
    return Response.json({ tags: [`t${last}`] }, { headers: { link } });
  };
  const fate = await fateOf(createRegistryApi('r.example', { fetch: answers }), tag);
  assert.ok(typeof fate === 'object');
  assert.deepEqual([fate.same.length, fate.unknown], [5, undefined]);
  const foreign = createRegistryApi('r.example', {
    fetch: async (input, init) =>
      String(input).endsWith('/tags/list')
        ? Response.json({ tags: [] }, { headers: { link: '<https://other.example/>; rel="next"' } })
        : answers(input, init),
  });
  assert.deepEqual(await fateOf(foreign, tag), { digest: one, same: [], lists: [], unknown: undefined });
  const denied = createRegistryApi('r.example', {
    fetch: async (input, init) =>
      String(input).endsWith('/tags/list') ? new Response(null, { status: 403 }) : answers(input, init),
  });
  assert.deepEqual(await fateOf(denied, tag), { digest: one, same: [], lists: [], unknown: undefined });
});

test('the question names what goes, their number, and the first ones of many', () => {
  const nothing = { digest: one, same: [], lists: [], unknown: 0 };
  assert.equal(fateWords(nothing), 'It cannot be brought back. Images of this machine stay.');
  assert.match(fateWords({ ...nothing, same: ['latest'] }), /^Another tag .* goes with it: latest\n/);
  const same = Array.from({ length: 40 }, (_, at) => `t${at}`);
  assert.match(
    fateWords({ ...nothing, same }),
    /^40 other tags are of the same image and go with it: t0, t1, .* and \d+ more\n/,
  );
  assert.match(fateWords({ ...nothing, lists: ['all', 'b'] }), /lose that: all, b\n/);
  assert.match(fateWords({ ...nothing, unknown: 10 }), /not looked at: 10\. Those of the same image go/);
  assert.match(
    fateWords({ ...nothing, unknown: undefined }),
    /Not all tags .* are known\. Others of the same image go/,
  );
});

test('a tag is deleted by its digest, with the login of other questions', async () => {
  const { api, deleted, tags } = registry({ '1.0': image('1'), latest: image('1'), other: image('5') });
  await deleteTag(api, tag, { digest: one, same: ['latest'], lists: [], unknown: 0 });
  const url = `https://r.example/v2/owner/bikes/manifests/${one}`;
  assert.deepEqual(deleted, [
    { url, authorization: null },
    { url, authorization: basic },
  ]);
  assert.deepEqual(Object.keys(tags), ['other']);
});

const refusals: [string, () => Response, string, RegExp][] = [
  [
    'deletion switched off',
    () => Response.json({ errors: [{ code: 'UNSUPPORTED', message: 'whl_secret' }] }, { status: 405 }),
    'deletion-unsupported',
    /does not delete images for other programs\. .*settings\.$/,
  ],
  [
    'the same as 404',
    () => Response.json({ errors: [{ code: 'UNSUPPORTED' }] }, { status: 404 }),
    'deletion-unsupported',
    /other programs/,
  ],
  ['no right to it', () => new Response('denied', { status: 403 }), 'tag-not-deleted', /not let you delete/],
  [
    'a tag that is kept',
    () =>
      Response.json(
        { errors: [{ code: 'PRECONDITION', message: 'immutable whl_secret' }, {}] },
        { status: 412 },
      ),
    'tag-not-deleted',
    /r\.example did not delete r\.example\/owner\/bikes:1\.0: HTTP 412 PRECONDITION\./,
  ],
  [
    'odd words',
    () => Response.json({ errors: [{ code: 'whl_secret' }] }, { status: 500 }),
    'tag-not-deleted',
    /: HTTP 500\./,
  ],
  [
    'done, and not done',
    () => new Response(null, { status: 202 }),
    'tag-not-deleted',
    /reported that it deleted/,
  ],
];

for (const [what, answer, id, words] of refusals)
  test(`a tag that a registry does not delete: ${what}`, async () => {
    const { api, tags } = registry({ '1.0': image('1') }, answer);
    const fate = { digest: one, same: [], lists: [], unknown: 0 };
    const failure = await failing(deleteTag(api, tag, fate));
    assert.equal(failure?.id, id);
    assert.match(`${failure?.message} ${failure?.remedy}`, words);
    assert.doesNotMatch(JSON.stringify(failure), /whl_secret/);
    assert.ok(tags['1.0']);
  });

test('a deletion is led to no other host', async () => {
  const away = () => new Response(null, { status: 307, headers: { location: 'https://other.example/x' } });
  const { api, deleted } = registry({ '1.0': image('1') }, away);
  const failure = await failing(api.remove(tag.repository, one));
  assert.equal(failure?.id, 'registry-down');
  assert.equal(deleted.length, 1);
  assert.ok(await failing(api.remove('../x', one)));
  assert.ok(await failing(api.remove(tag.repository, 'latest')));
  assert.equal(deleted.length, 1);
});

test('each of the large registries has its own way', () => {
  const answer: Deletion = { status: 405, code: 'UNSUPPORTED' };
  for (const [host, way] of [
    ['docker.io', /hub\.docker\.com/],
    ['ghcr.io', /github\.com/],
    ['1234.dkr.ecr.eu-west-1.amazonaws.com', /aws ecr batch-delete-image/],
    ['r.example', /its own tool/],
    ['dkr.ecr.x.amazonaws.com.example', /its own tool/],
  ] as const)
    assert.match(notDeleted('x', host, answer).remedy, way);
});
