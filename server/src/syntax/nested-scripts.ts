import { shellNames } from '../data/command-wrappers.ts';
import { trimEnd } from '../text/trim.ts';
import type { ShellCommand, ShellWord } from './shell-commands.ts';

/** A shell text inside a word of a command, written so that each character keeps its place. */
export interface NestedScript {
  readonly from: number;
  readonly text: string;
  /** The same stretch as it stands in the file. */
  readonly written: string;
  /** The program that reads it. */
  readonly by: string;
}

/**
 * Stands for a quote or backslash that the outer shell takes away: a letter to the grammar, and left out of values.
 * Of Unicode's private use area, so no text has it with a meaning.
 */
export const filler = '\ue000';

/** How the words of a command are quoted: by a shell, or as the strings of a JSON array. */
export type Quoting = 'shell' | 'json';

/** The shell texts that a command runs: `bash -c "…"`, `su -c '…'`, `eval …`. */
export function nestedScripts({ name, args }: ShellCommand, quoting: Quoting): NestedScript[] {
  if (name !== 'eval' && name !== 'su' && name !== 'runuser' && !shellNames.has(name)) return [];
  const words = name === 'eval' ? args : [commandString(name, args)].filter((word) => word !== undefined);
  const script = joinInPlace(words, quoting);
  return script ? [{ ...script, by: name }] : [];
}

/** Words as the program gets them, each at its place; undefined where one is written in a way that this cannot read. */
export function joinInPlace(
  words: readonly ShellWord[],
  quoting: Quoting,
): Omit<NestedScript, 'by'> | undefined {
  const from = words[0]?.from;
  if (from === undefined) return undefined;
  let text = '';
  let written = '';
  for (const word of words) {
    const plain = unquoteInPlace(word.raw, quoting);
    if (plain === undefined) return undefined;
    const gap = ' '.repeat(word.from - from - text.length);
    text += gap + plain;
    written += gap + word.raw;
  }
  return { from, text, written };
}

/** The word that a shell runs because of `-c`. */
function commandString(name: string, args: readonly ShellWord[]): ShellWord | undefined {
  if (name === 'su' || name === 'runuser') {
    const at = args.findIndex(({ value }) => /^-\w*c$/.test(value) || value === '--command');
    return at < 0 ? undefined : args[at + 1];
  }
  if (!shellNames.has(name)) return undefined;
  const { operands, flags } = readShellFlags(args);
  return flags.some((flag) => /^-\w*c/.test(flag)) ? operands[0] : undefined;
}

/** Whether a command is a shell that reads its script from standard input. */
export function readsStandardInput({ name, args }: ShellCommand): boolean {
  if (!shellNames.has(name)) return false;
  const { operands, flags } = readShellFlags(args);
  if (flags.some((flag) => /^-\w*c/.test(flag))) return false;
  return operands.length === 0 || flags.some((flag) => /^-\w*s/.test(flag));
}

function readShellFlags(args: readonly ShellWord[]) {
  const flags: string[] = [];
  let at = 0;
  for (; at < args.length; at++) {
    const value = args[at]?.value ?? '';
    if (!/^[-+]/.test(value)) break;
    flags.push(value);
    if (/^[-+]\w*[oO]$|^--(?:rc|init-)file$/.test(value)) at++;
    else if (value === '-' || value === '--') {
      at++;
      break;
    }
  }
  return { flags, operands: args.slice(at) };
}

const jsonEscapes: Readonly<Record<string, string>> = { b: ' ', f: ' ', n: '\n', r: ' ', t: '\t' };

/** A word as the program gets it, of equal length; undefined where it is written in a way that this does not know. */
function unquoteInPlace(raw: string, quoting: Quoting): string | undefined {
  const inner = quoting === 'json' ? unescapeJson(raw) : unquoteShell(raw);
  // At its ends blanks do, and keywords behind them stay keywords.
  if (inner === undefined) return undefined;
  const kept = trimEnd(inner, /\ue000/).replace(/^\ue000+/, (ends) => ' '.repeat(ends.length));
  return kept.padEnd(inner.length);
}

function unescapeJson(raw: string): string {
  return raw.replace(/^"|"$|\\u([0-9a-fA-F]{4})|\\(.)/g, (whole, code?: string, escaped?: string) => {
    const char = code ? String.fromCharCode(Number.parseInt(code, 16)) : escaped;
    if (char === undefined) return filler;
    const blank = escaped && jsonEscapes[escaped];
    return blank ? ` ${blank}` : filler.repeat(whole.length - 1) + char;
  });
}

function unquoteShell(raw: string): string | undefined {
  if (/\$['"]/.test(raw)) return undefined; // `$'…'` has escapes of its own
  return raw.replace(
    /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])/g,
    (_, single?: string, double?: string, escaped?: string) => {
      if (single !== undefined) return filler + single + filler;
      if (escaped !== undefined) return filler + escaped;
      return filler + (double ?? '').replace(/\\(["\\$`])/g, `${filler}$1`) + filler;
    },
  );
}
