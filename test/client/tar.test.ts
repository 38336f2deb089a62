<<<<<<< HEAD
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
=======
// Archives as other programs write and read them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
>>>>>>> wip/files
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
<<<<<<< HEAD
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
=======
import { after, test } from 'node:test';
import { bytesOfName, nameOfBytes, shownName } from '../../client/src/engine/path-bytes.ts';
import { readTar } from '../../client/src/engine/tar.ts';
import { type TarSource, writeTar } from '../../client/src/engine/tar-write.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse tar '));
after(() => rmSync(folder, { recursive: true }));
const long = `${'long '.repeat(45)}ä`;

async function* cut(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function read(bytes: Buffer, size = 700) {
  const found: Record<string, unknown> = {};
  for await (const { name, kind, mode, target, content } of readTar(cut(bytes, size))) {
    const portions: Buffer[] = [];
    for await (const portion of content()) portions.push(portion);
    found[name] = [kind, mode, target, Buffer.concat(portions).toString()];
>>>>>>> wip/files
  }
  return found;
}

<<<<<<< HEAD
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
=======
test('what tar writes in any of its formats is read, in portions of any size', async () => {
  const data = path.join(folder, 'data');
  mkdirSync(path.join(data, long), { recursive: true });
  writeFileSync(path.join(data, long, long), 'inner');
  writeFileSync(Buffer.concat([Buffer.from(`${data}/nu`), Buffer.from([0xff])]), 'z');
  symlinkSync(long, path.join(data, 'link'));
  chmodSync(path.join(data, long, long), 0o640);
  for (const format of ['gnu', 'pax', 'posix']) {
    const bytes = execFileSync('tar', ['-C', folder, `--format=${format}`, '-cf', '-', 'data']);
    for (const size of [1, 511, 700, 100_000]) {
      const found = await read(bytes, size);
      assert.deepEqual(found[`data/${long}/${long}`], ['file', 0o640, '', 'inner'], format);
      assert.deepEqual((found['data/link'] as string[])[2], long);
      assert.deepEqual((found['data/nu\uefff'] as string[])[3], 'z');
    }
  }
});

test('what is written is read by tar, and by ourselves', async () => {
  const modified = new Date(1_700_000_000_000);
  const common = { mode: 0o640, uid: 3_000_000, gid: 7, modified, size: 0 };
  const entries: TarSource[] = [
    { ...common, name: 'out', kind: 'folder', mode: 0o755 },
    {
      ...common,
      name: `out/${long}`,
      kind: 'file',
      size: 5,
      content: () => [Buffer.from('in'), Buffer.from('ner')],
    },
    { ...common, name: 'out/link', kind: 'link', target: long },
    { ...common, name: nameOfBytes(Buffer.from('out/nu\xff', 'latin1')), kind: 'file', size: 0 },
  ];
  const portions: Buffer[] = [];
  for await (const portion of writeTar(entries)) portions.push(portion);
  const bytes = Buffer.concat(portions);
  assert.deepEqual(Object.keys(await read(bytes)), ['out/', ...entries.slice(1).map(({ name }) => name)]);
  execFileSync('tar', ['-C', folder, '--no-same-owner', '-xpf', '-'], { input: bytes });
  const file = path.join(folder, 'out', long);
  assert.equal(readFileSync(file, 'utf8'), 'inner');
  assert.equal(statSync(file).mode & 0o777, 0o640);
  assert.equal(statSync(file).mtimeMs, modified.getTime());
  assert.equal(readlinkSync(path.join(folder, 'out/link')), long);
  assert.match(
    execFileSync('tar', ['--numeric-owner', '-tvf', '-'], { input: bytes, encoding: 'utf8' }),
    /3000000\/7/,
  );
});

test('what is cut off, damaged or no archive is said so, and never read as one', async () => {
  const bytes = execFileSync('tar', ['-C', folder, '-cf', '-', 'data']);
  for (const end of [300, 512 + 100, 512 * 3 + 20])
    await assert.rejects(read(bytes.subarray(0, end)), /cut off/);
  const damaged = Buffer.from(bytes);
  damaged[3] = 0;
  await assert.rejects(read(damaged), /no archive/);
  await assert.rejects(read(Buffer.alloc(2_000, 'x')), /no archive/);
  assert.deepEqual(await read(Buffer.alloc(0)), {});
  const grows: TarSource = {
    name: 'a',
    kind: 'file',
    size: 3,
    mode: 0,
    uid: 0,
    gid: 0,
    modified: new Date(),
    content: () => [Buffer.from('grown')],
  };
  const shrinks: TarSource = { ...grows, content: () => [Buffer.from('x')] };
  const written = async (entry: TarSource) => {
    const portions: Buffer[] = [];
    for await (const portion of writeTar([entry])) portions.push(portion);
    return (await read(Buffer.concat(portions))).a;
  };
  assert.deepEqual(await written(grows), ['file', 0, '', 'gro']);
  await assert.rejects(written(shrinks), /became shorter/);
});

test('each name of bytes comes back, and none is taken for another', () => {
  const names = ['a', 'ä', 'n\xff', '\x80\x80', 'a\uef80b'].map((name, at) =>
    at === 1 || at === 4 ? Buffer.from(name) : Buffer.from(name, 'latin1'),
  );
  for (const bytes of names) assert.deepEqual(bytesOfName(nameOfBytes(bytes)), bytes);
  assert.equal(new Set(names.map(nameOfBytes)).size, names.length);
  assert.equal(shownName(nameOfBytes(Buffer.from('n\xff', 'latin1'))), 'n\\xff');
  assert.ok(names.every((bytes) => nameOfBytes(bytes).isWellFormed()));
});
>>>>>>> wip/files
