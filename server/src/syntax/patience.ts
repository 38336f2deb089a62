/** How long the grammar may take for each text. */
export interface Patience {
  /** Does something that asks `isOver` from time to time and ends when it holds. */
  spend<T>(length: number, work: (isOver: () => boolean) => T): T;
}

/** Characters in a millisecond that a text is always read with; well-formed ones take a fifth of the time. */
const slowest = 400;
/** So many milliseconds a text always has. */
const least = 3;
/** So short, in characters, a text is read in less time than it takes to look at the clock often, whatever it holds. */
const short = 120;
/** What may be spent at once beyond that, and how much of the time that passes comes back. */
const most = 500;
const refill = 0.5;

/**
 * Gives a text with errors time while there is some, as tree-sitter takes a time that grows with the square of the length
 * of what it cannot read: 8 KB of `|` take more than a second, and many texts have no flaw that could be seen beforehand.
 * @param clock milliseconds of work, which do not pass while another program has the processor
 */
export function createPatience(clock: () => number): Patience {
  let left = most;
  let ended = clock();
  return {
    spend(length, work) {
      if (length <= short) return work(() => false);
      const begun = clock();
      left = Math.min(most, left + (begun - ended) * refill);
      const own = length / slowest;
      const allowed = own + Math.max(least, left);
      try {
        return work(() => clock() - begun > allowed);
      } finally {
        ended = clock();
        left = Math.max(0, left - Math.max(0, ended - begun - own));
      }
    },
  };
}
