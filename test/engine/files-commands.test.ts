// Files brought into containers, made, renamed and deleted from their nodes, as the command line shows them afterwards.

import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { agree, eventually, execute, executeFromElsewhere, screen } from './fake-vscode.ts';

const { docker, failures, limits, make, name, results } = await import('./container-world.ts');
const { below, fileNode, folder, node, oddities, settled } = await import('./file-world.ts');

const inside = (suffix: string, ...argv: string[]) => docker('exec', name(suffix), ...argv);
const local = path.join(folder, 'up load');
mkdirSync(path.join(local, 'deep'), { recursive: true });
writeFileSync(path.join(local, 'run.sh'), '#!/bin/sh\n');
chmodSync(path.join(local, 'run.sh'), 0o755);
writeFileSync(path.join(local, 'deep', 'ä\n-x'), 'odd');
writeFileSync(path.join(local, 'deep', 'empty'), '');
writeFileSync(path.join(local, `${'long '.repeat(40)}`), 'long');
symlinkSync('run.sh', path.join(local, 'link'));

test('Upload brings files and folders in, for the owner of the folder', limits, async () => {
  await make('up', [], 'sh', '-c', `${oddities}\nchown 56:78 sub; sleep 1000`);
  await settled('up');
  screen.choose = () => local;
  await execute('wheelhouse.files.uploadFolder', await fileNode('up', 'data', 'sub'));
  assert.match(results.at(-1)?.message ?? '', /^up load \(17 B\) is in \/data\/sub now\.$/);
  assert.equal(
    await inside(
      'up',
      'sh',
      '-c',
      'cd "/data/sub/up load" && ./run.sh && cat deep/*-x long* && readlink link',
    ),
    'oddlongrun.sh',
  );
  assert.equal(await inside('up', 'stat', '-c', '%a %u:%g', '/data/sub/up load/run.sh'), '755 56:78');
  assert.ok((await below(await fileNode('up', 'data', 'sub'))).some(({ label }) => label === 'up load'));
  // Into one that is stopped, without a dialogue.
  await docker('stop', '--time=0', name('up'));
  const request = { in: name('up'), path: '/data/sub', from: [path.join(local, 'run.sh')] };
  await executeFromElsewhere('wheelhouse.files.upload', request);
  await docker('cp', `${name('up')}:/data/sub/run.sh`, path.join(folder, 'back'));
  assert.match(results.at(-1)?.message ?? '', /^run\.sh \(10 B\) is in/);
});

test('Upload asks before it replaces, and takes back what it began', limits, async () => {
  await make('again', [], 'sh', '-c', `${oddities}\nsleep 1000`);
  await settled('again');
  const mine = path.join(folder, 'a');
  writeFileSync(mine, 'mine');
  const request = { in: name('again'), path: '/data', from: [mine] };
  assert.equal(await execute('wheelhouse.files.upload', request), undefined);
  assert.match(screen.shown.at(-1)?.text ?? '', /^a is in \/data already\. Replace it/);
  assert.equal(await inside('again', 'cat', '/data/a'), 'hi');
  screen.press = agree;
  await execute('wheelhouse.files.upload', request);
  screen.press = () => undefined;
  assert.equal(await inside('again', 'cat', '/data/a'), 'mine');

  const big = path.join(folder, 'big');
  writeFileSync(big, '');
  truncateSync(big, 3_000_000_000);
  screen.cancelAfterMs = 500;
  await execute('wheelhouse.files.upload', { ...request, from: [big] });
  assert.equal(failures.at(-1)?.id, 'cancelled');
  assert.equal(await inside('again', 'sh', '-c', 'ls /data | grep -c big || :'), '0');
  assert.match(failures.at(-1)?.remedy ?? '', /^Nothing new was made/);

  // In place of one that was there, and into one that does not run, what was begun stays, which is said.
  const toldPart = async (container: string) => {
    screen.cancelAtReport = /^\d{2,} MB(?: ·|$)|GB(?: ·|$)/;
    await execute('wheelhouse.files.upload', { ...request, in: container, from: [big] });
    assert.equal(failures.at(-1)?.id, 'cancelled', JSON.stringify(failures.at(-1)));
    assert.match(failures.at(-1)?.remedy ?? '', /^A part of it may be in \/data now: big\. Upload it again/);
  };
  await inside('again', 'sh', '-c', 'echo old >/data/big');
  screen.press = agree;
  await toldPart(name('again'));
  screen.press = () => undefined;
  await inside('again', 'rm', '-f', '/data/big');
  await make('halted', [], 'mkdir', '/data');
  await docker('wait', name('halted'));
  await toldPart(name('halted'));
  assert.match(await docker('diff', name('halted')), /^A \/data\/big$/m);
  await execute('wheelhouse.files.upload', { ...request, from: [path.join(folder, 'nothing')] });
  assert.match(failures.at(-1)?.message ?? '', /Uploading to \/data failed/);
  await execute('wheelhouse.files.upload', { ...request, path: '/data/l' });
  assert.equal(failures.at(-1)?.id, 'not-a-folder');
});

