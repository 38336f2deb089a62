// Files in containers saved from an editor, made, renamed and deleted, as the command line shows them afterwards.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { run } from '../parts/processes.ts';
import { workspace } from './fake-vscode.ts';

const { docker, ended, limits, make, name } = await import('./container-world.ts');
const { folder, oddities, provider, settled, uri } = await import('./file-world.ts');

const save = async (id: string, file: string, text: string, options = { create: false, overwrite: true }) =>
  provider().writeFile(uri(id, file), Buffer.from(text), options);
const inside = (suffix: string, ...argv: string[]) => docker('exec', name(suffix), ...argv);

test('Save keeps owner, mode, links and hard links in a running container', limits, async () => {
  const id = await make('save', [], 'sh', '-c', `${oddities}\nln a hard; sleep 1000`);
  await settled('save');
  await save(id, '/data/l', 'through a link\n');
  assert.equal(await inside('save', 'stat', '-c', '%a %u %g %h %F', '/data/a'), '640 12 34 2 regular file');
  assert.equal(await inside('save', 'cat', '/data/hard'), 'through a link');
  assert.equal(await inside('save', 'readlink', '/data/l'), 'a');
  const bytes = Buffer.from([0, 255, 10, 13, 0]);
  const odd = "/data/odd dir/it's $(x) -n\n";
  await provider().writeFile(uri(id, odd), bytes, { create: true, overwrite: false });
  assert.equal(await inside('save', 'sh', '-c', 'cat "/data/odd dir/it"* | od -An -tx1'), '00 ff 0a 0d 00');
  assert.deepEqual(Buffer.from(await provider().readFile(uri(id, odd))), bytes);
  const big = Buffer.alloc(20_000_000, 'x');
  await provider().writeFile(uri(id, '/data/a'), big, { create: false, overwrite: true });
  assert.equal(await inside('save', 'stat', '-c', '%s', '/data/a'), '20000000');
  await assert.rejects(save(id, '/data/no', 'x'), { code: 'FileNotFound' });
  await assert.rejects(save(id, '/data/a', 'x', { create: true, overwrite: false }), { code: 'FileExists' });
  await assert.rejects(save(id, '/data', 'x'), { code: 'FileIsADirectory' });
  await assert.rejects(save(id, '/data/pipe', 'x'), /no file whose content/);
});

test('and in a stopped one, and where there is no shell', limits, async () => {
  for (const [suffix, command] of [
    ['saved', `${oddities}\nchown 56:78 sub`],
    ['bare', `${oddities}\nchown 56:78 sub; rm /bin/sh /bin/bash /bin/dash; sleep 1000`],
  ] as const) {
    const id = await make(suffix, [], 'bash', '-c', command);
    if (suffix === 'saved') await ended(id);
    else await settled(suffix);
    await save(id, '/data/l', 'later\n');
    await save(id, '/data/sub/new', 'made', { create: true, overwrite: false });
    await provider().createDirectory(uri(id, '/data/sub/folder'));
    const told = await run('sh', [
      '-c',
      `docker export ${id} | tar --numeric-owner -tvf - data/a data/l data/sub`,
    ]);
    const seen = told.stdout
      .split('\n')
      .map((line) => line.split(/ +/))
      .map(([mode, owner, size, , , file]) => `${mode} ${owner} ${size} ${file}`);
    for (const line of [
      '-rw-r----- 12/34 6 data/a',
      'lrwxrwxrwx 0/0 0 data/l',
      '-rw-r--r-- 56/78 4 data/sub/new',
      'drwxr-xr-x 56/78 0 data/sub/folder/',
    ])
      assert.ok(seen.includes(line), `${suffix}: ${line} of ${seen.join('\n')}`);
    const why = suffix === 'saved' ? /is not running, and files are deleted/ : /image has no program for it/;
    await assert.rejects(async () => provider().delete(uri(id, '/data/a'), { recursive: true }), why);
  }
});

test('what may not be written says so: read-only, mounted by itself, not trusted', limits, async () => {
  const file = path.join(folder, 'mounted');
  writeFileSync(file, 'of the machine');
  const id = await make(
    'closed',
    ['--read-only', '--volume', `${file}:/etc/mounted`, '--volume', `${file}:/etc/kept:ro`],
    'sleep',
    '1000',
  );
  await assert.rejects(
    save(id, '/etc/hostname2', 'x', { create: true, overwrite: true }),
    /may not write there/,
  );
  await assert.rejects(save(id, '/etc/kept', 'x'), /may not write there/);
  await save(id, '/etc/mounted', 'written');
  assert.equal(await inside('closed', 'cat', '/etc/mounted'), 'written');
  await docker('stop', '--time=0', id);
  await assert.rejects(save(id, '/etc/passwd', 'x'), /may not write there/);
  const open = await make('mounted', ['--volume', `${file}:/etc/mounted`], 'true');
  await ended(open);
  await assert.rejects(save(open, '/etc/mounted', 'later'), /mounted by itself/);
  workspace.isTrusted = false;
  try {
    await assert.rejects(async () => save(id, '/etc/mounted', 'x'), { code: 'NoPermissions' });
  } finally {
    workspace.isTrusted = true;
  }
});

test('what is in memory is written where the container sees it', limits, async () => {
  const id = await make('mem', ['--tmpfs', '/mem'], 'sh', '-c', 'echo a >/mem/file; sleep 1000');
  await settled('mem');
  await save(id, '/mem/file', 'bb');
  await save(id, '/mem/new', 'ccc', { create: true, overwrite: false });
  assert.equal(await inside('mem', 'sh', '-c', 'cat /mem/file /mem/new'), 'bbccc');
});

test('Rename and Delete do so, with any name, and take nothing else', limits, async () => {
  const id = await make('change', [], 'sh', '-c', `${oddities}\nsleep 1000`);
  await settled('change');
  const rename = (from: string, to: string, overwrite = false) =>
    provider().rename(uri(id, from), uri(id, to), { overwrite });
  await rename('/data/-dash', "/data/new\n'name'");
  assert.equal(await inside('change', 'sh', '-c', "cat /data/new*name\\'"), 'y');
  await assert.rejects(async () => rename("/data/new\n'name'", '/data/a'), /has that name already/);
  await rename("/data/new\n'name'", '/data/sub', true);
  assert.equal(await inside('change', 'cat', '/data/sub'), 'y');
  await provider().delete(uri(id, '/data/ld'), { recursive: true });
  assert.equal(await inside('change', 'cat', '/data/odd dir/inner/file'), 'deep');
  await provider().delete(uri(id, '/data/nu\uefff'), { recursive: true });
  await provider().delete(uri(id, '/data/odd dir'), { recursive: true });
  const left = (await inside('change', 'ls', '-A', '/data')).split('\n');
  assert.ok(!left.some((file) => file.startsWith('nu') || file === 'odd dir' || file === 'ld'), left.join());
  assert.ok(left.includes('a'));
  await assert.rejects(
    async () => provider().delete(uri(id, '/proc/version'), { recursive: true }),
    /does not allow it|may not write/,
  );
  await assert.rejects(async () => rename('/data/none', '/data/x'), /not there/);
});
