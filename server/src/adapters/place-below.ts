import { lstat, readlink, realpath } from 'node:fs/promises';
import path from 'node:path';

const separator = path.sep === '/' ? '/' : /[\\/]/;
/** As many links as Linux follows for one path (path_resolution(7)). */
const mostLinks = 40;

/**
 * Where a path leads to when its links are followed; undefined where that is outside of some folders, or nowhere. Each
 * link is looked at before it is followed, so that nothing outside is touched: on Windows a look at another computer's
 * share already sends it this user's name.
 */
export async function placeBelow(file: string, folders: readonly string[]): Promise<string | undefined> {
  const known = (await Promise.all(folders.map(withReal))).flat();
  const root = known.find((folder) => partsBelow(folder, file));
  if (root === undefined) return undefined;
  let at = root;
  let rest = partsBelow(root, file) ?? [];
  for (let links = 0; rest.length > 0; ) {
    const [part = '', ...others] = rest;
    rest = others;
    const next = path.join(at, part);
    if (!known.some((folder) => partsBelow(folder, next))) return undefined;
    if (part === '..' || part === '.' || part === '') at = next;
    else if (!(await lstat(next)).isSymbolicLink()) at = next;
    else {
      if (++links > mostLinks) return undefined;
      const target = await readlink(next);
      const above = path.isAbsolute(target) ? known.find((folder) => partsBelow(folder, target)) : at;
      if (above === undefined) return undefined;
      // Not normalized: `..` behind a link means the folder above the one that the link leads to.
      const parts = (path.isAbsolute(target) ? target.slice(above.length) : target).split(separator);
      at = above;
      rest = [...parts, ...rest];
    }
  }
  return at;
}

/** A workspace folder may itself be a link, or lie below one, as `/tmp` is on macOS: whoever opened it meant that. */
async function withReal(folder: string): Promise<string[]> {
  const plain = path.resolve(folder);
  try {
    return [...new Set([plain, await realpath(plain)])];
  } catch {
    return [plain];
  }
}

/** The names that lead from a folder to a path below it; undefined for a path elsewhere. */
function partsBelow(folder: string, file: string): string[] | undefined {
  const relative = path.relative(folder, file);
  if (relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative))
    return undefined;
  return relative === '' ? [] : relative.split(path.sep);
}
