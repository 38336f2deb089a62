// What makes an image large, read from made archives of every form that engines write.
import '../client/register-vscode.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import zlib from 'node:zlib';
import { end, entry, inPortions, type Made, tar } from './made-tar.ts';

const { ArchiveError, readArchive } = await import('../../client/src/images/layers/archive.ts');
const { reportOf, stepLabel, stepWords } = await import('../../client/src/images/layers/report.ts');

const x = (bytes: number) => Buffer.alloc(bytes, 'x');
const config = (...steps: (string | undefined)[]) =>
  JSON.stringify({
    history: steps.flatMap((step) => [
      { created_by: step, comment: step ? '' : 'Imported from -' },
      { created_by: 'ENV A=1', empty_layer: true },
    ]),
  });
/** As `docker save` wrote it up to version 24. */
const oldForm = (
  layers: readonly Buffer[],
  steps: readonly (string | undefined)[] = layers.map((_, i) => `RUN ${i}`),
) =>
  tar(
    ...layers.flatMap((content, index) => [
      { name: `${index}/`, type: '5' },
      { name: `${index}/VERSION`, content: '1.0' },
      { name: `${index}/json`, content: '{}' },
      { name: `${index}/layer.tar`, content },
    ]),
    { name: 'c.json', content: config(...steps) },
    {
      name: 'manifest.json',
      content: JSON.stringify([{ Config: 'c.json', Layers: layers.map((_, i) => `${i}/layer.tar`) }]),
    },
  );
const report = async (archive: Buffer, portion = 60_000) =>
  reportOf('bikes:1', await readArchive(inPortions(archive, portion)));
const sums = async (...layers: (readonly Made[])[]) =>
  (await report(oldForm(layers.map((entries) => tar(...entries))))).layers.map(
    ({ bytes, added, changed, deleted, wasted }) => [bytes, added, changed, deleted, wasted].join(' '),
  );
const file = (name: string, bytes = 0): Made => ({ name, content: x(bytes) });
const gone = (name: string): Made => ({ name: name.replace(/([^/]+)$/, '.wh.$1') });

test('files are added, changed and deleted by layers, and what is lost is wasted where it was written', async () => {
  assert.deepEqual(
    await sums(
      [file('a', 100), file('d/b', 10), file('d/c', 1)],
      [file('a', 200)],
      [gone('d/b'), file('d/e', 5)],
    ),
    ['111 3 0 0 110', '200 0 1 0 0', '5 1 0 1 0'],
  );
  // A folder goes with all below it, also one that comes back with other things in it.
  assert.deepEqual(await sums([file('d/b', 10), file('d/e/f', 20), file('k', 1)], [gone('d')]), [
    '31 3 0 0 30',
    '0 0 0 2 0',
  ]);
  assert.deepEqual(
    await sums(
      [file('d/b', 10), file('d/e/f', 20)],
      [{ name: 'd/', type: '5' }, file('d/b', 11), file('d/.wh..wh..opq')],
    ),
    ['30 2 0 0 30', '11 0 1 1 0'],
  );
  assert.deepEqual(await sums([file('a', 7), file('b/c', 8)], [file('.wh..wh..opq'), file('n', 1)]), [
    '15 2 0 0 15',
    '1 1 0 2 0',
  ]);
  // A file where a folder was, and the other way round.
  assert.deepEqual(await sums([file('d/b', 10), file('f', 20)], [file('d', 3), file('f/g', 4)]), [
    '30 2 0 0 30',
    '7 1 1 2 0',
  ]);
  // Marks of what is not there, or of engines' own, are nothing.
  assert.deepEqual(await sums([gone('no/where'), file('.wh..wh.plnk', 0), file('a', 1)]), ['1 1 0 0 0']);
  assert.deepEqual(await sums([file('a', 1), file('a', 2)]), ['2 1 1 0 0']);
});

