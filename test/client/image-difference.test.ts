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
  const difference = await differenceOf(['a:1', before], ['a:2', after]);
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
  const same = await differenceOf(['a:1', before], ['b:1', before]);
  assert.equal(differenceSummary(same), 'a:1 and b:1 have the same files.');
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
  const { packages } = await differenceOf(['a:1', before], ['a:2', after]);
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
