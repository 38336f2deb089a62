/** So many words of a file get a suggestion where each is compared with all of another kind in it. */
export const mostSuggestions = 200;
/** Most candidates that are compared: a file may name tens of thousands, and ask about as many. */
const mostCandidates = 4000;
/** Nobody means another word of this length. */
const longest = 100;

/** The candidate that a word was probably meant to be: it begins alike and is at most two letters away, less than half of them. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > longest) return undefined;
  let best: string | undefined;
  let least = Math.min(2, Math.ceil(word.length / 2) - 1) + 1;
  const lower = word.toLowerCase();
  const first = word[0]?.toLowerCase();
  let count = 0;
  for (const candidate of candidates) {
    if (++count > mostCandidates) break;
    if (candidate[0]?.toLowerCase() !== first) continue;
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const away = distance(lower, candidate.toLowerCase(), least);
    if (away < least) {
      best = candidate;
      least = away;
    }
  }
  return best;
}

/**
 * How many letters must be changed, added, left out or swapped with the next (optimal string alignment).
 * @param limit from here on it does not matter how many
 */
function distance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    // A path that leaves this band has more letters added or left out than the limit.
    const from = Math.max(0, i - limit);
    const to = Math.min(b.length, i + limit + 1);
    if (from > 0) next[from] = limit;
    for (let j = from; j < to; j++) {
      const change = (row[j] ?? limit) + (a[i] === b[j] ? 0 : 1);
      const isSwap = i > 0 && j > 0 && a[i] === b[j - 1] && a[i - 1] === b[j];
      const swap = isSwap ? (before[j - 1] ?? limit) + 1 : change;
      next[j + 1] = Math.min(change, swap, (row[j + 1] ?? limit) + 1, (next[j] ?? limit) + 1);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? limit;
}
