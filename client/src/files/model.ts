// Files without VS Code: paths, what a listing says, and how it is shown.
import { t } from '@vscode/l10n';
import type { FileEntry } from '../engine/file-tree.ts';
import { bytesOfName } from '../engine/path-bytes.ts';
import { partsOf } from '../engine/tar.ts';
import { formatBytes } from '../ui/words.ts';

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

export function entryWords({ words, ...entry }: FileEntry): string {
  return [words, kindWords(entry)].filter(Boolean).join(' · ');
}

function kindWords({ kind, size, toFolder, isGone }: FileEntry): string {
  if (isGone) return '';
  if (kind === 'link') return toFolder ? t('link to a folder') : t('link');
  if (kind === 'other') return t('device, pipe or socket');
  return kind === 'file' && size !== undefined ? formatBytes(size) : '';
}

/** More is not shown: nobody looks through it in a tree. */
export const mostChanges = 2_000;

/** Says what is wrong with a name for a file, if anything. */
export function checkName(name: string): string | undefined {
  if (name.includes('/') || name.includes('\0')) return t('A name has no slash.');
  if (name === '' || name === '.' || name === '..') return t('Type a name.');
  return bytesOfName(name).length > 255 ? t('A name has 255 bytes at most.') : undefined;
}
