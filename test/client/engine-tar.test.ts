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
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
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
  }
  return found;
}

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
