// The files of running and stopped containers as nodes, in editors and brought out, held against what the command line says.

import assert from 'node:assert/strict';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { agree, execute, executeFromElsewhere, screen } from './fake-vscode.ts';

const { docker, ended, failures, limits, make, name, results } = await import('./container-world.ts');
const { below, fileNode, folder, node, oddities, provider, settled, uri } = await import('./file-world.ts');

const expected = [
  ['odd dir', '', 'folder'],
  ['sub', '', 'folder'],
  ['ld', 'link to a folder', 'folder'],
  ['-dash', '1 B', 'file'],
  ['.hidden', '1 B', 'file'],
  ['[x](command:y)', '1 B', 'file'],
  ['a', '3 B', 'file'],
  ['broken', 'link', 'file'],
  ['l', 'link', 'file'],
  ['new\nline', '', 'file'],
  ['nu\\xff', '1 B', 'file'],
  ['out', 'link', 'file'],
  ['pipe', 'device, pipe or socket', 'special'],
  ['tr ', '1 B', 'file'],
].toSorted();

async function assertOddities(suffix: string) {
  const drawn = await below(await fileNode(suffix, 'data'));
  const seen = drawn.map(({ label, description, context }) => [label, description, context.split(';')[1]]);
  assert.deepEqual(
    seen.map(([label, words, kind]) => [label, label === 'new\nline' ? '' : words, kind]).toSorted(),
    expected,
  );
  assert.equal(new Set(drawn.map(({ id }) => id)).size, drawn.length);
  const id = await docker('inspect', '--format', '{{.Id}}', name(suffix));
  const text = async (file: string) => Buffer.from(await provider().readFile(uri(id, file))).toString();
  for (const { value, label } of drawn) {
    if (['a', 'l', '-dash', 'nu\\xff', 'new\nline', 'tr '].includes(label))
      assert.equal((await text(value?.file.path ?? '')).length, 'al'.includes(label) ? 3 : 1, label);
  }
  assert.equal(await text('/data/sub/up'), 'hi\n');
  assert.equal(await text('/data/ld/inner/file'), 'deep\n');
  const link = await provider().stat(uri(id, '/data/ld'));
  assert.equal(link.type, 2 | 64);
  assert.equal((await provider().stat(uri(id, '/data/l'))).size, 3);
  assert.equal((await provider().stat(uri(id, '/data/broken'))).type, 64);
  await assert.rejects(async () => provider().stat(uri(id, '/data/no')), { code: 'FileNotFound' });
  await assert.rejects(async () => provider().readFile(uri(id, '/data/pipe')), /no file whose content/);
  const inner = await below(await fileNode(suffix, 'data', 'ld', 'inner'));
  assert.deepEqual(
    inner.map(({ label, description }) => [label, description]),
    [['file', '5 B']],
  );
}

test('files of a running container, with any name, are nodes and open', limits, async () => {
  await make('odd', [], 'sh', '-c', `${oddities}\nsleep 1000`);
  await settled('odd');
  await assertOddities('odd');
  const top = (await below(await fileNode('odd'))).map(({ label }) => label);
  assert.ok(
    ['bin', 'data', 'etc', 'proc', 'usr'].every((known) => top.includes(known)),
    String(top),
  );
});

test('and those of a stopped one, the same', limits, async () => {
  await make('stopped', [], 'sh', '-c', oddities);
  await ended(name('stopped'));
  await assertOddities('stopped');
  const top = (await below(await fileNode('stopped'))).map(({ label }) => label);
  assert.ok(
    ['bin', 'data', 'etc', 'usr'].every((known) => top.includes(known)),
    String(top),
  );
});

