// Tells when files change that other programs write, also where they, or the folders that they lie in, are not there yet. Nothing
// runs meanwhile: the system tells.
import { type FSWatcher, readdirSync, realpathSync, statSync, watch } from 'node:fs';
import path from 'node:path';

/** A program writes a file in steps, and folders with what is in them. */
const gatherMs = 100;
const mostFolders = 200;
/** Elsewhere the system tells of folders below as well, and one that is followed could not be removed on Windows. */
const oneByOne = process.platform === 'linux';

type Names = Set<string> | 'all';
type Following = { readonly watcher: FSWatcher; readonly inode: number | undefined; names: Names };

/** Of a folder, what is in it and in the folders of it counts. Ends when what is returned is called. */
export function followFiles(files: readonly string[], changed: () => void): () => void {
  const followed = new Map<string, Following>();
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const end = (folder: string) => {
    followed.get(folder)?.watcher.close();
    followed.delete(folder);
  };
  const heard = (folder: string, name: string | null) => {
    const { names } = followed.get(folder) ?? {};
    const isOfIt = names && (names === 'all' || name === null || names.has(name));
    if (ended || !(isOfIt || name === path.basename(folder))) return;
    // Before it is told: what is written into a new folder from here on is told anew.
    adjust();
    clearTimeout(timer);
    timer = setTimeout(changed, gatherMs);
  };
  const adjust = () => {
    const wanted = foldersOf(files);
    for (const [folder, { inode }] of followed)
      if (!wanted.has(folder) || inode !== inodeOf(folder)) end(folder);
    for (const [folder, names] of wanted) {
      const known = followed.get(folder);
      if (known) known.names = names;
      else if (followed.size < mostFolders) begin(folder, names);
    }
  };
  const begin = (folder: string, names: Names) => {
    const inode = inodeOf(folder);
    try {
      const options = { persistent: false, recursive: !oneByOne && names === 'all' };
      const watcher = watch(folder, options, (_, name) => heard(folder, name));
      watcher.on('error', () => end(folder));
      followed.set(folder, { watcher, inode, names });
    } catch {
      // It is gone again, or the system follows no more; Refresh is left.
    }
  };
  adjust();
  return () => {
    ended = true;
    clearTimeout(timer);
    for (const folder of [...followed.keys()]) end(folder);
  };
}

/** Which folders are followed for these files, and for which names in them. */
function foldersOf(files: readonly string[]): ReadonlyMap<string, Names> {
  const folders = new Map<string, Names>();
  const add = (folder: string, name: string) => {
    const names = folders.get(folder) ?? new Set();
    if (names !== 'all') folders.set(folder, names.add(name));
  };
  for (const file of files) {
    const real = realOf(file);
    for (const place of new Set([file, real ?? file])) {
      let name = place;
      while (path.dirname(name) !== name && !isFolder(path.dirname(name))) name = path.dirname(name);
      add(path.dirname(name), path.basename(name));
    }
    if (!isFolder(file)) continue;
    folders.set(file, 'all');
    for (const each of oneByOne ? foldersIn(file) : []) folders.set(each, 'all');
  }
  return folders;
}

const isFolder = (file: string) => attempt(() => statSync(file).isDirectory()) ?? false;
const inodeOf = (file: string) => attempt(() => statSync(file).ino);
/** Of a link, the place that it leads to, as command lines write there. */
const realOf = (file: string) => attempt(() => realpathSync(file));

const foldersIn = (folder: string): readonly string[] =>
  attempt(() =>
    readdirSync(folder, { withFileTypes: true })
      .filter((each) => each.isDirectory())
      .map(({ name }) => path.join(folder, name)),
  ) ?? [];

function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
