import type { Lane } from './lane.ts';
import type { Failure } from './probe.ts';
import { harmlessText } from './targets.ts';
import type { Attempt, Outcome } from './worker.ts';

/** A step is too slow when it takes more milliseconds than this, and so many times those of a harmless text of its size. */
const leastSlow = 1_000;
const factor = 20;
/** A harmless text never counts as faster, in milliseconds: there it is chance that decides. */
const leastHarmless = 10;

/** Tries an input, and holds what took long against a harmless text of the same size. */
export async function judge(lane: Lane, attempt: Attempt): Promise<Outcome> {
  const outcome = await lane.attempt(attempt);
  const slow = Object.entries(outcome.milliseconds).filter(([, taken]) => taken > leastSlow);
  if (slow.length === 0 || outcome.failures.some(({ kind }) => kind === 'hung')) return outcome;
  const harmless = await tryHarmless(lane, attempt);
  const failures = slow.flatMap(([step, taken]): Failure[] => {
    const ratio = taken / Math.max(leastHarmless, harmless[step] ?? 0);
    const message = `It took ${taken.toFixed(0)} ms, ${ratio.toFixed(0)} times as long as with a harmless text of its size.`;
    return ratio > factor ? [{ kind: 'hung', step, message }] : [];
  });
  return { ...outcome, failures: [...outcome.failures, ...failures] };
}

/** Milliseconds by step for a harmless text of the same size. */
export async function tryHarmless(lane: Lane, { target, text }: Attempt): Promise<Outcome['milliseconds']> {
  const harmless = harmlessText(target, text.length);
  // The first time is the compiler's.
  await lane.attempt({ target, text: `${harmless}\n` });
  return (await lane.attempt({ target, text: harmless })).milliseconds;
}

/** The same for two failures that have most likely one cause. */
export function causeOf({ kind, step, message }: Failure): string {
  if (kind === 'hung' || kind === 'out of memory') return `${kind}: ${step}`;
  const [first = '', ...frames] = message.split('\n');
  const frame = frames.find((line) => line.includes('file:') || line.includes('node_modules')) ?? '';
  const place = /([\w.-]+\.[jt]s):\d+/.exec(frame)?.[0];
  // What differs from text to text is in quotes or behind a colon; many steps and rules may come to one place.
  const said = first.replace(/^Rule \S+ failed: /, '').replace(/:? [`"'/[(].*|\d+.*/s, '');
  return place ? `${said.slice(0, 80)} at ${place}` : `${kind}: ${step}: ${said.slice(0, 80)}`;
}
