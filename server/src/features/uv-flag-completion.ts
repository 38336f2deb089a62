import { readOn, type UvCommand, type UvFlag, uvFlags, uvOfFlags } from '../data/uv-flags.ts';
import { uvValueFlags } from '../data/uv-value-flags.ts';
import { flagNames, plainWords } from '../facts/command-flags.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import { placeInside } from '../syntax/parse.ts';
import type { ShellCommand } from '../syntax/shell.ts';
import type { Instruction } from '../syntax/tree.ts';
import { isGap, runAt } from './at-place.ts';
import type { Completion, Offer } from './completion.ts';

/** A flag that is being typed, or the blank behind which one can stand. */
const flagBeingTyped = /(?:^|\s)(-[\w-]*(?:=[\w.]*)?)?$/;

/** The flags of uv that can be put at an offset, without those that the command has and those that uv refuses beside them. */
export function completeUvFlag(facts: FileFacts, offset: number): Completion | undefined {
  const { text } = facts.file;
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const match = flagBeingTyped.exec(line);
  if (!match || /^\s*#/.test(line)) return undefined;
  const run = runAt(facts, offset);
  if (!run || run.node.json || !/\buv\b/.test(run.node.text)) return undefined;
  const typed = match[1] ?? '';
  const start = offset - typed.length;
  const command = commandAt(facts, run, start);
  if (command?.name !== 'uv') return undefined;
  const flags = flagsAt(command, placeInside(run, start));
  if (!flags) return undefined;
  const rest = /^[\w-]*/.exec(text.slice(offset, offset + 100))?.[0] ?? '';
  const end = offset + rest.length;
  return { typed: { start, end }, offers: offersOf(flags, text[end] === '=') };
}

/** The innermost command that a place is in or right behind. */
function commandAt({ file: { text }, commands }: FileFacts, run: Instruction, place: number) {
  return commands(run).findLast((command) => {
    const { start, end } = run.at(command);
    return start < place && isGap(text.slice(end, place));
  });
}

/** The flags that can stand at a place in the instruction; undefined where none can. */
function flagsAt(
  { args }: ShellCommand,
  place: number,
): { readonly command: UvCommand; readonly flags: readonly UvFlag[] } | undefined {
  if (args.some(({ from, to }) => from < place && place < to)) return undefined;
  const before = args.filter(({ to }) => to <= place);
  const command = readCommand({ args: before });
  if (!command || before.some(({ value }) => value === '--')) return undefined;
  const valueFlags = uvValueFlags(command);
  const previous = before.at(-1)?.value ?? '';
  if (/^--?[\w-]+$/.test(previous) && valueFlags.includes(previous.replace(/^--?/, ''))) return undefined;
  const operands = plainWords({ args: before }, valueFlags).length - command.split(' ').length;
  // What stands behind the program is the program's own.
  if (command === 'run' && operands > 0) return undefined;
  const others = command === 'run' ? before : args.filter(({ from }) => from !== place);
  const present = new Set(others.flatMap(({ value }) => flagNames(value)));
  const isThere = ({ name, short }: UvFlag) =>
    present.has(name) || (short !== undefined && present.has(short));
  const flags = uvFlags[command].filter(
    (flag) => !isThere(flag) && !flag.not.some((name) => present.has(name)),
  );
  return { command, flags };
}

function readCommand(command: Pick<ShellCommand, 'args'>): UvCommand | undefined {
  const [first, second] = plainWords(command, uvValueFlags('build')).map(({ value }) => value);
  const name = first === 'pip' ? `pip ${second}` : first;
  return name !== undefined && Object.hasOwn(uvFlags, name) ? (name as UvCommand) : undefined;
}

/** First the flags, then those with a value to choose with each of them. */
function offersOf(
  { command, flags }: { readonly command: UvCommand; readonly flags: readonly UvFlag[] },
  hasValue: boolean,
): Offer[] {
  const documentation = `\`uv ${command}\` of uv ${uvOfFlags} (as known on ${readOn}).`;
  const names = flags.map(({ name, about, values }) => ({
    label: `--${name}`,
    detail: about,
    documentation,
    text: values && !hasValue ? `--${name}=` : `--${name}`,
  }));
  const chosen = flags.flatMap(({ name, about, values = [] }) =>
    values.map((value) => ({ label: `--${name}=${value}`, detail: about, documentation })),
  );
  return hasValue ? names : [...names, ...chosen];
}
