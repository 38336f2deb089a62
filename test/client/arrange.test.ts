// How rows stand in a view, without a window.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { containerFacets } from '../../client/src/containers/arrange.ts';
import { composeProject } from '../../client/src/containers/model.ts';
import { imageFacets, type NamedImage } from '../../client/src/images/arrange.ts';
import { containerDetails } from '../../client/src/runtime/container-details.ts';
import { arrange, arrangementOf, type Facets, matches } from '../../client/src/ui/arrange.ts';
import { shortened } from '../../client/src/ui/short.ts';
import type { Node } from '../../client/src/ui/tree.ts';

const made = (name: string, project?: string, state: Record<string, unknown> = {}) =>
  containerDetails({
    Id: `id-${name}`,
    Name: `/${name}`,
    Created: '2026-11-01T00:00:00Z',
    State: { Status: 'running', Running: true, StartedAt: '2026-11-01T00:00:00Z', ...state },
    Config: {
      Image: `${name.split('-')[0]}:1`,
      Labels: project === undefined ? {} : { 'com.docker.compose.project': project },
    },
  });
const failed = { Status: 'exited', Running: false, ExitCode: 3, FinishedAt: '2026-11-02T00:00:00Z' };
const all = [
  made('web-10', 'shop'),
  made('web-2', 'shop', failed),
  made('alone'),
  made('db', 'app'),
  made('old', undefined, { ...failed, ExitCode: 0 }),
];
const facets = containerFacets();
const node = ({ id, name }: { id: string; name: string }): Node => ({
  id,
  label: name,
  description: 'CPU 99%',
  icon: 'x',
  context: ';x;',
});
const drawn = (changes: object, things = all) => {
  const { nodes } = arrange(things, node, facets, arrangementOf(facets, changes));
  return nodes.map(({ label, children }) =>
    Array.isArray(children) ? [label, ...children.map((child: Node) => child.label)] : label,
  );
};

test('containers stand by Compose project where there is one, and one is in words what is in it', async () => {
  assert.deepEqual(drawn({}), [['app', 'db'], ['shop', 'web-10', 'web-2'], 'alone', 'old']);
  const { nodes } = arrange(all, node, facets, arrangementOf(facets, {}));
  const shop = nodes.find(({ label }) => label === 'shop');
  assert.equal(shop?.description, '2 containers, 1 running, 1 failed');
  assert.equal(await shop?.details?.(), '` shop `\n\n- Containers: 2, 1 running, 1 failed\n- Images: 1');
  assert.equal(shop?.context, ';group;composeproject;somerunning;somestopped;');
  assert.deepEqual(shop?.value, { composeProject: 'shop', files: undefined, folder: undefined });
  assert.deepEqual(drawn({}, [made('b'), made('a')]), ['a', 'b']);
});

test('each group and order does what it says, with numbers as people count', () => {
  assert.deepEqual(drawn({ group: 'none', sort: 'name' }), ['alone', 'db', 'old', 'web-2', 'web-10']);
  assert.deepEqual(drawn({ group: 'image', sort: 'name' }), [
    ['alone:1', 'alone'],
    ['db:1', 'db'],
    ['old:1', 'old'],
    ['web:1', 'web-2', 'web-10'],
  ]);
  assert.deepEqual(drawn({ group: 'state', sort: 'name' }), [
    ['Failed', 'web-2'],
    ['Running', 'alone', 'db', 'web-10'],
    ['Ended', 'old'],
  ]);
});

test('those that take most stand above, and those without figures stay in their order', async () => {
  const figures = new Map([
    ['db', { at: 0, memory: 5, cpu: 0 }],
    ['web-10', { at: 0, memory: 7, cpu: 1 }],
    ['alone', { at: 0, memory: 6 }],
  ]);
  const by = (sort: string) => {
    const latest = (id: string) => figures.get(all.find((one) => one.id === id)?.name ?? '');
    const measured = containerFacets(latest);
    const { nodes } = arrange(all, node, measured, arrangementOf(measured, { group: 'none', sort }));
    return nodes.map(({ label }) => label);
  };
  assert.deepEqual(by('memory'), ['web-10', 'alone', 'db', 'web-2', 'old']);
  assert.deepEqual(by('cpu'), ['web-10', 'db', 'web-2', 'alone', 'old']);
  const measured = containerFacets((id) =>
    id === all[3]?.id ? { at: 0, memory: 5 * 1024 * 1024 } : undefined,
  );
  const { nodes } = arrange(all, node, measured, arrangementOf(measured, {}));
  assert.match(
    (await nodes.find(({ label }) => label === 'app')?.details?.()) ?? '',
    /\n- Memory: 5\\\.0 MiB together$/,
  );
});