test('what archives do not show of a running container is read in it', limits, async () => {
  await make(
    'memory',
    ['--tmpfs', '/mem'],
    'sh',
    '-c',
    'echo kept >/mem/file; ln -s file /mem/link; sleep 1000',
  );
  await settled('memory');
  const id = await docker('inspect', '--format', '{{.Id}}', name('memory'));
  const text = async (file: string) => Buffer.from(await provider().readFile(uri(id, file))).toString();
  assert.equal(await text('/mem/file'), 'kept\n');
  assert.equal(await text('/mem/link'), 'kept\n');
  assert.match(await text('/proc/meminfo'), /^MemTotal:/);
  await assert.rejects(async () => provider().stat(uri(id, '/mem/none')), { code: 'FileNotFound' });
});

test('Download brings a file to where one says, and asks before it replaces another', limits, async () => {
  const to = path.join(folder, 'model.bin');
  screen.choose = () => to;
  await execute('wheelhouse.files.download', await fileNode('odd', 'data', 'a'));
  assert.equal(readFileSync(to, 'utf8'), 'hi\n');
  assert.match(results.at(-1)?.message ?? '', /^\/data\/a \(3 B\) is in .*model\.bin now\.$/);
  writeFileSync(to, 'mine');
  const asked = screen.shown.length;
  const argument = { in: name('odd'), path: '/data/a', to };
  assert.equal(await executeFromElsewhere('wheelhouse.files.download', argument), undefined);
  assert.equal(screen.shown.length, asked + 1);
  assert.match(screen.shown.at(-1)?.text ?? '', /model\.bin exists already\. Replace it/);
  assert.equal(readFileSync(to, 'utf8'), 'mine');
  screen.press = agree;
  await execute('wheelhouse.files.download', argument);
  screen.press = () => undefined;
  assert.equal(readFileSync(to, 'utf8'), 'hi\n');
});

test('Download brings a folder with its links, and the files that others lead to', limits, async () => {
  const to = path.join(folder, 'all');
  mkdirSync(to);
  screen.choose = () => to;
  await execute('wheelhouse.files.download', await fileNode('stopped', 'data'));
  const data = path.join(to, 'data');
  assert.equal(readFileSync(path.join(data, 'odd dir/inner/file'), 'utf8'), 'deep\n');
  assert.equal(readlinkSync(path.join(data, 'l')), 'a');
  assert.equal(readFileSync(path.join(data, 'new\nline'), 'utf8'), 'x');
  assert.ok(
    readdirSync(data, { encoding: 'buffer' }).some((file) => file.equals(Buffer.from('nu\xff', 'latin1'))),
  );
  assert.ok(lstatSync(path.join(data, 'out')).isFile());
  assert.equal(readFileSync(path.join(data, 'sub/up'), 'utf8'), 'hi\n');
  assert.equal(lstatSync(path.join(data, 'a')).mode & 0o777, 0o640);
  assert.match(results.at(-1)?.message ?? '', / Left out, as there is no content to bring along: pipe\.$/);
  assert.deepEqual(readdirSync(to), ['data'], 'nothing half-made beside it');
});

