import { readGlob } from '../syntax/glob.ts';
import type { ShellCommand } from '../syntax/shell.ts';
import { trimEnd } from '../text/trim.ts';

/**
 * Whether a command, `rm` or `find … -delete`, removes a folder, one above it or what is in it. A word that begins with
 * a variable may be any of them.
 */
export function removesFolder({ name, args }: ShellCommand, folder: string): boolean {
  if (name !== 'rm' && name !== 'find') return false;
  return args.some(({ value }) => value.startsWith('$') || meansFolder(value, folder));
}

/** Whether a word means a folder, one above it or what is in it. */
export const meansFolder = (word: string, folder: string): boolean =>
  word === folder || word.startsWith(`${folder}/`) || covers(word, folder);

/** Whether a command removes what a program keeps in `.cache` of a home folder, whosever that is: `rm -rf ~/.cache/pip`. */
export function removesCacheOf({ name, args }: ShellCommand, program: string): boolean {
  const cache = new RegExp(`(?:^|/)\\.cache(?:/+(?:\\*|${program}(?:/+\\*?)?)?)?$`);
  return name === 'rm' && args.some(({ value }) => cache.test(value));
}

/** Whether a pattern of the shell, such as `/var/lib/{apt,dpkg}/*`, matches a folder, one above it or a file in it. */
function covers(pattern: string, folder: string): boolean {
  if (!pattern.startsWith('/')) return false;
  const globs = withoutBraces(trimEnd(pattern, /\//)).map((plain) => readGlob(plain, 'copy'));
  const parts = folder.split('/');
  const above = parts.map((_, i) => parts.slice(0, i + 1).join('/')).slice(2);
  return [...above, `${folder}/x_y.z`].some((path) => globs.some(({ matches }) => matches(path)));
}

/** What a pattern with `{a,b}` stands for; nothing where that is more than people write. */
function withoutBraces(pattern: string): string[] {
  let plain = [pattern];
  while (plain.length <= 64 && pattern.length <= 1000) {
    const [whole, words] = /\{([^{}]*)\}/.exec(plain[0] ?? '') ?? [];
    if (whole === undefined || words === undefined) return plain;
    plain = plain.flatMap((it) => words.split(',').map((word) => it.replace(whole, () => word)));
  }
  return [];
}
