/** A stretch of a document, in UTF-16 offsets from its beginning; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * A stretch of one instruction, in UTF-16 offsets from the instruction's first character.
 * The field names differ from `Span` on purpose: parsed instructions are cached by their text and reused at other
 * places, so a local position that is not converted with `instruction.at(…)` must not compile.
 */
export interface LocalSpan {
  readonly from: number;
  readonly to: number;
}

export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** The stretch that two share; where they share none, the second one. */
export function intersection(a: Span, b: Span): Span {
  return overlaps(a, b) ? { start: Math.max(a.start, b.start), end: Math.min(a.end, b.end) } : b;
}

/** So much of a word before an empty one is shown, in characters. */
const longestShown = 80;

/**
 * The stretch that shows to a person where something is: that of an empty word is what stands behind it in its line, or
 * else the last thing before it.
 */
export function visibleSpan(text: string, span: Span): Span {
  if (span.start < span.end) return span;
  const lineEnd = text.indexOf('\n', span.end);
  const behind = /\S+/.exec(text.slice(span.end, lineEnd < 0 ? text.length : lineEnd));
  if (behind) {
    const start = span.end + behind.index;
    return { start, end: start + behind[0].length };
  }
  const end = text.slice(0, span.start).trimEnd().length;
  const last =
    text
      .slice(Math.max(0, end - longestShown), end)
      .split(/\s/)
      .at(-1) ?? '';
  return end > 0 ? { start: end - last.length, end } : span;
}
