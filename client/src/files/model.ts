// Files without VS Code: paths, what a listing says, and how it is shown.
import { t } from '@vscode/l10n';
import { formatBytes } from '../ui/words.ts';
import type { FileEntry } from './port.ts';

/** `/a/b` of `/a` and `b`, or of `/a/x` and `../b`. */
export function joinPath(folder: string, name: string): string {
  const parts: string[] = [];
  for (const part of (name.startsWith('/') ? name : `${folder}/${name}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

export const folderOf = (path: string) => joinPath(path, '..');
export const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** Of a name in an archive: `./a/b`, `/a/b`, `a/b/`. */
export const partsOf = (name: string) => name.split('/').filter((part) => part && part !== '.');

/** What stands directly in the folder whose archive begins with `root`; undefined for all else. */
export function childName(root: string, name: string): string | undefined {
  const above = partsOf(root);
  const own = partsOf(name);
  if (own.length !== above.length + 1 || above.some((part, at) => own[at] !== part)) return undefined;
  return own.at(-1);
}

/** Folders first, then by name. */
export function inOrder(entries: readonly FileEntry[]): readonly FileEntry[] {
  const rank = (entry: FileEntry) => (isFolder(entry) ? 0 : 1);
  return entries.toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

export const isFolder = ({ kind, toFolder }: FileEntry) => kind === 'folder' || toFolder === true;

export function entryWords({ kind, size, toFolder }: FileEntry): string {
  if (kind === 'link') return toFolder ? t('link to a folder') : t('link');
  if (kind === 'other') return t('device, pipe or socket');
  return kind === 'file' && size !== undefined ? formatBytes(size) : '';
}
