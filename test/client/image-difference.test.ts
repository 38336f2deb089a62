// Two made images beside each other: what is told of their files and packages, and of CUDA that is there twice.
import '../client/register-vscode.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inPortions, type Made, tar } from './made-tar.ts';

const { readArchive } = await import('../../client/src/images/layers/archive.ts');
const { differenceOf } = await import('../../client/src/images/layers/difference.ts');
const { differencePage, differenceSummary } = await import(
  '../../client/src/images/layers/difference-page.ts'
);
const { reportOf } = await import('../../client/src/images/layers/report.ts');
const { pageOf } = await import('../../client/src/images/layers/page.ts');

const image = async (...layers: (readonly Made[])[]) =>
  readArchive(
    inPortions(
      tar(...layers.map((entries, at) => ({ name: `${at}/layer.tar`, content: tar(...entries) })), {
        name: 'manifest.json',
        content: JSON.stringify([{ Config: 'c', Layers: layers.map((_, at) => `${at}/layer.tar`) }]),
      }),
      60_000,
    ),
  );
const file = (name: string, content: string): Made => ({ name, content });
const site = 'venv/lib/python3.13/site-packages';
const record = (name: string, ...paths: string[]): Made => ({
  name: `${site}/${name}.dist-info/RECORD`,
  content: paths.map((path) => `${path},,\n`).join(''),
});

test('files are told apart by their content, and counted', async () => {
  const before = await image(
    [file('same', 'a'), file('content', 'abc'), file('size', 'x'), file('gone/a', '12'), file('gone/b', '3')],
    [
      { name: 'link', type: '2', target: 'same' },
      file('turned', 'file'),
      { name: 'hard', type: '1', target: 'same' },
    ],
  );
  const after = await image([
    file('same', 'a'),
    file('content', 'abd'),
    file('size', 'xyz'),
    { name: 'link', type: '2', target: 'size' },
    { name: 'hard', type: '1', target: 'same' },
    file('turned/into', 'folder'),
    file('<b>new', '1234'),
  ]);
  const difference = await differenceOf({ ref: 'a:1', archived: before }, { ref: 'a:2', archived: after });
  assert.deepEqual(
    Object.fromEntries(
      difference.files.map(({ path, how, before, after }) => [path, `${how} ${before} ${after}`]),
    ),
    {
      content: 'changed 3 3',
      size: 'changed 1 3',
      'gone/a': 'removed 2 0',
      'gone/b': 'removed 1 0',
      link: 'changed 0 0',
      turned: 'removed 4 0',
      'turned/into': 'added 0 6',
      '<b>new': 'added 0 4',
    },
  );
  assert.deepEqual(difference.sums, {
    added: { files: 2, before: 0, after: 10 },
    removed: { files: 3, before: 7, after: 0 },
    changed: { files: 3, before: 4, after: 6 },
  });
  assert.deepEqual([difference.before, difference.after], [12, 17]);
  assert.equal(
    differenceSummary(difference),
    'a:2 is +5 B against a:1. Files: 2 added, 3 removed, 3 changed. Python packages that differ: 0.',
  );
  const { body, commands } = differencePage(difference, [`sha256:${'1'.repeat(64)}`, '2'.repeat(64)]);
  const [, link = '', id, argument = ''] =
    /<th scope="row"[^>]*>(<a href="command:([\w.]+)\?([^"]+)">\/&#60;b&#62;new<\/a>)<\/th>/.exec(body) ?? [];
  assert.deepEqual(commands, [id], link);
  assert.deepEqual(JSON.parse(decodeURIComponent(argument)), [
    {
      before: { place: { container: `image:${'1'.repeat(64)}`, path: '/<b>new' }, name: 'a:1' },
      after: { place: { container: `image:${'2'.repeat(64)}`, path: '/<b>new' }, name: 'a:2' },
    },
  ]);
  assert.ok(body.indexOf('Files: 2 added') < body.indexOf('<table>'), 'the total stands first');
  for (const [head] of body.matchAll(/<thead>.*?<\/thead>/g)) assert.match(head, /<th scope="col"/);
  const same = await differenceOf({ ref: 'a:1', archived: before }, { ref: 'b:1', archived: before });
  assert.equal(differenceSummary(same), 'a:1 and b:1 have the same files.');
});

