// What is proposed where an archive is written: a name that the dialogue keeps, outside of the open folder.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import type { FileTree } from '../../client/src/engine/file-tree.ts';
import { screen } from '../engine/fake-vscode.ts';

const { bringOut } = await import('../../client/src/files/save.ts');
const { exportCommand, importCommand } = await import('../../client/src/volumes/transfer-commands.ts');
const { load, save } = await import('../../client/src/images/archive.ts');

const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse home '));
const homes = ['HOME', 'USERPROFILE'];
for (const name of homes) process.env[name] = folder;
after(() => rmSync(folder, { recursive: true }));

/** Both leave it at the dialogue, before anything of a workbench is asked. */
async function proposed() {
  screen.saveDialogues.length = 0;
  await exportCommand({} as never, { name: 'olddata', users: [] } as never, undefined);
  await save({} as never, ['registry.example/team/bikes:1.2'], undefined);
  return screen.saveDialogues.map(({ title, defaultUri, filters }) => ({
    title,
    file: defaultUri?.fsPath ?? '',
    extensions: Object.values(filters ?? {}).flat(),
  }));
}

test('archives are proposed for the downloads, else for the home folder, under a name that stays', async () => {
  const files = (at: string) => ['olddata.tar.gz', 'bikes-1.2.tar'].map((name) => path.join(at, name));
  const shown = await proposed();
  assert.deepEqual(
    shown.map(({ title }) => title),
    ['Export Volume olddata', 'Save Image'],
  );
  assert.deepEqual(
    shown.map(({ file }) => file),
    files(folder),
  );
  // VS Code's own dialogue adds an extension to a name whose last one is none of these.
  for (const { file, extensions } of shown) assert.ok(extensions.includes(path.extname(file).slice(1)), file);
  const downloads = path.join(folder, 'Downloads');
  mkdirSync(downloads);
  assert.deepEqual(
    (await proposed()).map(({ file }) => file),
    files(downloads),
  );
});

test('dialogues start where one was last, for what comes and what goes', async () => {
  const chosen = path.join(folder, 'elsewhere');
  mkdirSync(chosen);
  screen.choose = () => path.join(chosen, 'a.tar');
  // A file that is not there ends it behind the dialogue.
  await importCommand({} as never, undefined, '..').catch(() => undefined);
  screen.choose = () => undefined;
  assert.deepEqual(
    (await proposed()).map(({ file }) => path.dirname(file)),
    [chosen, chosen],
  );
  screen.openDialogues.length = 0;
  await importCommand({} as never, undefined, 'data');
  await load({} as never, undefined);
  assert.deepEqual(
    screen.openDialogues.map(({ defaultUri }) => path.resolve(defaultUri?.fsPath ?? '')),
    [chosen, chosen],
  );
  // A download as well, of a file and of a folder.
  const tree = { stat: async () => ({ kind, size: 1 }) } as unknown as FileTree;
  let kind = 'file';
  await bringOut({} as never, [{ tree, place: { container: 'c', path: '/metrics.json' } }]);
  assert.equal(screen.saveDialogues.at(-1)?.defaultUri?.fsPath, path.join(chosen, 'metrics.json'));
  kind = 'folder';
  await bringOut({} as never, [{ tree, place: { container: 'c', path: '/runs' } }]);
  assert.equal(path.resolve(screen.openDialogues.at(-1)?.defaultUri?.fsPath ?? ''), chosen);
  // Of several only the folder is asked for, and no name twice.
  const several = ['/a/x', '/b/x'].map((path) => ({ tree, place: { container: 'c', path } }));
  const [saves, opens] = [screen.saveDialogues.length, screen.openDialogues.length];
  screen.choose = () => chosen;
  await assert.rejects(bringOut({} as never, several), /^Error: Two of the selected files are named x/);
  screen.choose = () => undefined;
  assert.deepEqual([screen.saveDialogues.length, screen.openDialogues.length], [saves, opens + 1]);
  assert.equal(screen.openDialogues.at(-1)?.title, 'Folder to Download 2 Files Into');
  // One that has gone is none.
  rmSync(chosen, { recursive: true });
  assert.deepEqual(
    (await proposed()).map(({ file }) => path.dirname(file)),
    [path.join(folder, 'Downloads'), path.join(folder, 'Downloads')],
  );
});