test('Download brings all that is selected into one folder', limits, async () => {
  const to = path.join(folder, 'several');
  mkdirSync(to);
  writeFileSync(path.join(to, 'a'), 'mine');
  screen.choose = () => to;
  const nodes = [await fileNode('odd', 'data', 'a'), await fileNode('odd', 'data', 'odd dir')];
  // What is there and shall stay is left out.
  await execute('wheelhouse.files.download', nodes[0], nodes);
  assert.ok(screen.shown.some(({ text }) => text === `${path.join(to, 'a')} exists already. Replace it?`));
  assert.deepEqual(readdirSync(to).toSorted(), ['a', 'odd dir']);
  assert.equal(readFileSync(path.join(to, 'a'), 'utf8'), 'mine');
  screen.press = ({ buttons }) => buttons[0];
  await execute('wheelhouse.files.download', nodes[0], nodes);
  screen.press = () => undefined;
  assert.equal(readFileSync(path.join(to, 'a'), 'utf8'), 'hi\n');
  assert.equal(readFileSync(path.join(to, 'odd dir/inner/file'), 'utf8'), 'deep\n');
  assert.match(results.at(-1)?.message ?? '', /^2 files and folders \(\d+ files, .*several now\.$/);
});

test('a download that fails or is cancelled leaves nothing', limits, async () => {
  const to = path.join(folder, 'none');
  mkdirSync(to);
  await docker('exec', name('odd'), 'sh', '-c', 'head -c 300000000 /dev/zero >/data/big');
  screen.cancelAfterMs = 60;
  await execute('wheelhouse.files.download', {
    in: name('odd'),
    path: '/data/big',
    to: path.join(to, 'big'),
  });
  assert.equal(failures.at(-1)?.id, 'cancelled');
  assert.deepEqual(readdirSync(to), []);
  await execute('wheelhouse.files.download', { in: name('odd'), path: '/data/a', to: path.join(to, 'no/a') });
  assert.equal(failures.at(-1)?.id, 'file-not-written');
  assert.equal(existsSync(path.join(to, 'no')), false);
  await execute('wheelhouse.files.download', { in: name('odd'), path: '/data/none', to: path.join(to, 'x') });
  assert.equal(failures.at(-1)?.id, 'file-gone');
  const opened = await execute<{ uri: string }>('wheelhouse.files.open', {
    in: name('odd'),
    path: '/data/a',
  });
  const id = (await docker('inspect', '--format', '{{.Id}}', name('odd'))).slice(0, 12);
  assert.match(opened.uri, new RegExp(`^wheelhouse-files://container-${id}\\+${name('odd')}/data/a`));
  const size = results.length;
  await execute('wheelhouse.files.open', { in: name('odd'), path: '/data/big' });
  assert.equal(failures.at(-1)?.id, 'file-too-large');
  assert.equal(failures.at(-1)?.action?.command, 'wheelhouse.files.download');
  assert.equal(results.length, size);
});

test(
  'Browse Files shows them, Copy Path copies; a key for containers takes no file for one',
  limits,
  async () => {
    const { value } = await node('odd');
    await execute('wheelhouse.files.browse', await node('odd'));
    assert.equal((screen.revealed.at(-1) as { id: string }).id, `files:${value?.container}`);
    await execute('wheelhouse.files.copyPath', await fileNode('odd', 'data', 'nu\\xff'));
    assert.equal(screen.copied.at(-1), '/data/nu\\xff');
    const asked = screen.shown.length;
    await execute('wheelhouse.containers.remove', await fileNode('odd', 'data'));
    assert.match(screen.shown.slice(asked)[0]?.text ?? '', /^Delete \/data\?$/);
    assert.equal(await docker('inspect', '--format', '{{.State.Running}}', name('odd')), 'true');
  },
);

test('what is gone meanwhile is told', limits, async () => {
  const id = await make('gone', [], 'true');
  await ended(id);
  const files = await fileNode('gone');
  await docker('rm', id);
  const [row] = await below(files);
  assert.equal(row?.id, `failed:${files.id}`);
  assert.match(row?.label ?? '', /not there any more/);
  await assert.rejects(async () => provider().stat(uri(id, '/etc')), /not there any more/);
});

test(
  'a folder with 5 GB in a stopped container is looked through for as long as one waits, and says so',
  limits,
  async () => {
    await make(
      'large',
      [],
      'sh',
      '-c',
      'mkdir /data; echo a >/data/a; truncate -s 5G /data/model.bin; echo z >/data/z',
    );
    await ended(name('large'));
    const began = performance.now();
    const nodes = await below(await fileNode('large', 'data'));
    assert.ok(performance.now() - began < 40_000);
    const labels = nodes.map(({ label, description }) => `${label} ${description}`);
    assert.deepEqual(labels.slice(0, 2), ['a 2 B', 'model.bin 5.4 GB']);
    assert.match(labels.at(-1) ?? '', /^(?:There is more|z)/);
    await execute('wheelhouse.files.open', { in: name('large'), path: '/data/model.bin' });
    assert.equal(failures.at(-1)?.id, 'file-too-large');
  },
);
