import { findRuns, unfold } from './corpus.ts';

/**
 * A smaller text that fails in the same way: runs are shortened, then lines and at last characters are left out, half of
 * them at once, then fewer (Zeller, Hildebrandt, "Simplifying and Isolating Failure-Inducing Input").
 * @param fails asked for each text that is tried
 * @param hasTime asked before each text
 */
export async function minimise(
  text: string,
  fails: (text: string) => Promise<boolean>,
  hasTime: () => boolean,
): Promise<string> {
  let small = await shortenRuns(text, fails, hasTime);
  for (const cut of [/(?<=\n)/, /\b/, /(?:)/u]) {
    // Runs stay whole: one sign less of thousands is not worth a try.
    const parts = findRuns(small).flatMap((run) =>
      typeof run === 'string' ? run.split(cut) : unfold([run]),
    );
    small = (await leaveOut(parts, (kept) => fails(kept.join('')), hasTime)).join('');
  }
  return small;
}

async function leaveOut(
  parts: readonly string[],
  fails: (parts: readonly string[]) => Promise<boolean>,
  hasTime: () => boolean,
): Promise<readonly string[]> {
  let kept = parts;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size > 1 ? Math.ceil(size / 2) : 0) {
    for (let at = 0; at < kept.length; ) {
      if (!hasTime()) return kept;
      const rest = [...kept.slice(0, at), ...kept.slice(at + size)];
      if (rest.length < kept.length && (await fails(rest))) kept = rest;
      else at += size;
    }
  }
  return kept;
}

async function shortenRuns(
  text: string,
  fails: (text: string) => Promise<boolean>,
  hasTime: () => boolean,
): Promise<string> {
  const runs = findRuns(text);
  for (const [i, run] of runs.entries()) {
    if (typeof run === 'string') continue;
    for (let times = run[1] >> 1; times >= 1 && hasTime(); times >>= 1) {
      const shorter = runs.with(i, [run[0], times]);
      if (!(await fails(unfold(shorter)))) break;
      runs[i] = [run[0], times];
    }
  }
  return unfold(runs);
}
