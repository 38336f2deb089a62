// Caches that an image still carries, found in made archives.
import '../client/register-vscode.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inPortions, type Made, tar } from './made-tar.ts';

const { readArchive } = await import('../../client/src/images/layers/archive.ts');
const { summary } = await import('../../client/src/images/layers/avoidable.ts');
const { reportOf } = await import('../../client/src/images/layers/report.ts');

const file = (name: string, bytes: number): Made => ({ name, content: Buffer.alloc(bytes, 'x') });
const gone = (name: string): Made => ({ name: name.replace(/([^/]+)$/, '.wh.$1') });
const report = async (...layers: readonly Buffer[]) => {
  const names = layers.map((_, index) => `${index}/layer.tar`);
  const archive = tar(
    ...layers.map((content, index) => ({ name: names[index] ?? '', content })),
    { name: 'c.json', content: '{}' },
    { name: 'manifest.json', content: JSON.stringify([{ Config: 'c.json', Layers: names }]) },
  );
  return reportOf('bikes:1', await readArchive(inPortions(archive, 60_000)));
};

test('caches of package managers are found where those keep them, by what would go with them', async () => {
  const linked = (name: string, target: string): Made => ({ name, type: '1', target });
  const told = await report(
    tar(
      file('root/.cache/pip/http-v2/a', 60),
      file('root/.cache/pip/selfcheck/b', 1),
      file('home/app/.cache/uv/wheel', 50),
      file('var/lib/apt/lists/deb.debian.org_Packages', 40),
      // Nothing is freed by deleting what is only empty.
      file('var/cache/apt/archives/lock', 0),
      file('opt/miniforge3/conda-meta/history', 1),
      file('opt/miniforge3/pkgs/numpy.conda', 20),
      file('opt/miniforge3/pkgs/numpy/core.so', 500),
      linked('opt/miniforge3/lib/core.so', 'opt/miniforge3/pkgs/numpy/core.so'),
      // Told another place.
      file('caches/of-uv/CACHEDIR.TAG', 1),
      file('caches/of-uv/archive-v0/x/y', 10),
      file('caches/of-pip/selfcheck/x', 1),
      file('caches/of-pip/http/y', 7),
      // None of these is one.
      file('app/pkgs/mine', 1_000),
      file('srv/var/lib/apt/lists/x', 1_000),
      file('root/.cache/huggingface/hub/CACHEDIR.TAG', 1),
      file('root/.cache/huggingface/hub/model', 1_000),
      file('app/http/selfcheck', 1_000),
      file('constructor/x', 1_000),
    ),
    tar(file('home/app/.cache/uv/more', 51), gone('root/.cache/pip/selfcheck/b')),
  );
  assert.deepEqual(
    told.caches.map(({ path, tool, bytes, layer }) => [path, tool, bytes, layer].join(' ')),
    [
      'home/app/.cache/uv uv 101 2',
      'root/.cache/pip pip 60 1',
      'var/lib/apt/lists apt 40 1',
      'opt/miniforge3/pkgs conda 20 1',
      'caches/of-uv uv 11 1',
      'caches/of-pip pip 8 1',
    ],
  );
  assert.equal(
    summary(told),
    '5.7 kB in 2 layers, of which 1 B are wasted and 240 B are caches left behind.',
  );
});
