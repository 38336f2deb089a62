// Where links lead within a tree of files.

import type { FileStat, FileTree } from '../engine/file-tree.ts';
import { folderOf, joinPath } from './model.ts';

/** As many as Linux follows. */
const mostLinks = 40;

export type Followed = { readonly path: string; readonly stat: FileStat };

/** The thing itself where no link stands there; undefined where nothing is, or links lead in a circle. */
export async function follow(
  tree: Pick<FileTree, 'stat'>,
  path: string,
  left = mostLinks,
): Promise<Followed | undefined> {
  const stat = await tree.stat(path);
  if (stat?.kind !== 'link') return stat && { path, stat };
  return left && stat.target ? follow(tree, joinPath(folderOf(path), stat.target), left - 1) : undefined;
}
