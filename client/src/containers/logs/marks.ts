// What a filter matched, as pieces of its own.
import type { Piece } from './ansi.ts';
import type { Span } from './filter.ts';

export const textOf = (pieces: readonly Piece[]) => pieces.map(({ text }) => text).join('');

/** The same text, cut where a span begins or ends; spans are of the whole text, in its order. */
export function marked(pieces: readonly Piece[], spans: readonly Span[]): readonly Piece[] {
  if (!spans.length) return pieces;
  let start = 0;
  return pieces.flatMap((piece) => {
    const end = start + piece.text.length;
    const inside = spans.filter(([from, to]) => from < end && to > start);
    const cuts = [start, ...inside.flat().filter((at) => at > start && at < end), end];
    const parts = cuts.slice(1).flatMap((to, index) => {
      const from = cuts[index] ?? start;
      if (from === to) return [];
      const text = piece.text.slice(from - start, to - start);
      const isMarked = inside.some((span) => span[0] <= from && span[1] >= to);
      return isMarked ? { ...piece, text, mark: true as const } : { ...piece, text };
    });
    start = end;
    return parts;
  });
}