test('an image that grew while its files got fewer says both, and where the rest is', async () => {
  const before = await image([file('model', 'm'.repeat(3_000)), file('app', 'a')]);
  const after = await image(
    [file('model', 'm'.repeat(3_000)), file('app', 'a')],
    [file('.wh.model', '')],
    [file('b', 'b'.repeat(400))],
  );
  const difference = await differenceOf({ ref: 'a:1', archived: before }, { ref: 'a:2', archived: after });
  assert.deepEqual(
    [difference.layers, { before: difference.before, after: difference.after }],
    [
      { before: 3_001, after: 3_401 },
      { before: 3_001, after: 401 },
    ],
  );
  assert.match(
    differenceSummary(difference),
    /^a:2 is \+400 B against a:1, and the files that a container sees −2\.6 kB\. Later layers of a:2 delete or replace 3\.0 kB of it\./,
  );
  const rows = [...differencePage(difference, ['1', '2']).body.matchAll(/<tr>(.*?)<\/tr>/g)].map(
    ([, row = '']) => row.replace(/<[^>]+>/g, '|').replace(/\|+/g, '|'),
  );
  assert.ok(rows.includes('|all files|3.0 kB|401 B|−2.6 kB|'), rows.join('\n'));
  assert.ok(rows.includes('|deleted or replaced by later layers|0 B|3.0 kB|+3.0 kB|'), rows.join('\n'));
  assert.ok(rows.includes('|the image|3.0 kB|3.4 kB|+400 B|'), rows.join('\n'));
  // The other way round it is the first one that carries it.
  const back = await differenceOf({ ref: 'a:2', archived: after }, { ref: 'a:1', archived: before });
  assert.match(
    differenceSummary(back),
    /^a:1 is −400 B against a:2, and the files that a container sees \+2\.6 kB\. Later layers of a:2 delete/,
  );
  // The same files, in more bytes.
  const twice = await image([file('app', 'b')], [file('app', 'a')]);
  const once = await image([file('app', 'a')]);
  const same = await differenceOf({ ref: 'a:1', archived: once }, { ref: 'a:2', archived: twice });
  assert.equal(
    differenceSummary(same),
    'a:1 and a:2 have the same files. a:2 is +1 B against a:1, and the files that a container sees 0 B. Later layers of a:2 delete or replace 1 B of it.',
  );
});

test('what containers are started with is compared, without a value of a variable', async () => {
  const archived = await image([file('app', 'a')]);
  const raw = (config: object, more: object = {}) => ({
    Os: 'linux',
    Architecture: 'amd64',
    Config: config,
    ...more,
  });
  const { settings, ...difference } = await differenceOf(
    {
      ref: 'a:1',
      archived,
      raw: raw({
        User: '',
        Env: ['PATH=/bin', 'LR=0.1', 'OLD=x'],
        Cmd: ['python', 'train.py'],
        Entrypoint: null,
        ExposedPorts: { '80/tcp': {} },
        Labels: { same: '1', version: '1' },
        WorkingDir: '/app',
      }),
    },
    {
      ref: 'a:2',
      archived,
      raw: raw(
        {
          User: 'app',
          Env: ['LR=0.2', 'PATH=/bin', '<b>='],
          Cmd: ['python', 'train.py', '--token=hf_abcdefghijklmnop'],
          Entrypoint: [],
          ExposedPorts: { '8080/tcp': {} },
          Labels: { version: '2', same: '1' },
          WorkingDir: '/app',
        },
        { Variant: 'v3', Healthcheck: { Test: ['CMD', 'true'] } },
      ),
    },
  );
  assert.deepEqual(
    settings.map(({ name, how, from, to }) => [name, how, from, to]),
    [
      ['Platform', 'changed', 'linux/amd64', 'linux/amd64/v3'],
      ['CMD', 'changed', '["python","train.py"]', '["python","train.py","--token=***"]'],
      ['ENV LR', 'changed', '***', '***'],
      ['ENV OLD', 'removed', '***', undefined],
      ['EXPOSE 80/tcp', 'removed', '', undefined],
      ['LABEL version', 'changed', '1', '2'],
      ['USER', 'added', undefined, 'app'],
      ['HEALTHCHECK', 'added', undefined, '{"Test":["CMD","true"]}'],
      ['ENV <b>', 'added', undefined, '***'],
      ['EXPOSE 8080/tcp', 'added', undefined, ''],
    ],
  );
  const told = { ...difference, settings };
  assert.equal(differenceSummary(told), 'a:1 and a:2 have the same files. Settings that differ: 10.');
  const { body } = differencePage(told, ['1', '2']);
  assert.match(body, /<th scope="row" class="code">ENV LR<\/th><td>changed<\/td>/);
  for (const value of ['0.1', '0.2', 'hf_a', '<b>']) assert.ok(!body.includes(value), value);
});

