// The page and the picture of what makes an image large.
import '../client/register-vscode.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LayersReport } from '../../client/src/images/layers/report.ts';
import { rectangles } from '../../client/src/images/layers/treemap.ts';
import { html } from '../../client/src/ui/plain-text.ts';

const { pageOf } = await import('../../client/src/images/layers/page.ts');

test('the rectangles fill the picture, each as large as its share, none over another', () => {
  for (const sizes of [
    [1],
    [6, 6, 4, 3, 2, 2, 1],
    Array.from({ length: 36 }, (_, index) => 1_000_000 / (index + 1) ** 2),
    [1e8, 1, 1],
  ]) {
    const placed = rectangles(sizes, 2.4, 1);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    assert.equal(placed.length, sizes.length);
    for (const [index, { left, top, width, height }] of placed.entries()) {
      const share = (width * height) / 10_000;
      assert.ok(Math.abs(share - (sizes[index] as number) / total) < 1e-9, `${index}: ${share}`);
      assert.ok(left >= 0 && top >= 0 && left + width < 100.000_1 && top + height < 100.000_1);
      for (const other of placed.slice(index + 1)) {
        const apart =
          other.left >= left + width - 1e-9 ||
          left >= other.left + other.width - 1e-9 ||
          other.top >= top + height - 1e-9 ||
          top >= other.top + other.height - 1e-9;
        assert.ok(apart, `${index}`);
      }
    }
  }
  // As near to squares as the example of the paper has them.
  const [first] = rectangles([6, 6, 4, 3, 2, 2, 1], 6, 4);
  assert.deepEqual(
    [first?.width, first?.height].map((side) => Math.round(side ?? 0)),
    [50, 50],
  );
  assert.deepEqual(rectangles([], 1, 1), []);
  assert.deepEqual(rectangles([0, 0], 1, 1), []);
});

const odd = `a"'<b>&\`\u202e\u001b[31m`;
const report: LayersReport = {
  image: odd,
  bytes: 2_000,
  wasted: 500,
  layers: [
    {
      step: `RUN ${odd}`,
      bytes: 1_500,
      added: 3,
      changed: 0,
      deleted: 0,
      wasted: 500,
      largest: [{ path: odd, bytes: 5, layer: 1 }],
    },
    { step: undefined, bytes: 500, added: 0, changed: 1, deleted: 2, wasted: 0, largest: [] },
  ],
  largest: [{ path: odd, bytes: 5, layer: 1 }],
  packages: [
    { name: odd, version: odd, bytes: 3, folder: odd, count: 1 },
    { name: 'CUDA libraries', bytes: 2, folder: 'site', count: 12 },
  ],
  twice: [{ name: odd, inPackages: { path: odd, bytes: 1 }, outside: { path: odd, bytes: 2 } }],
  waste: [{ path: odd, bytes: 500, layer: 1, by: 2, how: 'rewritten' }],
  caches: [{ path: odd, tool: 'pip', bytes: 70, layer: 2 }],
  parts: [
    { path: odd, bytes: 1_200 },
    { path: '', bytes: 300, rest: true },
  ],
};

test('nothing that comes with an image is more than text in the page', () => {
  const { title, body, style } = pageOf(report);
  assert.equal(title, `What Makes ${odd} Large`);
  for (const raw of ['<b>', '\u202e', '\u001b']) assert.ok(!(body + style).includes(raw));
  // All tags and attributes of the page are of this kind.
  const without = body.replace(
    /<(?:\/)?[a-z0-9]+(?: (?:id|class|href|scope|aria-label|title)="[^"<>]*")*>/g,
    '',
  );
  assert.ok(!/[<>"]/.test(without), without.slice(0, 300));
  assert.match(style, /^\.p0 \{ left: 0\.000%; top: 0\.000%; width: 80\.000%; height: 100\.000% \}$/m);
  assert.equal(html(`<a href="x">'&\``), '&#60;a href=&#34;x&#34;&#62;&#39;&#38;&#96;');
});

test('each table has a caption, heads and rows with a name, and each part leads to its row', () => {
  const { body } = pageOf(report);
  const tables = body.match(/<table>.*?<\/table>/g) ?? [];
  assert.equal(tables.length, 7);
  for (const table of tables) {
    assert.match(table, /<caption>[^<]+<\/caption>/);
    const heads = table.match(/<th scope="col"/g)?.length;
    for (const row of table.match(/<tbody>(.*)<\/tbody>/)?.[1]?.match(/<tr.*?<\/tr>/g) ?? []) {
      assert.equal(row.match(/<t[hd][ >]/g)?.length, heads, row);
      assert.match(row, /^<tr[^>]*><th scope="row"/);
    }
  }
  for (const [, id] of body.matchAll(/href="#([^"]+)"/g)) assert.ok(body.includes(` id="${id}"`), id);
  assert.match(body, /aria-label="[^"]+, 1\.2 kB, 60 %"/);
  assert.match(
    body,
    /aria-label="everything else, 300 B, 15 %" title="[^"]+"><span class="words">everything else</,
  );
  assert.ok(body.includes('CUDA libraries (12 packages)') && body.includes('(the image does not tell)'));
  // The figures of the headline lead to what they count, which stands before the long table of all folders.
  assert.match(
    body,
    /<p>2\.0 kB in 2 layers, of which <a href="#wasted">500 B<\/a> are wasted and <a href="#caches">70 B<\/a> are caches left behind\.<\/p>/,
  );
  const places = ['id="wasted"', 'id="caches"', 'Python Packages', 'id="layer-1"', 'id="part-0"'];
  const found = places.map((words) => body.indexOf(words));
  assert.ok(found[0] !== -1 && found.every((at, index) => at > (found[index - 1] ?? -1)), found.join());
  const empty = pageOf({
    ...report,
    bytes: 0,
    wasted: 0,
    layers: [],
    largest: [],
    packages: [],
    twice: [],
    waste: [],
    caches: [],
    parts: [],
  }).body;
  assert.equal(empty.match(/There is nothing of this\./g)?.length, 5);
  assert.ok(!empty.includes('NaN') && empty.includes('nothing is wasted'));
});

test('a part of the picture is named by its whole path, as two folders may end alike', () => {
  const { body } = pageOf({
    ...report,
    parts: [
      { path: 'usr/local/bin/uv', bytes: 900 },
      { path: 'opt/local/bin', bytes: 90, rest: true },
    ],
  });
  assert.match(body, /<span class="words">\/usr\/local\/bin\/uv<\/span>/);
  assert.match(body, /<span class="words">rest of \/opt\/local\/bin<\/span>/);
});