test('the head of a repository counts an image of two names once, and says what its size means', () => {
  const row = (id: string, tag: string, layers: readonly string[] = [id], bytes = 300_000_000) =>
    ({ image: { id, bytes, layers }, tagged: { tag }, repository: 'bikes' }) as unknown as NamedImage;
  const group = { id: 'repository:bikes', label: 'bikes', icon: 'repo' };
  const facets = imageFacets();
  const sum = (rows: readonly NamedImage[], of: typeof group, others: readonly NamedImage[] = []) =>
    facets.sum(rows, of, [...rows, ...others]);
  const one = sum([row('a', '1'), row('a', 'latest')], group);
  assert.equal(one.description, '1 image · 300 MB');
  assert.equal(one.tooltip, '` bikes `\n\n- Images: 1\n- Names: 2\n- Size: 300 MB');
  assert.equal(
    sum([row('a', '1'), row('a', 'latest'), row('b', '2')], group).tooltip,
    '` bikes `\n\n- Images: 2\n- Names: 3\n- Size: 600 MB together',
  );
  // Two on one base: what that takes is known where it is an image itself.
  const two = [row('a', '1', ['base', 'x', 'a']), row('b', '2', ['base', 'x', 'b'])];
  const onBase = (...others: NamedImage[]) => {
    const { description, tooltip } = sum(two, group, others);
    return [description, /Size: (.*)$/.exec(tooltip ?? '')?.[1]];
  };
  assert.deepEqual(onBase(row('base', '3', ['base', 'x'], 250_000_000)), [
    '2 images · 350 MB',
    '350 MB together, with the layers that they share once',
  ]);
  assert.deepEqual(onBase(row('base', '3', ['base'], 250_000_000)), [
    '2 images · up to 350 MB',
    'up to 350 MB together; how large the layers are that they share is not known',
  ]);
  assert.equal(onBase()[0], '2 images · up to 600 MB');
  // One made on the other, and one whose layers nobody tells.
  assert.equal(
    sum([two[0] as NamedImage, row('c', '3', ['base', 'x', 'a', 'c'], 310_000_000)], group).description,
    '2 images · 310 MB',
  );
  assert.equal(sum([row('a', '1', []), row('b', '1')], group).description, '2 images · up to 600 MB');
});

test('a filter looks for each word in name, state and group, and never at figures that come and go', () => {
  assert.deepEqual(drawn({ filter: ' SHOP  running ' }), [['shop', 'web-10']]);
  assert.deepEqual(drawn({ filter: 'exited', group: 'none', sort: 'name' }), ['old', 'web-2']);
  assert.deepEqual(drawn({ filter: 'cpu' }), []);
  assert.ok(matches('', 'x') && matches('a.*', 'a.*') && !matches('a.*', 'abc'));
});

test('what was remembered and is no arrangement any more is the usual one', () => {
  const usual = { sort: 'state', group: 'compose', filter: '' };
  for (const kept of [undefined, null, 7, 'x', {}, { sort: 'toString', group: 1, filter: {} }])
    assert.deepEqual(arrangementOf(facets, kept), usual);
});

test('groups keep their ids whatever is in them, and no two rows have the same', () => {
  const ids = (containers: typeof all, group: string) =>
    arrange(containers, node, facets as Facets<(typeof all)[0]>, arrangementOf(facets, { group })).nodes.map(
      ({ id }) => id,
    );
  const once = ids([made('x-1', 'p'), made('y', 'image:x')], 'compose');
  assert.deepEqual(once, ids([made('x-1', 'p', failed), made('x-2', 'p'), made('y', 'image:x')], 'compose'));
  assert.equal(new Set([...once, ...ids(all, 'image'), ...ids(all, 'state')]).size, 2 + 4 + 3);
});

test('labels of Compose are read as they are, and labels that are no text are none', () => {
  const labels = {
    'com.docker.compose.project': 'a_b',
    'com.docker.compose.project.config_files': '/srv/compose.yaml,/srv/b.yaml',
    'com.docker.compose.project.working_dir': '/srv',
  };
  const of = (Labels: unknown) =>
    composeProject(
      containerDetails({ Id: 'i', Name: 'n', State: { Status: 'created' }, Config: { Labels } }),
    );
  assert.deepEqual(of(labels), { name: 'a_b', files: '/srv/compose.yaml,/srv/b.yaml', folder: '/srv' });
  for (const odd of [undefined, null, {}, { 'com.docker.compose.project': '' }, { a: 1 }, 'x'])
    assert.equal(of(odd), undefined);
});

test('a long name loses its middle, never half a letter', () => {
  assert.equal(shortened('bikes', 5), 'bikes');
  assert.equal(shortened('20231101-cuda12.1-runtime', 12), '202311…ntime');
  assert.equal([...shortened('👩‍👩‍👧'.repeat(9), 4).split('👩‍👩‍👧')].join(''), '…');
});
