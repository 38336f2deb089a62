import { lstatSync } from 'node:fs';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

export interface SortedArguments {
  /** For parseArgs; each file that begins with a dash is marked, so that it is none of its options. */
  readonly sorted: readonly string[];
  /** Files that may have been meant as options. */
  readonly mistakable: readonly string[];
  readonly isHook: boolean;
}

/** No argument of a program can hold a NUL. */
const mark = '\0';
export const isMarked = (text: unknown): text is string => typeof text === 'string' && text.startsWith(mark);
export const unmark = (text: string) => (isMarked(text) ? text.slice(mark.length) : text);

/**
 * Tells files from options. Programs put the names of files behind our options, and who commits a file chooses its name: a
 * `--output=/home/…` among them would be written. So an argument that is an existing file is a file, unless `--` says where the
 * options end.
 *
 * pre-commit calls a hook with its entry, its `args` and the files, and nothing between the last two. The entry of ours ends in
 * `--hook --`: what follows are options up to the first file, and then files alone. `args` may end in a `--` of their own.
 */
export function filesFirst(args: readonly string[], options: ParseArgsOptionsConfig): SortedArguments {
  const end = args.indexOf('--');
  const isHook = end > 0 && args.slice(0, end).includes('--hook');
  if (isHook) {
    const behind = endOptions(markFiles(args.slice(end + 1)), options);
    return { sorted: [...args.slice(0, end), ...behind], mistakable: [], isHook };
  }
  const sorted = markFiles(args);
  return { sorted, mistakable: sorted.filter(isMarked).map(unmark), isHook };
}

function markFiles(args: readonly string[]): string[] {
  // A file of that name ends nothing.
  if (args.includes('--') && !isThere('--')) return [...args];
  return args.map((one) => (/^-./s.test(one) && isThere(one) ? mark + one : one));
}

function isThere(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

/** Puts `--` before the first file. */
function endOptions(args: readonly string[], options: ParseArgsOptionsConfig): string[] {
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const first = tokens.find(({ kind }) => kind === 'positional');
  const isEnded = tokens.some(
    ({ kind, index }) => kind === 'option-terminator' && (!first || index < first.index),
  );
  return isEnded || !first ? [...args] : [...args.slice(0, first.index), '--', ...args.slice(first.index)];
}
