import { type Edit, lineEnding } from './edit.ts';
import type { Span } from './span.ts';

export interface ChainStyle {
  /** The escape character of the file; undefined in a heredoc, whose lines end commands. */
  readonly escape: string | undefined;
  /** A command that fails ends the script, so that another may follow on a line of its own. */
  readonly stopsOnError: boolean;
}

/**
 * Appends a command to those of a shell text, to run where they succeed, in the style of its lines: `&&` at their
 * beginning or at their end, or, where the script stops on errors, `;` at their end or lines of their own.
 */
export function appendToChain(
  text: string,
  chain: Span,
  command: string,
  { escape, stopsOnError }: ChainStyle,
): Edit {
  const source = text.slice(chain.start, chain.end).trimEnd();
  const at = chain.start + source.length;
  const span = { start: at, end: at };
  const lines = source.split('\n').map((line) => line.trimEnd());
  const newline = lineEnding(text);
  const join = ` ${escape ?? '\\'}${newline}`;
  const indentBelow = (index: number) => /^\s*/.exec(lines[index + 1] ?? '')?.[0] ?? '';
  const endsWith = (end: string) => lines.findLastIndex((line) => line.endsWith(`${end} ${escape ?? '\\'}`));

  const semicolon = endsWith(';');
  if (stopsOnError && escape !== undefined && semicolon >= 0) {
    return { span, text: `;${join}${indentBelow(semicolon)}${command}` };
  }
  if (stopsOnError && escape === undefined) {
    return { span, text: `${newline}${/^\s*/.exec(lines.findLast(Boolean) ?? '')?.[0]}${command}` };
  }
  const leading = lines.findLast((line) => /^\s*&&/.test(line));
  if (leading !== undefined) {
    return { span, text: `${join}${/^\s*/.exec(leading)?.[0]}&& ${command}` };
  }
  const trailing = endsWith('&&');
  if (trailing >= 0) return { span, text: ` &&${join}${indentBelow(trailing)}${command}` };
  const isOneLine = lines.length === 1 || escape === undefined;
  return { span, text: isOneLine ? ` && ${command}` : `${join} && ${command}` };
}
