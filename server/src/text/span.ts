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
