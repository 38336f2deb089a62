// What runs in a container, with no more than every POSIX shell and its usual companions have; and what the answers say.

import type { FileEntry, FileKind, Listing, Owner } from '../engine/file-tree.ts';
import { bytesOfName, nameOfBytes } from '../engine/path-bytes.ts';

/** More of a folder is not shown: nobody looks through it in a tree. */
export const mostEntries = 2_000;

/** `a\tb` as `printf %b` reads it: no byte of a path means anything to a shell or gets lost on the way. */
export function octal(path: string): string {
  return [...bytesOfName(path)]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      return /[\w./-]/.test(char) ? char : `\\0${byte.toString(8).padStart(3, '0')}`;
    })
    .join('');
}

/** Told by a script that ran and failed: all else was said by the engine, as the container has no shell or does not run. */
const failedMark = '#wheelhouse-script';
export const scriptFailed = (error: unknown) => error instanceof Error && error.message.includes(failedMark);
export const withoutMark = (text: string) => text.replaceAll(failedMark, '').trim();

/** Paths reach it as what `octal` writes. The underscore keeps a line end at the end of one. */
const script =
  (body: string) =>
  (path: string, to = '', more = '') => [
    'sh',
    '-c',
    `path=$(printf %b_ "$1"); path=\${path%_}; to=$(printf %b_ "$2"); to=\${to%_}; more=$3
{ ${body}
} || { echo '${failedMark}' >&2; exit 1; }`,
    'sh',
    octal(path),
    octal(to),
    more,
  ];

/** A new file or folder belongs to whom its folder belongs to: the programs of the container go on with it. */
const likeFolder = `{ set -- $(ls -ldn "\${path%/*}/."); chown "$3:$4" "$path" 2>/dev/null; :; }`;

/** Keeps owner, mode, hard links, and what is mounted there. */
export const writeScript = script(
  `if [ -e "$path" ]; then cat >"$path"; else cat >"$path" && ${likeFolder}; fi`,
);
export const makeFolderScript = script(`mkdir "$path" && ${likeFolder}`);
export const removeScript = script('rm -rf "$path"');
export const renameScript = script(
  `if [ -e "$to" ] || [ -L "$to" ]; then
  [ "$more" = replace ] || { echo 'File exists' >&2; false; }
fi && { [ -z "$more" ] || rm -rf "$to"; } && mv "$path" "$to"`,
);
export const readScript = script('cat "$path"');
/** The folder that a path is in, and the name of the path. */
export const packScript = script('cd "$path" && tar -cf - "./$to"');
export const unpackScript = script('cd "$path" && tar -xf -');
export const ownerScript = script('ls -ldn "$path"');

/** User and group of what `ls -n` says. */
export function readOwner(output: Buffer): Owner | undefined {
  const [, uid, gid] = /^\S+ +\d+ +(\d+) +(\d+) /.exec(output.toString('latin1')) ?? [];
  return gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

/**
 * Says of each thing in a folder, with what the shell has built in, what it is: a kind, its name and a zero. Behind another
 * zero come sizes, where the image has `stat`.
 */
const list = script(`cd "$path" && {
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
  [ "$count" -gt "$more" ] && break
  printf '%s%s\\000' "$kind" "$file"
done
[ "$count" -gt "$more" ] && printf 'more\\000' && exit 0
printf '\\000'
stat -c '%s %n' -- "$@" 2>/dev/null
exit 0
}`);
export const listScript = (path: string) => list(path, '', String(mostEntries));

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
