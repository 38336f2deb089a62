// What a container changed against its image: each file beside what it was, what is gone as it was there.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import type * as vscode from 'vscode';
import { execute, executeFromElsewhere, screen, Uri } from './fake-vscode.ts';

const { docker, ended, failures, files, image, limits, make, name } = await import('./container-world.ts');
const { below, folder, node, provider } = await import('./file-world.ts');

const standIns = async () =>
  (await docker('ps', '--all', '--quiet', '--filter', 'label=wheelhouse.stand-in-of'))
    .split('\n')
    .filter(Boolean);
const diffs: unknown[][] = [];
const opened: string[] = [];
screen.commands.set('vscode.diff', async (...given) => void diffs.push(given));
screen.commands.set('vscode.open', async (uri) => void opened.push(String(uri)));
const text = async (uri: unknown) => Buffer.from(await provider().readFile(uri as vscode.Uri)).toString();

async function changes(suffix: string) {
  const rows = await below(await node(suffix));
  return below(rows.find(({ label }) => label === 'Changed Files'));
}
async function press(suffix: string, label: string) {
  const found = (await changes(suffix)).find((one) => one.label === label);
  assert.ok(found?.open, `nothing opens ${label}`);
  const { command, arguments: args = [] } = found.open;
  return execute<{ shows?: string } | undefined>(command, ...args);
}

after(async () => {
  if (limits.skip) return;
  await files.release();
  assert.deepEqual(await standIns(), [], 'what was made to reach the image is gone');
});

test('Changed Files tells what became of the image', limits, async () => {
  const id = await make(
    'diff',
    [],
    'sh',
    '-c',
    'mkdir -p /srv/out && echo x >/srv/out/model; echo x >>/etc/profile; rm /etc/issue; mkdir /srv/bare',
  );
  await ended(id);
  const nodes = await below((await below(await node('diff'))).find(({ label }) => label === 'Changed Files'));
  const seen = nodes.map(({ label, description }) => `${label} ${description}`);
  const told = (await docker('diff', id)).split('\n');
  for (const line of ['A /srv/out/model', 'C /etc/profile', 'D /etc/issue'])
    assert.ok(told.includes(line), line);
  assert.deepEqual(
    seen.filter((line) => /^\/(?:srv|etc)/.test(line)),
    ['/etc/issue deleted', '/etc/profile changed', '/srv/bare added', '/srv/out/model added'],
  );
  const deleted = nodes.find(({ label }) => label === '/etc/issue');
  assert.ok(deleted && !/;file;/.test(deleted.context));
});

test('the folders that the engine made for mounts are no change of the container', limits, async () => {
  const volume = name('mounted');
  const mounts = ['--volume', `${volume}:/data/sets/a`, '--tmpfs', '/scratch', '--volume', '/srv:/made/for'];
  const id = await make('mounted', mounts, 'sh', '-c', 'echo x >/data/sets/a/kept; echo x >/data/lost');
  await ended(id);
  assert.match(await docker('diff', id), /^A \/data\/sets\/a$/m);
  assert.deepEqual(
    (await changes('mounted')).map(({ label }) => label),
    ['/data/lost'],
  );
  await docker('rm', '--force', id);
  await docker('volume', 'rm', volume);
});

test('a changed file opens beside what it was in the image, which stays as it is', limits, async () => {
  assert.deepEqual(await press('diff', '/etc/profile'), { shows: 'difference' });
  const [left, right, title, options] = diffs.at(-1) ?? [];
  assert.equal(title, `profile (${image} ↔ ${name('diff')})`);
  assert.deepEqual(options, { preserveFocus: true });
  const before = await docker('run', '--rm', image, 'cat', '/etc/profile');
  assert.equal((await text(left)).trim(), before);
  assert.equal((await text(right)).trim(), `${before}\nx`);
  const { permissions } = await provider().stat(left as vscode.Uri);
  assert.equal(permissions, 1, 'the left side is read-only');
  assert.notEqual((await provider().stat(right as vscode.Uri)).permissions, 1);
  await assert.rejects(
    async () =>
      provider().writeFile(left as vscode.Uri, Buffer.from('x'), { create: false, overwrite: true }),
    /image cannot be changed/,
  );
  // By name, as a keybinding gives it.
  const request = { in: name('diff'), path: '/etc/profile' };
  assert.deepEqual(await executeFromElsewhere('wheelhouse.files.difference', request), {
    shows: 'difference',
  });
});

test('what was added opens, and what was deleted opens as it was', limits, async () => {
  await press('diff', '/srv/out/model');
  assert.equal(await text(new Uri(opened.at(-1) ?? '')), 'x\n');
  await press('diff', '/etc/issue');
  assert.match(opened.at(-1) ?? '', /^wheelhouse-files:\/\/image-[0-9a-f]{64}\/etc\/issue/);
  assert.equal(
    (await text(new Uri(opened.at(-1) ?? ''))).trim(),
    (await docker('run', '--rm', image, 'cat', '/etc/issue')).trim(),
  );
  // It can be brought out as well.
  screen.choose = () => path.join(folder, 'issue');
  const gone = (await changes('diff')).find(({ label }) => label === '/etc/issue');
  await execute('wheelhouse.files.download', gone);
  assert.match(readFileSync(path.join(folder, 'issue'), 'utf8'), /\S/);
  // Of the two sides the one that there is.
  const only = (at: string) => execute('wheelhouse.files.difference', { in: name('diff'), path: at });
  assert.deepEqual(await only('/srv/out/model'), { shows: 'after' });
  assert.deepEqual(await only('/etc/issue'), { shows: 'before' });
  await only('/srv/bare');
  assert.equal(failures.at(-1)?.id, 'no-file-to-compare');
});

test('a file that is no text, and one of another mode alone, are told as such', limits, async () => {
  const id = await make(
    'odd',
    [],
    'sh',
    '-c',
    'printf "\\0\\1" >/etc/issue; printf "\\377\\376a\\0" >/etc/issue.net; chmod 600 /etc/profile; rm -r /etc/apt',
  );
  await ended(id);
  const count = diffs.length;
  assert.deepEqual(await press('odd', '/etc/issue'), { shows: 'binary' });
  assert.match(screen.shown.at(-1)?.text ?? '', /^\/etc\/issue is no text: it has \d+ B in .* and 2 B in /);
  assert.deepEqual(await press('odd', '/etc/profile'), { shows: 'same content' });
  assert.match(screen.shown.at(-1)?.text ?? '', /same content; its mode was 644 and is 600\.$/);
  assert.equal(diffs.length, count);
  assert.deepEqual(await press('odd', '/etc/issue.net'), { shows: 'difference' }, 'UTF-16 is text');
  await press('odd', '/etc/apt');
  assert.match(failures.at(-1)?.message ?? '', /^\/etc\/apt is a folder\.$/);
});

test('where the image is gone, one is told so', limits, async () => {
  const ref = `${name('gone')}:1`;
  await docker('commit', '--change', 'CMD ["sh","-c","echo y >>/etc/profile"]', name('diff'), ref);
  await docker('run', '--detach', '--name', name('of-gone'), ref);
  await ended(name('of-gone'));
  await docker('rmi', '--force', ref);
  await press('of-gone', '/etc/profile');
  assert.equal(failures.at(-1)?.id, 'image-gone');
  await docker('rm', name('of-gone'));
});
