// Where links lead within a tree of files.
import { folderOf, joinPath, nameOf } from './model.ts';
import type { FileStat, FileTree } from './port.ts';

/** As many as Linux follows. */
const mostLinks = 40;

export type Followed = { readonly path: string; readonly stat: FileStat };

/** The thing itself where no link stands there; undefined where nothing is, or links lead in a circle. */
export async function follow(tree: FileTree, path: string, left = mostLinks): Promise<Followed | undefined> {
  const stat = await tree.stat(path);
  if (stat?.kind !== 'link') return stat && { path, stat };
  if (left === 0) return undefined;
  const above = folderOf(path);
  // `..` means the folder that one is in, and not the one through whose link one came.
  const folder = /(?:^|\/)\.\.(?:\/|$)/.test(stat.target) ? await realFolder(tree, above, left - 1) : above;
  return follow(tree, joinPath(folder, stat.target), left - 1);
}

async function realFolder(tree: FileTree, path: string, left: number): Promise<string> {
  if (path === '/') return path;
  const above = await realFolder(tree, folderOf(path), left);
  return (await follow(tree, joinPath(above, nameOf(path)), left))?.path ?? path;
}
