// The reader of tar archives, on archives of every kind in portions of every size, on those of GNU tar, and on what the
// writer writes.
import assert from 'node:assert/strict';
import {
  createReadStream,
  linkSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { isHeader, isZero, partsOf, readTar, type TarEntry, TarError } from '../../client/src/engine/tar.ts';
import { type TarSource, writeTar } from '../../client/src/engine/tar-write.ts';
import { runOrThrow } from '../parts/processes.ts';
import { attribute, end, entry, inPortions, type Made, tar } from './made-tar.ts';

async function read(bytes: Buffer, size = 700, withContent = true) {
  const found: string[] = [];
  for await (const { name, kind, size: length, target, content } of readTar(inPortions(bytes, size))) {
    let text = '';
    if (withContent && name !== 'skipped') for await (const portion of content()) text += portion.toString();
    const path = partsOf(name).join('/');
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
  { name: 'x', type: 'x', content: Buffer.concat([attribute('path', ''), attribute('size', '')]) },
  { name: 'as in the header//', type: '5' },
  { name: 'of a type to come', type: 'Q', content: 'q' },
];
const expected = [
  'folder | 0',
  `file | a | 513 | ${'x'.repeat(20)}`,
  'file | skipped | 5000',
  'folder | folder | 0',
  'folder | old folder | 0',
  'hardlink | b | 0 | a',
  'link | c | 0 | ../a',
  'other | tty | 0',
  'file | some/prefix/name | 1 | z',
  `link | ${long} | 0 | ä=ö`,
  `file | ${long}2 | 0`,
  'file | sized | 3 | abc',
  'folder | as in the header | 0',
  'file | of a type to come | 1 | q',
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

test('the first bytes of a file are seen before its content is read, and never those of the next one', async () => {
  const bytes = tar({ name: 'a', content: 'x'.repeat(600) }, { name: 'b', content: 'yz' }, { name: 'c' });
  for (const size of [1, 512, 5_000]) {
    const seen: string[] = [];
    for await (const { peek, content } of readTar(inPortions(bytes, size))) {
      const first = [await peek(3), await peek(2_000)].map(String);
      const portions: Buffer[] = [];
      for await (const portion of content()) portions.push(portion);
      assert.equal(Buffer.concat(portions).toString(), first[1]);
      seen.push(`${first[0]} ${first[1]?.length}`);
    }
    assert.deepEqual(seen, ['xxx 600', 'yz 2', ' 0'], `${size}`);
  }
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
  await assert.rejects(
    read(tar({ name: 'x', type: 'x', content: attribute('mtime', 'soon') }, { name: 'a' })),
    TarError,
  );
  await assert.rejects(read(tar({ name: 'x', type: 'L', size: 2_000_000 })), TarError);
  const [empty, whole] = [Buffer.alloc(512), entry({ name: 'a' })];
  assert.deepEqual([isHeader(empty), isZero(empty)], [false, true]);
  assert.deepEqual([isHeader(whole), isZero(whole), isZero(empty.subarray(1))], [true, false, false]);
});

test('whoever gives the bytes is rid of all, and hears when nobody reads on', async () => {
  let sent = 0;
  let closed = false;
  const bytes = Buffer.concat([
    tar({ name: 'a', content: 'x'.repeat(10_000) }, { name: 'b' }),
    Buffer.alloc(20_000, 'what comes after the end'),
  ]);
  const source = async function* () {
    [sent, closed] = [0, false];
    try {
      for await (const portion of inPortions(bytes, 512)) {
        sent += portion.length;
        yield portion;
      }
    } finally {
      closed = true;
    }
  };
  for await (const _ of readTar(source()));
  assert.equal(sent, bytes.length);
  for await (const _ of readTar(source())) break;
  assert.deepEqual([closed, sent], [true, 512]);
});

test('what is written is read the same: names of any bytes, owners, times and attributes', async () => {
  const common = { size: 0, mode: 0o4755, uid: 0, gid: 0, modified: new Date(1_350_244_992_000) };
  const odd = '\uefff\uef80 no UTF-8';
  const sources: readonly TarSource[] = [
    { ...common, kind: 'folder', name: odd, uid: 4_000_000_000, gid: 65_534 },
    {
      ...common,
      kind: 'file',
      name: 'é'.repeat(80),
      size: 4,
      content: () => [Buffer.from('four')],
    },
    { ...common, kind: 'link', name: 'link', target: `${odd}${'x'.repeat(100)}` },
    { ...common, kind: 'hardlink', name: 'same', target: odd, mode: 0o600 },
    {
      ...common,
      kind: 'file',
      name: 'capable',
      attributes: [
        ['SCHILY.xattr.security.capability', Buffer.from([1, 0, 10, 0x3d, 0xff])],
        ['SCHILY.xattr.user.empty', Buffer.alloc(0)],
      ],
    },
  ];
  const bytes: Buffer[] = [];
  for await (const portion of writeTar(sources)) bytes.push(portion);
  const found: Partial<TarEntry>[] = [];
  for await (const { peek, content, ...header } of readTar(inPortions(Buffer.concat(bytes), 700))) {
    assert.equal((await peek(9)).toString(), header.size ? 'four' : '');
    found.push(header);
  }
  const wanted = sources.map(({ content: _, target = '', attributes = [], ...rest }) => {
    const name = rest.kind === 'folder' ? `${rest.name}/` : rest.name;
    return { ...rest, name, target, attributes };
  });
  assert.deepEqual(found, wanted);
  const fine = tar({ name: 'x', type: 'x', content: attribute('mtime', '-1.5') }, { name: 'a' });
  for await (const { modified } of readTar(inPortions(fine, 700))) assert.equal(modified.getTime(), -1_500);
});

test('what GNU tar writes in its formats is read, a file of 9 GB that is none among it', {
  timeout: 60_000,
}, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse tar '));
  try {
    mkdirSync(path.join(folder, 'in', long.slice(0, -5)), { recursive: true });
    writeFileSync(path.join(folder, 'in', long), 'deep');
    const odd = path.join(folder, 'in', 'äöü 漢字 \n"$(x)');
    writeFileSync(odd, 'odd', { mode: 0o640 });
    // Before 1970, which octal digits cannot say.
    const early = new Date(-315_619_200_000);
    utimesSync(odd, early, early);
    symlinkSync(`/${long}`, path.join(folder, 'in', 'link'));
    linkSync(path.join(folder, 'in', long), path.join(folder, 'in', 'zz-hard'));
    for (const format of ['gnu', 'pax', 'ustar', 'oldgnu']) {
      const file = path.join(folder, `${format}.tar`);
      // A link of more than a hundred letters is more than ustar can say.
      const without =
        format === 'ustar' ? ['--mtime=@0', '--exclude=link', '--exclude=zz-hard', '--exclude=deep'] : [];
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
      for await (const { name, kind, size, target, ...rest } of readTar(createReadStream(file))) {
        const path = partsOf(name).join('/');
        found.set(path, `${kind} ${size} ${target}`);
        if (kind !== 'file' || path === long) continue;
        const { mode, uid, modified } = rest;
        assert.deepEqual(
          [mode & 0o600, uid, modified.getTime()],
          [0o600, process.getuid?.() ?? 0, format === 'ustar' ? 0 : early.getTime()],
          format,
        );
      }
      assert.equal(found.get('äöü 漢字 \n"$(x)'), 'file 3 ', format);
      if (format === 'ustar') continue;
      assert.equal(found.get(long), 'file 4 ', format);
      assert.equal(found.get('link'), `link 0 /${long}`, format);
      assert.equal(found.get('zz-hard'), `hardlink 0 ./${long}`, format);
    }
    const header = entry({ name: 'huge', size: 9_000_000_000 });
    for await (const { size } of readTar(inPortions(header, 512))) {
      assert.equal(size, 9_000_000_000);
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
