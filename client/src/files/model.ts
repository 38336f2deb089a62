// Files without VS Code: paths, what a listing says, and how it is shown.
import { t } from '@vscode/l10n';
import { bytesOfName, nameOfBytes } from '../engine/path-bytes.ts';
import { formatBytes } from '../ui/words.ts';
import type { FileEntry, FileKind, Listing } from './port.ts';

/** More of a folder is not shown: nobody looks through it in a tree. */
export const mostEntries = 2_000;

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

/** `a\tb` as `printf %b` reads it: no byte of a path means anything to a shell or gets lost on the way. */
export function octal(path: string): string {
  return [...bytesOfName(path)]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      return /[\w./-]/.test(char) ? char : `\\0${byte.toString(8).padStart(3, '0')}`;
    })
    .join('');
}

/** `path` from the first argument, which `octal` wrote. The underscore keeps a line end at its end. */
const readPath = 'path=$(printf %b_ "$1") && path=${path%_}';

/**
 * Says of each thing in a folder, with what every POSIX shell has built in, what it is: a kind, its name and a zero. Behind
 * another zero come sizes, where the image has `stat`.
 */
const listScript = `${readPath} && cd "$path" || exit 1
most=$2
count=0
set -- ./* ./.[!.]* ./..?*
for file do
  if [ -L "$file" ]; then if [ -d "$file" ]; then kind=D; else kind=l; fi
  elif [ -d "$file" ]; then kind=d
  elif [ -f "$file" ]; then kind=f
  elif [ -e "$file" ]; then kind=o
  else continue
  fi
  count=$((count + 1))
  [ "$count" -gt "$most" ] && break
  printf '%s%s\\000' "$kind" "$file"
done
[ "$count" -gt "$most" ] && printf 'more\\000' && exit 0
printf '\\000'
stat -c '%s %n' -- "$@" 2>/dev/null
exit 0`;

export const listCommand = (path: string) => ['sh', '-c', listScript, 'sh', octal(path), String(mostEntries)];

const letters: Readonly<Record<string, { readonly kind: FileKind; readonly toFolder?: boolean }>> = {
  d: { kind: 'folder' },
  f: { kind: 'file' },
  l: { kind: 'link' },
  D: { kind: 'link', toFolder: true },
  o: { kind: 'other' },
};

export function readListing(output: Buffer): Listing {
  const parts = output.toString('latin1').split('\0');
  const end = parts.findIndex((part) => part === '' || part === 'more');
  const sizes = new Map(
    (parts[end + 1] ?? '').split('\n').map((line) => {
      const blank = line.indexOf(' ');
      return [line.slice(blank + 1), Number(line.slice(0, blank))] as const;
    }),
  );
  const entries = parts.slice(0, end).flatMap((part): FileEntry[] => {
    const kind = letters[part[0] ?? ''];
    const name = part.slice('f./'.length);
    if (!kind || !name) return [];
    const size = kind.kind === 'file' ? sizes.get(part.slice(1)) : undefined;
    return [{ name: nameOfBytes(Buffer.from(name, 'latin1')), ...kind, size }];
  });
  return { entries, isWhole: end >= 0 && parts[end] !== 'more' };
}

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