test('a file of several names takes its space once, and is wasted once all of them are gone', async () => {
  const linked: Made = { name: 'usr/b', type: '1', target: 'usr/a' };
  assert.deepEqual(await sums([file('usr/a', 50), linked], [gone('usr/a')]), ['50 2 0 0 0', '0 0 0 1 0']);
  assert.deepEqual(
    await sums([file('usr/a', 50), { ...linked, target: './usr/a' }], [gone('usr/a'), gone('usr/b')]),
    ['50 2 0 0 50', '0 0 0 2 0'],
  );
  const { largest, parts } = await report(oldForm([tar(file('usr/a', 50), linked)]));
  assert.equal(largest.length, 1);
  assert.equal(
    parts.reduce((sum, { bytes }) => sum + bytes, 0),
    50,
  );
});

test('steps, largest files and waste are told by path and layer', async () => {
  const steps = [
    '/bin/sh -c #(nop) COPY file:1 in / ',
    'RUN |1 TOKEN=s3 cret /bin/sh -c pip install x # buildkit',
    undefined,
  ];
  const first = Array.from({ length: 12 }, (_, index) => file(`f${index}`, index * 100));
  const told = await report(
    oldForm(
      [
        tar(...first),
        tar(file('cache/pip/a', 5_000), file('cache/pip/b', 1)),
        tar(gone('cache'), file('f3', 9_000)),
      ],
      steps,
    ),
  );
  assert.deepEqual(
    told.layers.map(({ step }) => step),
    ['COPY file:1 in /', 'RUN pip install x', 'Imported from -'],
  );
  assert.deepEqual(told.largest.slice(0, 3), [
    { path: 'f3', bytes: 9_000, layer: 3 },
    { path: 'f11', bytes: 1_100, layer: 1 },
    { path: 'f10', bytes: 1_000, layer: 1 },
  ]);
  assert.equal(told.largest.length, 10);
  assert.deepEqual(
    told.layers[1]?.largest.map(({ path }) => path),
    ['cache/pip/a', 'cache/pip/b'],
  );
  assert.deepEqual(told.waste, [
    { path: 'cache', bytes: 5_001, layer: 2, by: 3, how: 'deleted' },
    { path: 'f3', bytes: 300, layer: 1, by: 3, how: 'rewritten' },
  ]);
  assert.equal(told.wasted, 5_301);
  assert.equal(told.bytes, 6_600 + 5_001 + 9_000);
  assert.equal(stepWords('RUN |2 A=1 B=2 python -c x'), 'RUN …');
  assert.equal(stepWords(''), undefined);
  assert.equal(stepLabel('RUN …'), 'RUN …');
  assert.equal(stepLabel('Imported from -'), '(imported from an archive)');
  assert.equal(
    stepLabel('Imported from https://host.example/root.tar'),
    '(imported from https://host.example/root.tar)',
  );
  assert.equal(stepLabel(undefined), '(the image does not tell)');
});

const digest = (index: number) => `sha256:${String(index).padStart(64, '0')}`;
const blob = (index: number) => `blobs/${digest(index).replace(':', '/')}`;

for (const [packing, pack] of [
  ['plain', (bytes: Buffer) => bytes],
  ['gzip', zlib.gzipSync],
  [
    'gzip in two parts',
    (bytes: Buffer) =>
      Buffer.concat([zlib.gzipSync(bytes.subarray(0, 700)), zlib.gzipSync(bytes.subarray(700))]),
  ],
  ['zstd', zlib.zstdCompressSync],
] as const) {
  test(`the OCI form is read, its layers ${packing}, in whatever order they come`, async () => {
    const index = (...ids: number[]) =>
      JSON.stringify({ manifests: ids.map((id) => ({ digest: digest(id) })) });
    const manifest = JSON.stringify({
      config: { digest: digest(1) },
      layers: [{ digest: digest(9) }, { digest: digest(5) }],
    });
    const random = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 251));
    const archive = tar(
      { name: 'oci-layout', content: '{}' },
      { name: 'index.json', content: index(7, 2) },
      // An index within, which names what is not there: an image for another platform.
      { name: blob(7), content: index(8) },
      { name: blob(5), content: pack(tar(gone('weights'), file('small', 3))) },
      { name: blob(2), content: manifest },
      { name: blob(1), content: config('COPY weights /', 'RUN rm /weights') },
      { name: blob(9), content: pack(tar({ name: 'weights', content: random })) },
    );
    for (const portion of [1_000, 65_536]) {
      const { layers, wasted } = await report(archive, portion);
      assert.deepEqual(
        layers.map(({ bytes, step }) => [bytes, step]),
        [
          [100_000, 'COPY weights /'],
          [3, 'RUN rm /weights'],
        ],
      );
      assert.equal(wasted, 100_000);
    }
  });
}

