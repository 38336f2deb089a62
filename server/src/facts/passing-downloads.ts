import type { ShellCommand } from '../syntax/shell.ts';
import { plainWords } from './command-flags.ts';
import { filesOf } from './context-sources.ts';
import { type CopiedFolder, contextPathOf } from './copied-folder.ts';
import { follow } from './project-commands.ts';

/** The installer of pip, which reads nothing but what comes with it (pip documentation, "Installation"). */
const installer = 'get-pip.py';

/** Notes that a command downloads the installer of pip, where the project has no such file. */
export function noteDownloads(folder: CopiedFolder, { name, args }: ShellCommand, cwd: string): void {
  const words = args.map(({ value }) => value);
  const isFetched = words.some((word) => word.includes('://') && word.endsWith(`/${installer}`));
  const place = follow(cwd, installer);
  if (!isFetched || place === undefined || !keepsName(name, words)) return;
  const path = contextPathOf(folder, place);
  const { context } = folder;
  if (path === undefined || (context?.files?.isComplete && filesOf(context, path).length === 0))
    folder.downloads.add(place);
}

/** Whether a download has its own name, in the folder in which the command runs (curl(1), wget(1)). */
function keepsName(name: string, words: readonly string[]): boolean {
  const flag = words.findIndex((word) => /^-[a-zA-Z]*[oOP]$|^--(?:output|remote|directory)/.test(word));
  const [given = '', value] = words.slice(Math.max(flag, 0));
  if (name === 'wget') return flag < 0 || (/^-[a-zA-Z]*O$/.test(given) && value === installer);
  if (name !== 'curl' || flag < 0) return false;
  return /^-[a-zA-Z]*O$|^--remote-name$/.test(given) || (/^-[a-zA-Z]*o$/.test(given) && value === installer);
}

export function isDownloaded({ downloads }: CopiedFolder, word: string, cwd: string): boolean {
  const place = downloads.size === 0 || word.startsWith('-') ? undefined : follow(cwd, word);
  return place !== undefined && downloads.has(place);
}

/** Whether a command removes such files alone, or runs one. */
export function isOfDownloads(folder: CopiedFolder, command: ShellCommand, cwd: string): boolean {
  const words = plainWords(command).map(({ value }) => value);
  const own = command.name === 'rm' ? words : words.slice(0, 1);
  return (
    own.length > 0 &&
    own.every((word) => isDownloaded(folder, word, cwd)) &&
    !command.args[0]?.value.startsWith('-m')
  );
}
