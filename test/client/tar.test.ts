// The reader of tar archives, on archives of every kind in portions of every size, and on those of GNU tar.
import assert from 'node:assert/strict';
import {
  createReadStream,
  linkSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { isHeader, readTar, TarError } from '../../client/src/images/layers/tar.ts';
import { runOrThrow } from '../parts/processes.ts';
import { attribute, end, entry, inPortions, type Made, tar } from './made-tar.ts';

async function read(bytes: Buffer, size = 700, withContent = true) {
  const found: string[] = [];
  for await (const { path, kind, bytes: length, target, content } of readTar(inPortions(bytes, size))) {
    let text = '';
    if (withContent && path !== 'skipped') for await (const portion of content()) text += portion.toString();
    found.push([kind, path, length, target, text.slice(0, 20)].filter((part) => part !== '').join(' | '));
  }
  return found;
}

const long = `${'deep/'.repeat(60)}name`;
const made: readonly Made[] = [
  { name: './', type: '5' },
  { name: './a', content: 'x'.repeat(513) },
  { name: 'skipped', content: 'y'.repeat(5_000) },
  { name: 'folder/', type: '5', magic: '' },
  { name: 'old folder/', type: '\0', magic: '' },
  { name: 'b', type: '1', target: 'a', size: 513 },
  { name: 'c', type: '2', target: '../a' },
  { name: 'tty', type: '3' },
  { name: 'name', prefix: 'some/prefix', content: 'z' },
  {
    name: 'short',
    type: 'x',
    content: Buffer.concat([
      attribute('mtime', '1.5'),
      attribute('path', `/${long}`),
      attribute('linkpath', 'ä=ö'),
    ]),
  },
  { name: 'short', type: '2', target: 'no' },
  { name: 'all', type: 'g', content: attribute('path', 'not this') },
  { name: '././@LongLink', type: 'L', content: `${long}2\0` },
  { name: 'short', content: '' },
  { name: 'x', type: 'x', content: attribute('size', '3') },
  { name: 'sized', content: 'abc', size: 0 },
];
const expected = [
  'folder | 0',
  `file | a | 513 | ${'x'.repeat(20)}`,
  'file | skipped | 5000',
  'folder | folder | 0',
  'folder | old folder | 0',
  'hard link | b | 0 | a',
  'symbolic link | c | 0 | ../a',
  'other | tty | 0',
  'file | some/prefix/name | 1 | z',
  `symbolic link | ${long} | 0 | ä=ö`,
  `file | ${long}2 | 0`,
  'file | sized | 3 | abc',
];

test('every kind of entry is read, in portions of any size', async () => {
  // A hard link has no content, whatever size its header tells.
  const bytes = Buffer.concat([
    ...made.map((one) => entry({ ...one, content: one.type === '1' ? '' : one.content })),
    end,
  ]);
  for (const size of [1, 7, 511, 512, 513, 65_536, 1_000_000])
    assert.deepEqual(await read(bytes, size), expected, `${size}`);
  const skipping = await read(bytes, 4_096, false);
  assert.deepEqual(
    skipping.map((line) => line.split(' | ')[1]),
    expected.map((line) => line.split(' | ')[1]),
  );
});

test('an archive that is cut off, or is none, says so', async () => {
  const bytes = tar({ name: 'a', content: 'x'.repeat(2_000) }, { name: 'b', content: 'y' });
  for (const at of [100, 513, 2_000, 2_560 + 512])
    await assert.rejects(read(bytes.subarray(0, at)), TarError, `${at}`);
  await assert.rejects(read(Buffer.from('z'.repeat(2_000))), TarError);
  const broken = Buffer.from(bytes);
  broken[3_000] = 0x41;
  await assert.rejects(read(broken), TarError);
  assert.deepEqual(await read(Buffer.alloc(0)), []);
  assert.deepEqual(await read(end), []);
  // Some writers leave out the end.
  assert.deepEqual(await read(bytes.subarray(0, 2_560)), [`file | a | 2000 | ${'x'.repeat(20)}`]);
  await assert.rejects(
    read(tar({ name: 'x', type: 'x', content: attribute('size', '-1') }, { name: 'a' })),
    TarError,
  );
  await assert.rejects(read(tar({ name: 'x', type: 'L', size: 2_000_000 })), TarError);
  assert.equal(isHeader(Buffer.alloc(512)), false);
});

test('whoever gives the bytes hears when nobody reads on', async () => {
  let closed = false;
  const source = async function* () {
    try {
      yield* inPortions(tar({ name: 'a', content: 'x'.repeat(10_000) }, { name: 'b' }), 512);
    } finally {
      closed = true;
    }
  };
  for await (const _ of readTar(source())) break;
  assert.equal(closed, true);
});

test('what GNU tar writes in its formats is read, a file of 9 GB that is none among it', {
  timeout: 60_000,
}, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse tar '));
  try {
    mkdirSync(path.join(folder, 'in', long.slice(0, -5)), { recursive: true });
    writeFileSync(path.join(folder, 'in', long), 'deep');
    writeFileSync(path.join(folder, 'in', 'äöü 漢字 \n"$(x)'), 'odd');
    symlinkSync(`/${long}`, path.join(folder, 'in', 'link'));
    linkSync(path.join(folder, 'in', long), path.join(folder, 'in', 'zz-hard'));
    for (const format of ['gnu', 'pax', 'ustar', 'oldgnu']) {
      const file = path.join(folder, `${format}.tar`);
      // A link of more than a hundred letters is more than ustar can say.
      const without = format === 'ustar' ? ['--exclude=link', '--exclude=zz-hard', '--exclude=deep'] : [];
      await runOrThrow('tar', [
        '-C',
        path.join(folder, 'in'),
        `--format=${format}`,
        '--sort=name',
        ...without,
        '-cf',
        file,
        '.',
      ]);
      const found = new Map<string, string>();
      for await (const { path, kind, bytes, target } of readTar(createReadStream(file)))
        found.set(path, `${kind} ${bytes} ${target}`);
      assert.equal(found.get('äöü 漢字 \n"$(x)'), 'file 3 ', format);
      if (format === 'ustar') continue;
      assert.equal(found.get(long), 'file 4 ', format);
      assert.equal(found.get('link'), `symbolic link 0 /${long}`, format);
      assert.equal(found.get('zz-hard'), `hard link 0 ./${long}`, format);
    }
    const header = entry({ name: 'huge', size: 9_000_000_000 });
    for await (const { bytes } of readTar(inPortions(header, 512))) {
      assert.equal(bytes, 9_000_000_000);
      break;
    }
    truncateSync(path.join(folder, 'gnu.tar'), 1_000);
    await assert.rejects(async () => {
      for await (const _ of readTar(createReadStream(path.join(folder, 'gnu.tar'))));
    }, TarError);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
