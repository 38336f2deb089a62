// What the archives of a container tell: bounded, as a folder's holds the content of all that is below.

import type { FileEntry, FileTree, Listing } from '../engine/file-tree.ts';
import type { Inside } from '../engine/inside.ts';
import { shownName } from '../engine/path-bytes.ts';
import { partsOf, readTar, type TarEntry } from '../engine/tar.ts';
import { failed, failureOf } from '../runtime/failures.ts';
import { explain, noOwner } from './failures.ts';
import { follow } from './follow.ts';
import { childName, folderOf, joinPath } from './model.ts';
import { mostEntries } from './scripts.ts';

/** As long as one waits for a list, and for the owner of a file that is saved. */
const listMs = 10_000;
const ownerMs = 60_000;
/** What stands at the top of most images, where all of it is too much to be passed over. */
const usualFolders =
  'app bin boot code data dev etc home lib lib64 media mnt models opt proc root run sbin srv src sys tmp usr var work workspace'.split(
    ' ',
  );
/** Whether a link leads to a folder is asked of so many. */
const mostLinks = 40;

/** Docker makes no archive of what has bytes in its name that are no UTF-8, but has it in the one of its folder. */
export async function* readArchive(
  inside: Inside,
  path: string,
  signal?: AbortSignal,
): AsyncGenerator<TarEntry> {
  const parts = path.split('/');
  const odd = parts.findIndex((part) => shownName(part) !== part);
  if (odd < 0) return yield* readTar(await inside.read(path, signal));
  const folder = parts.slice(0, odd).join('/') || '/';
  const rest = parts.slice(odd);
  let root: string | undefined;
  for await (const entry of readTar(await inside.read(folder, signal))) {
    if (root === undefined && entry.kind === 'link')
      return yield* readArchive(
        inside,
        joinPath(folderOf(folder), [entry.target, ...rest].join('/')),
        signal,
      );
    root ??= entry.name;
    const own = partsOf(entry.name).slice(partsOf(root).length);
    if (rest.every((part, at) => own[at] === part)) yield entry;
  }
}

export async function firstOf(inside: Inside, path: string): Promise<TarEntry | undefined> {
  try {
    for await (const entry of readArchive(inside, path)) return entry;
  } catch (error) {
    if (failureOf(explain('', error))?.id !== 'file-gone') throw error;
  }
  return undefined;
}

export async function listArchive(
  inside: Inside,
  path: string,
  tree: Pick<FileTree, 'stat'>,
): Promise<Listing> {
  const real = (await follow(tree, path))?.path ?? path;
  const found: FileEntry[] = [];
  // Also within one large file.
  const enough = AbortSignal.timeout(listMs);
  // Podman's command line leaves the root itself out.
  let root = real === '/' ? '' : undefined;
  let isWhole = true;
  try {
    for await (const entry of readArchive(inside, real, enough)) {
      if (root === undefined) {
        root = entry.name;
        if (entry.kind !== 'folder') throw new Error('Not a directory');
        continue;
      }
      const name = childName(root, entry.name);
      if (name !== undefined) {
        const kind = entry.kind === 'hardlink' ? 'file' : entry.kind;
        found.push({ name, kind, size: entry.kind === 'file' ? entry.size : undefined });
      }
      isWhole = found.length < mostEntries;
      if (!isWhole) break;
    }
  } catch (error) {
    if (!enough.aborted || root === undefined) throw error;
    isWhole = false;
  }
  if (root === undefined) throw new Error('No such file or directory');
  if (!isWhole && path === '/') {
    for (const name of usualFolders.filter((name) => !found.some((entry) => entry.name === name))) {
      const there = await tree.stat(joinPath(path, name));
      if (there) found.push({ name, kind: there.kind });
    }
  }
  let asked = 0;
  const entries: FileEntry[] = [];
  for (const entry of found) {
    const asks = entry.kind === 'link' && asked++ < mostLinks;
    // By way of the link and not of what the archive says of it, as links above it may lead elsewhere.
    const target = asks && (await follow(tree, joinPath(real, entry.name)).catch(() => undefined));
    entries.push(target ? { ...entry, toFolder: target.stat.kind === 'folder' } : entry);
  }
  return { entries, isWhole };
}

/** Podman's archives of a file or folder do not tell whose it is, and follow links; the one of the whole container does not. */
export async function exported(inside: Inside, path: string): Promise<TarEntry | undefined> {
  const wanted = partsOf(path).join('/');
  const enough = AbortSignal.timeout(ownerMs);
  try {
    const all = await inside.export(enough);
    if (!all) throw failed(noOwner(path));
    for await (const entry of readTar(all)) if (partsOf(entry.name).join('/') === wanted) return entry;
  } catch (error) {
    throw enough.aborted ? failed(noOwner(path)) : error;
  }
  return undefined;
}
