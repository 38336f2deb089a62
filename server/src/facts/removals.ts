import type { ShellCommand } from '../syntax/shell.ts';

/**
 * Whether a command, `rm` or `find … -delete`, removes a folder, one above it or what is in it. A word that begins with
 * a variable may be any of them.
 */
export function removesFolder({ name, args }: ShellCommand, folder: string): boolean {
  if (name !== 'rm' && name !== 'find') return false;
  return args.some(
    ({ value }) => value.startsWith('$') || value.startsWith(`${folder}/`) || covers(value, folder),
  );
}

/** Whether a command removes what a program keeps in `.cache` of a home folder, whosever that is: `rm -rf ~/.cache/pip`. */
export function removesCacheOf({ name, args }: ShellCommand, program: string): boolean {
  const cache = new RegExp(`(?:^|/)\\.cache(?:/+(?:\\*|${program}(?:/+\\*?)?)?)?$`);
  return name === 'rm' && args.some(({ value }) => cache.test(value));
}

/** Whether a pattern of the shell, such as `/var/lib/{apt,dpkg}/*`, matches a folder, one above it or a file in it. */
function covers(pattern: string, folder: string): boolean {
  // A pattern with many wildcards would take long to match, and nobody writes one.
  if (!pattern.startsWith('/') || pattern.split(/[*?{]/).length > 6) return false;
  const source = pattern
    .replace(/\/+$/, '')
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '[^/]*')
    .replaceAll('?', '[^/]')
    .replace(/\{([^{}]*)\}/g, (_, words: string) => `(?:${words.replaceAll(',', '|')})`)
    .replace(/[{}]/g, '\\$&');
  const matches = new RegExp(`^${source}$`);
  const parts = folder.split('/');
  const above = parts.map((_, i) => parts.slice(0, i + 1).join('/')).slice(2);
  return [...above, `${folder}/x_y.z`].some((path) => matches.test(path));
}
