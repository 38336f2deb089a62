/** A path from a folder of the project; it begins with `..` or `/` where it leads out of the project. */
export function posixJoin(folder: string, path: string): string {
  if (path.startsWith('/') || path.startsWith('~')) return path;
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

export const isOutside = (path: string) => /^(?:\.\.(?:\/|$)|[/~]|[A-Za-z]:)/.test(path);

export const folderOf = (path: string) => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '');
export const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
/** The folders above a file, the nearest first; the last one is the project's own, `''`. */
export function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) folders.push(folder);
  return [...folders, ''];
}
