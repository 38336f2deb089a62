import type { ShellCommand } from '../syntax/shell.ts';
import { hasFlag, plainWords } from './command-flags.ts';

/** Whether a place in a shell text is in a subshell, a substitution or a text in quotes, where `cd` ends with it. */
export function isInSubshell(text: string, at: number): boolean {
  const open: string[] = [];
  for (let i = 0; i < at; i++) {
    const char = text[i] as string;
    const inside = open.at(-1);
    if (char === '\\' && inside !== "'") i++;
    else if (inside === "'" ? char === "'" : inside === '"' && char === '"') open.pop();
    else if (inside === "'") continue;
    else if (char === '"' || (char === "'" && inside !== '"')) open.push(char);
    else if (char === '(' && (inside !== '"' || text[i - 1] === '$')) open.push(char);
    else if (char === ')' && inside === '(') open.pop();
    else if (char === '#' && inside !== '"' && /\s/.test(text[i - 1] ?? '\n')) {
      const end = text.indexOf('\n', i);
      i = end < 0 ? at : end;
    }
  }
  return open.length > 0;
}

/**
 * Whether commands remove a folder that an earlier one of them went into, or all that is in it: the end of
 * `git clone … && cd … && make install && cd … && rm -rf …`.
 * @param start the folder in which they begin
 */
export function removesWorkFolder(commands: readonly ShellCommand[], start: string): boolean {
  const visited: string[] = [];
  let folder = start;
  return commands.some((command) => {
    const words = plainWords(command).map(({ value }) => value);
    const target = words.at(-1);
    if (command.name === 'cd' || command.name === 'pushd') {
      folder = target === undefined ? folder : follow(folder, target);
      if (target !== undefined) visited.push(folder);
      return false;
    }
    if (command.name !== 'rm' || !hasFlag(command, ['r', 'R', 'recursive'])) return false;
    return words.some((word) => visited.some((path) => covers(follow(folder, word), path)));
  });
}

/** A path from a folder on, with `..` followed. One that begins with a variable or `~` counts as absolute. */
function follow(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of (/^[/$~]/.test(path) ? `/${path}` : `${folder}/${path}`).split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** Whether removing one path, which may be a pattern, removes another or all in it. */
function covers(removed: string, path: string): boolean {
  const pattern = removed.search(/[*?[]|\{[^{},]*,/);
  if (pattern >= 0) return `${path}/`.startsWith(removed.slice(0, pattern));
  return path === removed || path.startsWith(`${removed}/`);
}
