// What a list tells of things, for the first rows of a view. The engine is a fake that has more than one can start here.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import './register-vscode.ts';
import type { EngineHttp } from '../../client/src/engine/http.ts';
import { listedContainer } from '../../client/src/runtime/listed-container.ts';

const { readContainers, readImages } = await import('../../client/src/engine/reads.ts');
const { contextFlags, inOrder, stateWords } = await import('../../client/src/containers/model.ts');
const { groupImages } = await import('../../client/src/images/model.ts');

const now = new Date('2026-11-28T12:00:00Z');
const entry = (id: string, State: string, Status: string, more: object = {}) => ({
  Id: id.padEnd(64, '0'),
  Names: ['/other/alias', `/${id}`],
  Image: 'bikes:1',
  ImageID: `sha256:${'1f'.repeat(32)}`,
  Command: 'python train.py',
  Created: now.getTime() / 1000 - 100_000,
  State,
  Status,
  ...more,
});

test('the words of a list are read as those of its rows', () => {
  const words = (state: string, status: string) =>
    stateWords(listedContainer(entry('a', state, status), now.getTime()), now);
  assert.deepEqual(
    [
      words('running', 'Up Less than a second'),
      words('running', 'Up About a minute (healthy)'),
      words('running', 'Up 3 hours (unhealthy)'),
      words('running', 'Up 2 days (health: starting)'),
      words('paused', 'Up 5 minutes (Paused)'),
      words('exited', 'Exited (0) About an hour ago'),
      words('exited', 'Exited (143) 45 seconds ago'),
      words('exited', 'Exited (-1) 3 weeks ago'),
      words('restarting', 'Restarting (1) 10 seconds ago'),
      words('created', 'Created'),
      words('dead', 'Dead'),
      words('exited', 'words of another engine'),
    ],
    [
      'running · under 1 min',
      'running · 1 min',
      'running · 3 h · unhealthy',
      'running · 2 days · health not known yet',
      'paused',
      'exited 0 · 1 h ago',
      'stopped · just now',
      'exited -1 · 21 days ago',
      'restarting · exited 1',
      'never started',
      'dead',
      'exited 0',
    ],
  );
});

test('ports, names, labels and what is mounted are those of the row', () => {
  const Ports = [
    { IP: '::', PrivatePort: 9000, PublicPort: 19000, Type: 'tcp' },
    { PrivatePort: 443, Type: 'tcp' },
    { IP: '127.0.0.1', PrivatePort: 53, PublicPort: 53, Type: 'udp' },
    { IP: '0.0.0.0', PrivatePort: 9000, PublicPort: 19000, Type: 'tcp' },
  ];
  const Mounts = [{ Type: 'volume', Name: 'data', Destination: '/data', RW: false }];
  const Labels = { 'com.docker.compose.project': 'shop' };
  const container = listedContainer(entry('web', 'running', 'Up 1 second', { Ports, Mounts, Labels }));
  assert.equal(container.name, 'web');
  assert.match(stateWords(container), / · 127\.0\.0\.1:53→53\/udp · :19000→9000$/);
  assert.deepEqual(container.mounts, [{ from: 'data', to: '/data', readOnly: true }]);
  assert.equal(contextFlags(container), ';container;running;shell;port;compose;');
});

/** Answers a list, and inspects as far as `inspect` does; notes what was asked. */
function engineWith(list: readonly { readonly Id: string }[], inspect: (id: string) => unknown) {
  const asked: string[] = [];
  const http: Pick<EngineHttp, 'get'> = {
    async get(path) {
      asked.push(path);
      const id = /\/([^/]+)\/json$/.exec(path)?.[1];
      return path.endsWith('s/json') || path.includes('?') ? list : inspect(decodeURIComponent(id ?? ''));
    },
  };
  return { http, asked };
}

const many = (count: number, made: (index: number) => { readonly Id: string }) =>
  Array.from({ length: count }, (_, index) => made(index));
