import type { LocalSpan } from '../text/span.ts';

/** Where something is left out of a text. */
export interface Join {
  /** Offset in what is left. */
  readonly at: number;
  /** How much is left out up to here. */
  readonly total: number;
}

export const noJoins: readonly Join[] = [];

/** A text without some stretches of it. */
export function withoutJoins(text: string, joins: readonly Join[]): string {
  const pieces: string[] = [];
  let from = 0;
  let removed = 0;
  for (const { at, total } of joins) {
    pieces.push(text.slice(from, at + removed));
    removed = total;
    from = at + removed;
  }
  return pieces.join('') + text.slice(from);
}

/** The place that a stretch of what is left has in the whole: as tight as can be, so that no edge lies in what is left out. */
export function placeInWhole(joins: readonly Join[], { from, to }: LocalSpan): LocalSpan {
  const start = from + totalWhere(joins, ({ at }) => at <= from);
  return { from: start, to: to > from ? to + totalWhere(joins, ({ at }) => at < to) : start };
}

/** The offset in what is left that an offset of the whole has. */
export function placeInRest(joins: readonly Join[], offset: number): number {
  const before = lastWhere(joins, ({ at, total }) => at + total <= offset);
  const rest = offset - (joins[before]?.total ?? 0);
  // Within what is left out, where it is left out.
  return Math.min(rest, joins[before + 1]?.at ?? rest);
}

const totalWhere = (joins: readonly Join[], holds: (join: Join) => boolean): number =>
  joins[lastWhere(joins, holds)]?.total ?? 0;

/** The last for which something holds, by halving, of those for which it holds up to there; -1 where it holds for none. */
function lastWhere(joins: readonly Join[], holds: (join: Join) => boolean): number {
  let low = -1;
  let high = joins.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (holds(joins[middle] as Join)) low = middle;
    else high = middle - 1;
  }
  return low;
}
