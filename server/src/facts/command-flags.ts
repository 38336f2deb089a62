import type { ShellCommand, ShellWord } from '../syntax/shell.ts';

/** Whether a word is a flag; `-` and `--` are none. */
const isFlag = (word: string): boolean => /^-(?:-.|[^-])/.test(word);

/** The names of the flags in a word: `--x=y` is x, `-abc` is a, b and c; none where it is no flag. */
export function flagNames(word: string): readonly string[] {
  if (!isFlag(word)) return [];
  const name = word.split('=', 1)[0] as string;
  return name.startsWith('--') ? [name.slice(2)] : [...name.slice(1)];
}

/** Whether a command has one of the flags, given by name: `y`, `assume-yes`. */
export function hasFlag(command: ShellCommand, names: readonly string[]): boolean {
  return command.args.some(({ value }) => flagNames(value).some((name) => names.includes(name)));
}

/** How often a command has a flag: `-qq` counts as two. */
export function countFlag(command: ShellCommand, names: readonly string[]): number {
  return command.args.flatMap(({ value }) => flagNames(value)).filter((name) => names.includes(name)).length;
}

/**
 * The words of a command that are no flags.
 * @param valueFlags names of the flags that take the next word as their value, which is left out as well
 */
export function plainWords(
  { args }: Pick<ShellCommand, 'args'>,
  valueFlags: readonly string[] = [],
): readonly ShellWord[] {
  const takesNext = (word: ShellWord | undefined): boolean =>
    word !== undefined &&
    !word.value.includes('=') &&
    flagNames(word.value).some((name) => valueFlags.includes(name));
  return args.filter((word, i) => !isFlag(word.value) && !takesNext(args[i - 1]));
}
