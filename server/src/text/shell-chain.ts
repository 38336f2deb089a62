import { type Edit, lineEnding } from './edit.ts';
import type { Span } from './span.ts';

/** Appends `&& command` to a chain of commands, in the style of its lines: `&&` at their beginning or at their end. */
export function appendToChain(text: string, chain: Span, command: string, escape: string): Edit {
  const source = text.slice(chain.start, chain.end).trimEnd();
  const at = chain.start + source.length;
  const span = { start: at, end: at };
  const lines = source.split('\n');
  if (lines.length === 1) return { span, text: ` && ${command}` };
  const join = ` ${escape}${lineEnding(text)}`;
  const leading = lines.findLast((line) => /^\s*&&/.test(line));
  if (leading !== undefined) {
    return { span, text: `${join}${/^\s*/.exec(leading)?.[0]}&& ${command}` };
  }
  const trailing = lines.findLastIndex((line) => line.trimEnd().endsWith(`&& ${escape}`));
  if (trailing >= 0) {
    return { span, text: ` &&${join}${/^\s*/.exec(lines[trailing + 1] ?? '')?.[0]}${command}` };
  }
  return { span, text: `${join} && ${command}` };
}