const inspected = (id: string, status: string, finished: string) => ({
  Id: id,
  Name: `/${id.replace(/0+$/, '')}`,
  Created: '2026-11-27T08:13:20.5Z',
  State: { Status: status, ExitCode: 3, FinishedAt: finished },
  Config: { Image: 'bikes:1' },
});

const hoursAgo = (hours: number) => Math.floor(Date.now() / 1000 - hours * 3600);

test('of many containers those are asked for before the first rows that stand first in a view, and nobody twice', async () => {
  const list = [
    ...many(300, (index) => entry(`c${index}x`, 'created', 'Created')),
    ...many(150, (index) => entry(`e${index}x`, 'exited', `Exited (3) ${index + 2} hours ago`)),
    entry('moved', 'created', 'Created', { Image: `sha256:${'2e'.repeat(32)}`, Created: hoursAgo(5.5) }),
    entry('up', 'running', 'Up 2 years'),
    entry('gone', 'exited', 'Exited (0) 1 second ago'),
  ];
  const { http, asked } = engineWith(list, (id) => {
    if (id.startsWith('gone')) return undefined;
    return inspected(id, id.startsWith('e') ? 'exited' : 'created', '2026-11-28T09:59:59Z');
  });
  let first: readonly string[] = [];
  let rows: Awaited<ReturnType<typeof readContainers>> = [];
  const all = await readContainers(http, undefined, (listed) => {
    first = [...asked];
    rows = listed;
  });
  assert.equal(first.length, 101, 'the list, and a hundred of them');
  const wasAsked = (id: string) => first.includes(`/containers/${id.padEnd(64, '0')}/json`);
  assert.deepEqual(['up', 'gone', 'moved', 'e0x', 'e90x', 'e149x', 'c0x'].map(wasAsked), [
    true,
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
  assert.equal(rows.length, 452, 'one that went meanwhile has a row');
  assert.equal(rows.filter(({ isListed }) => isListed).length, 452 - 99);
  assert.equal(all.length, 452);
  assert.ok(all.every(({ isListed }) => !isListed));
  assert.equal(new Set(asked).size, asked.length);
});

test('few are asked for at once, without first rows', async () => {
  const list = many(100, (index) => entry(`c${index}x`, 'created', 'Created'));
  const { http } = engineWith(list, (id) => inspected(id, 'created', ''));
  const told = () => assert.fail('rows that say less were drawn');
  assert.equal((await readContainers(http, undefined, told)).length, 100);
  assert.equal((await readImages(http, undefined, told)).length, 100);
});

test('containers and images of one second stand alike before and after they were asked for', async () => {
  const list = many(300, (index) => entry(`c${(index * 7) % 300}x`, 'created', 'Created'));
  const { http } = engineWith(list, (id) => ({
    ...inspected(id, 'created', ''),
    // Another fraction of the same second.
    Created: `2026-11-27T08:13:20.${Number.parseInt(id.slice(1), 10)}Z`,
  }));
  let first: readonly string[] = [];
  const all = await readContainers(http, undefined, (listed) => {
    first = inOrder(listed).map(({ id }) => id);
  });
  assert.deepEqual(
    inOrder(all).map(({ id }) => id),
    first,
  );

  const images = many(300, (index) => ({
    Id: `sha256:${index}`,
    RepoTags: [`bikes:${(index * 7) % 300}`],
    Created: 1_795_766_000,
    Size: 5,
  }));
  const inspectImage = (id: string) => {
    const { RepoTags } = images.find(({ Id }) => Id === id) as unknown as { RepoTags: string[] };
    return { Id: id, RepoTags, Created: new Date(1_795_766_000_999 - Number(id.slice(7))).toISOString() };
  };
  const tagsOf = (all: Awaited<ReturnType<typeof readImages>>) =>
    groupImages(all).repositories.flatMap(({ tags }) => tags.map(({ ref }) => ref));
  let firstTags: readonly string[] = [];
  const whole = await readImages(engineWith(images, inspectImage).http, undefined, (listed) => {
    firstTags = tagsOf(listed);
  });
  assert.equal(firstTags.length, 300);
  assert.deepEqual(tagsOf(whole), firstTags);
});
