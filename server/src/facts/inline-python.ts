import type { ShellCommand, ShellWord } from '../syntax/shell.ts';
import type { Instruction } from '../syntax/tree.ts';
import type { LocalSpan } from '../text/span.ts';

/** The text that `python -c` runs; undefined for other commands. */
export function inlinePython({ name, args }: ShellCommand): ShellWord | undefined {
  return /^python/.test(name) && args[0]?.value === '-c' ? args[1] : undefined;
}

/** Where a text calls one of some functions: their name, as `calls` matches it up to the bracket. */
export function callIn({ node }: Instruction, code: LocalSpan, calls: RegExp): LocalSpan | undefined {
  const match = calls.exec(node.text.slice(code.from, code.to));
  if (!match) return undefined;
  const from = code.from + match.index;
  return { from, to: from + match[0].replace(/\($/, '').trimEnd().length };
}