test('what is dropped onto a folder, or beside a file, is uploaded', limits, async () => {
  const { options } = screen.trees.get('wheelhouse.containers') ?? {};
  const { dragAndDropController: controller } = options as unknown as {
    dragAndDropController: { handleDrop(node: unknown, data: unknown): Promise<void> };
  };
  const drop = (file: string) => ({
    get: (kind: string) =>
      kind === 'text/uri-list' ? { asString: async () => `file://${file}\r\n` } : undefined,
  });
  writeFileSync(path.join(folder, 'dropped'), 'dropped');
  await controller.handleDrop(await fileNode('again', 'data', 'odd dir'), drop(path.join(folder, 'dropped')));
  assert.equal(await inside('again', 'cat', '/data/odd dir/dropped'), 'dropped');
  await controller.handleDrop(await fileNode('again', 'data', 'l'), drop(path.join(folder, 'dropped')));
  assert.equal(await inside('again', 'cat', '/data/dropped'), 'dropped');
  const count = results.length;
  await controller.handleDrop(await node('again'), drop(path.join(folder, 'dropped')));
  assert.equal(results.length, count, 'a container is no folder');
});

test('New File, New Folder and Rename ask for a name that can be one', limits, async () => {
  const answers = ['a/b', '', '..', 'x'.repeat(256), undefined];
  for (const answer of answers) {
    screen.answer = () => answer;
    assert.equal(await execute('wheelhouse.files.newFile', await fileNode('again', 'data')), undefined);
  }
  screen.answer = () => 'note -n $(x).md';
  await execute('wheelhouse.files.newFile', await fileNode('again', 'data'));
  assert.equal(await inside('again', 'sh', '-c', 'stat -c %s /data/note*'), '0');
  screen.answer = () => 'new folder';
  await execute('wheelhouse.files.newFolder', await fileNode('again', 'data'));
  assert.equal(await inside('again', 'stat', '-c', '%F', '/data/new folder'), 'directory');
  await execute('wheelhouse.files.newFolder', await fileNode('again', 'data'));
  assert.equal(failures.at(-1)?.id, 'file-exists');
  screen.answer = () => 'model.bin';
  await execute('wheelhouse.files.rename', await fileNode('again', 'data', 'a'));
  assert.equal(results.at(-1)?.message, 'a is called model.bin now.');
  assert.equal(await inside('again', 'cat', '/data/model.bin'), 'mine');
  screen.answer = () => undefined;
  await executeFromElsewhere('wheelhouse.files.rename', { in: name('again'), path: '/data/l', name: 'sub' });
  assert.equal(failures.at(-1)?.id, 'file-exists');
  await executeFromElsewhere('wheelhouse.files.rename', { in: name('again'), path: '/data/l', name: '../l' });
  assert.equal(failures.at(-1)?.id, 'file-name');
});

test('Delete asks, with how much goes; a key means the selection of the view', limits, async () => {
  const remove = async (...names: string[]) =>
    execute('wheelhouse.files.remove', await fileNode('again', 'data', ...names));
  assert.equal(await remove('odd dir'), undefined);
  assert.match(screen.shown.at(-1)?.text ?? '', /^Delete \/data\/odd dir\?$/);
  assert.match(screen.shown.at(-1)?.detail ?? '', /2 files with 12 B are lost\.$/);
  screen.press = agree;
  await remove('odd dir');
  const view = screen.trees.get('wheelhouse.containers')?.view;
  assert.ok(view);
  view.selection = [await fileNode('again', 'data', 'tr '), await fileNode('again', 'data', 'new\nline')];
  await executeFromElsewhere('wheelhouse.containers.remove', { selection: true });
  view.selection = [];
  assert.equal(results.at(-1)?.message, '2 files and folders were deleted.');
  const left = (await inside('again', 'ls', '-A', '/data')).split('\n');
  assert.ok(left.includes('model.bin') && !left.includes('odd dir') && !left.includes('tr '), left.join());
  const asked = screen.shown.length;
  await execute('wheelhouse.files.remove', { in: name('again'), path: '/' });
  assert.equal(failures.at(-1)?.id, 'files-all');
  // A program that is about to run in it as it is paused never ends, nor does what comes after it.
  await eventually(
    async () => (await docker('inspect', '--format', '{{len .ExecIDs}}', name('again'))) === '0',
  );
  await docker('pause', name('again'));
  await execute('wheelhouse.files.remove', { in: name('again'), path: '/data/model.bin' });
  assert.equal(failures.at(-1)?.id, 'container-paused');
  await docker('unpause', name('again'));
  await docker('stop', '--time=0', name('again'));
  await execute('wheelhouse.files.remove', { in: name('again'), path: '/data/model.bin' });
  screen.press = () => undefined;
  assert.equal(failures.at(-1)?.id, 'container-not-running');
  assert.equal(failures.at(-1)?.action?.command, 'wheelhouse.containers.start');
  const questions = screen.shown.slice(asked).filter(({ kind }) => kind === 'modal');
  assert.deepEqual(questions, [], 'nobody is asked what cannot be done');
});