test('layers of Podman and of old engines are links to one another', async () => {
  const archive = tar(
    { name: 'aa.tar', content: tar(file('a', 5)) },
    { name: 'c.json', content: config('one', 'two') },
    { name: '11/layer.tar', type: '2', target: '../aa.tar' },
    { name: '22/layer.tar', type: '1', target: 'aa.tar' },
    {
      name: 'manifest.json',
      content: JSON.stringify([{ Config: 'c.json', Layers: ['11/layer.tar', '22/layer.tar'] }]),
    },
  );
  assert.deepEqual(
    (await report(archive)).layers.map(({ bytes, wasted }) => [bytes, wasted]),
    [
      [5, 5],
      [5, 0],
    ],
  );
  // A layer of nothing is an archive of nothing.
  assert.deepEqual(
    (await report(oldForm([end]))).layers.map(({ bytes }) => bytes),
    [0],
  );
});

test('an archive that is cut off, broken or of another kind says so', async () => {
  const why = (wanted: string) => (error: unknown) => error instanceof ArchiveError && error.why === wanted;
  const whole = oldForm([tar(file('a', 5_000))]);
  await assert.rejects(report(whole.subarray(0, 4_000)), why('cut'));
  const packed = zlib.gzipSync(
    tar({ name: 'a', content: Buffer.from(Array.from({ length: 9_000 }, (_, i) => (i * 31) % 253)) }),
  );
  packed.fill(0, 200, 300);
  await assert.rejects(report(oldForm([packed])), why('cut'));
  await assert.rejects(report(oldForm([zlib.gzipSync(tar(file('a', 5_000))).subarray(0, 60)])), why('cut'));
  await assert.rejects(report(tar(file('a', 3))), why('unknown'));
  await assert.rejects(
    report(tar({ name: 'manifest.json', content: '[{"Config":"x","Layers":["gone"]}]' })),
    why('unknown'),
  );
  await assert.rejects(report(tar({ name: 'manifest.json', content: '{"a":' })), why('unknown'));
  // Nothing tells of the steps of a squashed image.
  assert.deepEqual(
    (await report(oldForm([tar(file('a', 1))], ['one', 'two']))).layers.map(({ step }) => step),
    [undefined],
  );
});

const site = 'opt/venv/lib/python3.13/site-packages';
const record = (name: string, ...paths: string[]): Made => ({
  name: `${site}/${name}.dist-info/RECORD`,
  content: paths.map((path) => `${path},sha256=x,1\r\n`).join(''),
});