test('packages tell their versions, those of CUDA each by itself', async () => {
  const cublas = (version: string, size: number) => [
    record(`nvidia_cublas_cu12-${version}`, 'nvidia/cublas/lib/libcublas.so.12'),
    file(`${site}/nvidia/cublas/lib/libcublas.so.12`, 'x'.repeat(size)),
  ];
  const before = await image([
    record('numpy-2.1.0', 'numpy/a.py'),
    file(`${site}/numpy/a.py`, 'abc'),
    record('six-1.17', 'six.py'),
    file(`${site}/six.py`, '1'),
    record('Old-1.0', 'old.py'),
    ...cublas('12.4', 100),
  ]);
  const after = await image([
    record('numpy-2.2.0', 'numpy/a.py'),
    file(`${site}/numpy/a.py`, 'abcdefghij'),
    record('six-1.17', 'six.py'),
    file(`${site}/six.py`, '1'),
    record('new_one-3.0', 'new_one/b.py'),
    ...cublas('12.8', 150),
  ]);
  const { packages } = await differenceOf({ ref: 'a:1', archived: before }, { ref: 'a:2', archived: after });
  assert.deepEqual(packages.map(({ name, how, from, to }) => [name, how, from, to].join(' ')).sort(), [
    'Old removed 1.0 ',
    'new_one added  3.0',
    'numpy changed 2.1.0 2.2.0',
    'nvidia_cublas_cu12 changed 12.4 12.8',
  ]);
  assert.equal(packages.find(({ name }) => name === 'numpy')?.after, 10 + 'numpy/a.py,,\n'.length);
});

test('libraries of CUDA that are there twice are told with what they take', async () => {
  const archived = await image([
    record('nvidia_cublas_cu12-12.8', 'nvidia/cublas/lib/libcublas.so.12'),
    file(`${site}/nvidia/cublas/lib/libcublas.so.12`, 'x'.repeat(90)),
    file(`${site}/nvidia/cudnn/lib/libcudnn.so.9`, 'x'.repeat(50)),
    file('usr/local/cuda-12.4/lib64/libcublas.so.12.4.5.8', 'y'.repeat(80)),
    { name: 'usr/local/cuda-12.4/lib64/libcublas.so.12', type: '2', target: 'libcublas.so.12.4.5.8' },
    // Another main version is another library.
    file('usr/lib/x86_64-linux-gnu/libcudnn.so.8.9.7', 'z'.repeat(70)),
  ]);
  const report = await reportOf('a:1', archived);
  assert.deepEqual(report.twice, [
    {
      name: 'libcublas.so.12',
      inPackages: { path: `${site}/nvidia/cublas/lib/libcublas.so.12`, bytes: 90 },
      outside: { path: 'usr/local/cuda-12.4/lib64/libcublas.so.12.4.5.8', bytes: 80 },
    },
  ]);
  const { body } = pageOf(report);
  assert.ok(body.includes('Libraries of CUDA There Twice') && body.includes('take 80 B for nothing'));
  assert.ok(!pageOf(await reportOf('a:1', await image([file('a', 'b')]))).body.includes('Twice'));
});
