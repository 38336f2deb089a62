// New files and folders, other names, and deleting: asked for, done over the file system of editors, and told.
import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { FileTree } from '../engine/file-tree.ts';
import { shownName } from '../engine/path-bytes.ts';
import { failed, failureOf } from '../runtime/failures.ts';
import { ask } from '../ui/pickers.ts';
import { asText } from '../ui/plain-text.ts';
import { quietJob } from '../ui/quiet-job.ts';
import { confirm } from '../ui/say.ts';
import { formatBytes } from '../ui/words.ts';
import type { Workbench } from '../ui/workbench.ts';
import { fileExists, fileGone } from './failures.ts';
import { checkName, folderOf, joinPath, nameOf } from './model.ts';
import { type Place, uriOf } from './uri.ts';

const view = 'wheelhouse.containers';
/** Counting what is deleted reads through all of it. */
const countMs = 5_000;

type Files = { readonly workbench: Workbench; readonly provider: vscode.FileSystemProvider };

export async function make(
  { workbench, provider }: Files,
  tree: FileTree,
  { container, path: folder }: Place,
  kind: 'file' | 'folder',
  given?: string,
): Promise<Place | undefined> {
  const title =
    kind === 'file' ? t('New File in {0}', shownName(folder)) : t('New Folder in {0}', shownName(folder));
  const name = given ?? (await askName(title, ''));
  if (name === undefined) return undefined;
  const place = { container, path: joinPath(folder, name) };
  if (await tree.stat(place.path)) throw failed(fileExists(place.path));
  return quietJob<Place>(workbench, view, {
    kind: `files.new-${kind}`,
    title,
    async work() {
      if (kind === 'folder') await provider.createDirectory(uriOf(place));
      else await provider.writeFile(uriOf(place), new Uint8Array(), { create: true, overwrite: false });
      return { value: place, message: t('{0} was created.', shownName(place.path)) };
    },
  });
}

export async function rename(
  { workbench, provider }: Files,
  tree: FileTree,
  place: Place,
  given?: string,
): Promise<Place | undefined> {
  const { container, path } = place;
  await tree.mayTakeAway(path);
  const before = shownName(nameOf(path));
  const name = given ?? (await askName(t('Rename {0}', before), before));
  if (name === undefined || name === before) return undefined;
  const to = { container, path: joinPath(folderOf(path), name) };
  return quietJob<Place>(workbench, view, {
    kind: 'files.rename',
    title: t('Renaming {0}', before),
    async work() {
      await provider.rename(uriOf(place), uriOf(to), { overwrite: false });
      return { value: to, message: t('{0} is called {1} now.', before, name) };
    },
  });
}

export async function remove(
  { workbench, provider }: Files,
  treeOf: (place: Place) => FileTree,
  places: readonly Place[],
): Promise<{ readonly removed: readonly string[] } | undefined> {
  const [first] = places;
  if (!first) return undefined;
  for (const place of places) await treeOf(place).mayTakeAway(place.path);
  const counts = await Promise.all(places.map((place) => count(treeOf(place), place.path)));
  const files = counts.reduce((sum, { files }) => sum + files, 0);
  const bytes = formatBytes(counts.reduce((sum, { bytes }) => sum + bytes, 0));
  const more = counts.some(({ isWhole }) => !isWhole);
  const shown = shownName(first.path);
  const question =
    places.length > 1 ? t('Delete {0} files and folders?', places.length) : t('Delete {0}?', shown);
  const names = places
    .slice(0, 20)
    .map(({ path }) => asText(shownName(path)))
    .join(', ');
  const size = more
    ? t('At least {0} are lost; files counted so far: {1}.', bytes, files)
    : files === 1
      ? t('One file with {0} is lost.', bytes)
      : t('{0} files with {1} are lost.', files, bytes);
  if (!(await confirm(question, `${names}\n\n${size}`, t('Delete')))) return undefined;
  return quietJob(workbench, view, {
    kind: 'files.remove',
    title: places.length > 1 ? t('Deleting {0} files and folders', places.length) : t('Deleting {0}', shown),
    async work() {
      for (const place of places) await provider.delete(uriOf(place), { recursive: true });
      const removed = places.map(({ path }) => path);
      const message =
        places.length > 1
          ? t('{0} files and folders were deleted.', places.length)
          : t('{0} was deleted.', shown);
      return { value: { removed }, message };
    },
  });
}

async function count(tree: FileTree, path: string) {
  const stopped = AbortSignal.timeout(countMs);
  let files = 0;
  let bytes = 0;
  try {
    const stat = await tree.stat(path);
    if (stat && stat.kind !== 'folder') return { files: 1, bytes: stat.size, isWhole: true };
    for await (const entry of tree.read(path, stopped)) {
      if (entry.kind !== 'folder') files++;
      bytes += entry.size;
    }
  } catch (error) {
    if (failureOf(error)?.id === 'file-gone') throw failed(fileGone(path));
    return { files, bytes, isWhole: false };
  }
  return { files, bytes, isWhole: true };
}

async function askName(title: string, value: string): Promise<string | undefined> {
  const answers = await ask(title, [
    () => ({
      key: 'name',
      kind: 'input',
      title: t('Name'),
      prompt: t('Any characters but a slash.'),
      value,
      check: checkName,
    }),
  ]);
  return typeof answers?.name === 'string' ? answers.name : undefined;
}
