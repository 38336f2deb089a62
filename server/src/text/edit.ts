import { overlaps, type Span } from './span.ts';

/** Replaces the text of a span; an empty span inserts. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** Applies edits that do not overlap, in any order. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    result += text.slice(at, edit.span.start) + edit.text;
    at = edit.span.end;
  }
  return result + text.slice(at);
}

/** Whether two sets of edits touch the same characters, or insert at the same place. */
export function editsConflict(a: readonly Edit[], b: readonly Edit[]): boolean {
  return a.some((x) => b.some((y) => overlaps(x.span, y.span) || x.span.start === y.span.start));
}

/** The line ending that a text uses: that of its first line. */
export function lineEnding(text: string): '\n' | '\r\n' {
  const first = text.indexOf('\n');
  return first > 0 && text.charCodeAt(first - 1) === 13 ? '\r\n' : '\n';
}

/** Puts a line above the one that an instruction begins at `offset`, with the same indentation. */
export function insertLineAbove(text: string, offset: number, line: string): Edit {
  const indentation = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const blank = indentation.trim() === '' ? indentation : '';
  return { span: { start: offset, end: offset }, text: line + lineEnding(text) + blank };
}

/** The beginning of the comment lines right above a place, which belong to what stands there. */
export function aboveComments(text: string, start: number): number {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  let at = text.slice(line, start).trim() === '' ? line : start;
  for (;;) {
    const before = text.slice(text.lastIndexOf('\n', at - 2) + 1, at);
    if (at === 0 || !/^[ \t]*#/.test(before)) return at === line ? start : at;
    at -= before.length;
  }
}

/** Whether the line before a place is blank. */
export const followsBlankLine = (text: string, at: number): boolean =>
  /\n[ \t]*\r?\n[ \t]*$/.test(text.slice(Math.max(0, at - 200), at));

/** A text with lines at its end. */
export function appendLines(text: string, lines: readonly string[]): string {
  const newline = lineEnding(text);
  const end = text === '' || text.endsWith('\n') ? '' : newline;
  return `${text}${end}${lines.join(newline)}${newline}`;
}

/** Removes the lines that a span touches, with the ending of the last one. */
export function removeLines(text: string, span: Span): Edit {
  const newline = text.indexOf('\n', span.end);
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  return { span: { start, end: newline < 0 ? text.length : newline + 1 }, text: '' };
}

/** A keyword written like the one beside it: lower case where that is. */
export function likeKeyword(keyword: string, sample: string): string {
  return sample === sample.toLowerCase() ? keyword.toLowerCase() : keyword;
}

/** Removes a word of an instruction with the blanks behind it, and with the end of its line where it fills one. */
export function removeWord(text: string, { start, end }: Span): Edit {
  const behind = text.slice(end, end + 500);
  const isAlone = text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() === '';
  const rest = isAlone ? /^[ \t]*[\\`][ \t]*\r?\n(?![ \t]*(?:#|\r?\n))[ \t]*/.exec(behind) : null;
  const length = (rest ?? /^[ \t]*/.exec(behind))?.[0].length ?? 0;
  return { span: { start, end: end + length }, text: '' };
}
