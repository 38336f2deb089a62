import { commandWrappers, literalWrappers } from '../data/command-wrappers.ts';
import type { LocalSpan } from '../text/span.ts';

/** A word of a shell command; `value` has quotes and backslashes removed, expansions stay as written. */
export interface ShellWord extends LocalSpan {
  readonly raw: string;
  readonly value: string;
}

/** A simple command, seen through `sudo`, `env` and the like. */
export interface ShellCommand extends LocalSpan {
  /** Name of the program without its folder; empty when the command only assigns variables. */
  readonly name: string;
  readonly nameWord: ShellWord | undefined;
  /** The words behind the name. */
  readonly args: readonly ShellWord[];
  /** `X=1` before the command, as written. */
  readonly assignments: readonly ShellWord[];
  /** Names of the wrappers that were looked through, outermost first. */
  readonly wrappers: readonly string[];
  /** The command as hadolint sees it, its first word the name, where that is another. */
  readonly literal: ShellCommand | undefined;
}

/** More wrappers around one command are a broken file; each costs a look at all words behind it. */
const mostWrappers = 20;

export function makeCommand(
  span: LocalSpan,
  words: readonly ShellWord[],
  assignments: readonly ShellWord[],
  outer: readonly string[] = [],
): ShellCommand {
  const wrappers: string[] = [...outer];
  const assigned = [...assignments];
  let rest = words;
  for (;;) {
    const name = baseName(rest[0]?.value ?? '');
    const next = wrappers.length < mostWrappers ? skipWrapper(name, rest, assigned) : undefined;
    if (!next) {
      const seen = { ...span, name, nameWord: rest[0], args: rest.slice(1), assignments: assigned, wrappers };
      const first = words[0]?.value ?? '';
      const isLiteral = wrappers.length === 0 && first === name && !isLiteralWrapper(name);
      return { ...seen, literal: isLiteral ? undefined : literalCommand(span, words, assignments) };
    }
    wrappers.push(name);
    rest = next;
  }
}

/** The words behind a wrapper and its flags; undefined where the first word is none. Notes assignments on the way. */
function skipWrapper(name: string, words: readonly ShellWord[], assigned: ShellWord[]) {
  const wrapper = Object.hasOwn(commandWrappers, name) ? commandWrappers[name] : undefined;
  if (!wrapper) return undefined;
  const { valueFlags, longValueFlags = [], idleFlags = '' } = wrapper;
  let skip = 1;
  let positional = wrapper.positional ?? 0;
  for (; skip < words.length; skip++) {
    const word = words[skip] as ShellWord;
    const letter = /^-([^-])$/.exec(word.value)?.[1];
    if (letter && idleFlags.includes(letter)) return undefined;
    if (letter && valueFlags.includes(letter)) skip++;
    else if (word.value.startsWith('--') && longValueFlags.includes(word.value.slice(2))) skip++;
    else if (/^[A-Za-z_]\w*=/.test(word.value)) assigned.push(word);
    else if (!word.value.startsWith('-') && positional-- <= 0) break;
  }
  return skip < words.length ? words.slice(skip) : undefined;
}

const isLiteralWrapper = (name: string) => name === 'time' || Object.hasOwn(literalWrappers, name);

/** The command as hadolint takes it: its first word as written is the name, save for what its parser looks through. */
function literalCommand(
  span: LocalSpan,
  words: readonly ShellWord[],
  assignments: readonly ShellWord[],
): ShellCommand {
  let rest = words;
  while (rest[0]?.value === 'time' && rest.length > 1) {
    const next = rest.findIndex(({ value }, i) => i > 0 && !value.startsWith('-'));
    if (next < 0) break;
    rest = rest.slice(next);
  }
  const written = rest[0]?.value ?? '';
  const flags = Object.hasOwn(literalWrappers, written) ? literalWrappers[written] : undefined;
  let at = 0;
  if (flags !== undefined) {
    let next = 1;
    while (flags && /^-[cla]+$/.test(rest[next]?.value ?? ''))
      next += rest[next]?.value.endsWith('a') ? 2 : 1;
    if (rest[next] && !rest[next]?.value.startsWith('-')) at = next;
  }
  // The name stays among the words, as there.
  const nameWord = rest[at];
  return {
    ...span,
    name: nameWord?.value ?? '',
    nameWord,
    args: rest.slice(1),
    assignments,
    wrappers: [],
    literal: undefined,
  };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A word's text without quotes and backslashes, as the shell would pass it, save that expansions stay as written. */
export function shellValue(raw: string): string {
  if (!/["'\\]/.test(raw)) return raw;
  return raw.replace(/'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])/g, (_, single, double, escaped) => {
    if (single !== undefined) return single;
    if (double !== undefined) return double.replace(/\\(["\\$`])/g, '$1');
    return escaped === '\n' ? '' : escaped;
  });
}
