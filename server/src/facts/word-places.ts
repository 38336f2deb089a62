import type { LocalSpan } from '../text/span.ts';

/**
 * Where a part of a word stands as it is written, or all of its value: without the quotes around it. The whole word where
 * it is written in another way, as with a backslash in it.
 */
export function placeIn(
  { raw, value, from, to }: LocalSpan & { readonly raw: string; readonly value: string },
  part = value,
): LocalSpan {
  const at = raw.indexOf(part);
  return at < 0 ? { from, to } : { from: from + at, to: from + at + part.length };
}