test('Python packages are told by size, with the libraries of CUDA as one', async () => {
  const { packages } = await report(
    oldForm([
      tar(
        record(
          'torch-2.9.0',
          'torch/__init__.py',
          'torchgen/x.py',
          '../../../bin/torchrun',
          '"torch/odd,name.py"',
        ),
        file(`${site}/torch/lib/libtorch.so`, 9_000),
        file(`${site}/torchgen/x.py`, 90),
        file(`${site}/torch/__pycache__/x.pyc`, 9),
        record('scikit_learn-1.7.2', 'sklearn/x.so', 'scikit_learn.libs/y.so'),
        file(`${site}/sklearn/x.so`, 500),
        file(`${site}/scikit_learn.libs/y.so`, 50),
        record('nvidia_cublas_cu12-12.8', 'nvidia/__init__.py', 'nvidia/cublas/lib/a.so'),
        record('nvidia_cudnn_cu12-9.1', 'nvidia/__init__.py', 'nvidia/cudnn/lib/b.so'),
        file(`${site}/nvidia/cublas/lib/a.so`, 4_000),
        file(`${site}/nvidia/cudnn/lib/b.so`, 3_000),
        record('google_auth-2.0', 'google/auth/a.py'),
        record('google_cloud-1.0', 'google/cloud/b.py'),
        file(`${site}/google/auth/a.py`, 400),
        file(`${site}/google/cloud/b.py`, 8),
        record('setuptools-80.0', 'setuptools/x.py', '_distutils_hack/y.py'),
        file(`${site}/setuptools/_vendor/wheel-0.45.dist-info/METADATA`, 20),
        file(`${site}/setuptools/_vendor/wheel/x.py`, 2),
        // Without a RECORD.
        file('usr/lib/python3/dist-packages/PyYAML-6.0.dist-info/METADATA', 3),
        file('usr/lib/python3/dist-packages/pyyaml.py', 40),
        file('usr/lib/python3/dist-packages/other.py', 1_000),
        record('gone-1.0', 'gone/x.py'),
        file(`${site}/gone/x.py`, 70_000),
      ),
      tar(
        gone(`${site}/gone`),
        gone(`${site}/gone-1.0.dist-info`),
        record('six-1.17', 'six.py'),
        file(`${site}/six.py`, 30),
      ),
    ]),
  );
  const without = packages.map(({ name, version, bytes, count, folder }) => [
    folder === site ? name : `${folder}: ${name}`,
    version,
    count,
    // The RECORD belongs to its package, and is not what is counted here.
    name === 'PyYAML' ? bytes : Math.floor(bytes / 10) * 10,
  ]);
  assert.deepEqual(
    without.map(([name, version, count]) => [name, version, count]),
    [
      ['torch', '2.9.0', 1],
      ['CUDA libraries', undefined, 2],
      ['scikit_learn', '1.7.2', 1],
      ['google_auth', '2.0', 1],
      ['setuptools', '80.0', 1],
      ['six', '1.17', 1],
      ['usr/lib/python3/dist-packages: PyYAML', '6.0', 1],
      ['google_cloud', '1.0', 1],
    ],
  );
  const size = (name: string) => packages.find((one) => one.name === name)?.bytes ?? 0;
  assert.ok(size('torch') >= 9_099 && size('torch') < 9_300, `${size('torch')}`);
  assert.ok(size('CUDA libraries') >= 7_000 && size('CUDA libraries') < 7_300);
  assert.ok(size('google_auth') >= 400 && size('google_cloud') < size('google_auth'));
  assert.ok(size('setuptools') >= 22);
  assert.equal(size('PyYAML'), 43);
});

test('the parts of the picture are the whole image, and not too many', async () => {
  const many = Array.from({ length: 500 }, (_, index) =>
    file(`usr/lib/p${index % 40}/d${index % 7}/f${index}`, 10 + (index % 40) * 10),
  );
  const { parts, bytes } = await report(
    oldForm([tar(...many, file('models/weights.bin', 50_000), file('etc/passwd', 1))]),
  );
  assert.equal(
    parts.reduce((sum, part) => sum + part.bytes, 0),
    bytes,
  );
  assert.ok(parts.length <= 37 && parts.length > 15, `${parts.length}`);
  assert.deepEqual(
    parts.find(({ path }) => path.startsWith('models')),
    { path: 'models/weights.bin', bytes: 50_000, rest: undefined },
  );
  assert.ok(parts.some(({ path, rest }) => path === 'usr/lib' && rest));
  assert.equal(new Set(parts.map(({ path, rest }) => `${path} ${rest}`)).size, parts.length);
  assert.deepEqual((await report(oldForm([end]))).parts, []);
});

test('so many files as an image can have are read without keeping others waiting', {
  timeout: 60_000,
}, async () => {
  const count = 100_000;
  const layer = Buffer.concat([
    ...Array.from({ length: count }, (_, index) =>
      entry({ name: `d${index % 300}/n${index % 50}/file${index}`, content: 'x' }),
    ),
    end,
  ]);
  const archive = oldForm([layer, tar(gone('d0'))]);
  let longest = 0;
  let last = process.threadCpuUsage();
  const clock = setInterval(() => {
    const { user, system } = process.threadCpuUsage(last);
    longest = Math.max(longest, (user + system) / 1_000);
    last = process.threadCpuUsage();
  }, 5);
  try {
    const { layers } = await report(archive);
    assert.equal(layers[0]?.added, count);
    assert.ok((layers[1]?.deleted ?? 0) > 300);
  } finally {
    clearInterval(clock);
  }
  assert.ok(longest < 1_000, `nothing else ran for ${Math.round(longest)} ms`);
});
