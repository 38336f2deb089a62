export interface KeptAnswersOptions {
  /** So many are kept, the latest. */
  readonly most: number;
  /** So long, in milliseconds; `missing` where there was none. */
  readonly keep: { readonly found: number; readonly missing: number };
  /** So long a question may take, in milliseconds. */
  readonly patience: number;
  /** Milliseconds for which a question goes on that nobody waits for: whoever types asks the same again. */
  readonly grace: number;
}

interface Kept<T> {
  readonly answer: Promise<T | undefined>;
  readonly stop: AbortController;
  waiting: number;
  /** When it is no longer good; without end while it is on its way. */
  until: number;
}

/**
 * Asks once for what several want at a time, keeps the answer for a while, and stops when nobody waits any longer.
 * @param ask must not reject, and hears by its signal that it is to stop, with a TimeoutError when it took too long
 */
export function keepAnswers<T>(
  ask: (key: string, signal: AbortSignal) => Promise<T | undefined>,
  { most, keep, patience, grace }: KeptAnswersOptions,
): (key: string, signal?: AbortSignal) => Promise<T | undefined> {
  const all = new Map<string, Kept<T>>();

  const forget = (key: string, kept: Kept<T>) => {
    kept.stop.abort();
    if (all.get(key) === kept) all.delete(key);
  };
  const begin = (key: string): Kept<T> => {
    const stop = new AbortController();
    const kept: Kept<T> = {
      answer: ask(key, stop.signal),
      stop,
      waiting: 0,
      until: Number.POSITIVE_INFINITY,
    };
    // Held by the timer: a signal of AbortSignal.timeout below another one may be collected as garbage.
    const late = new DOMException('no answer in time', 'TimeoutError');
    const timer = setTimeout(() => stop.abort(late), patience);
    void kept.answer.then((value) => {
      clearTimeout(timer);
      kept.until = Date.now() + (value === undefined ? keep.missing : keep.found);
    });
    all.delete(key);
    all.set(key, kept);
    const [oldest] = all;
    if (oldest && all.size > most) forget(...oldest);
    return kept;
  };

  return (key, signal) => {
    if (signal?.aborted) return Promise.resolve(undefined);
    const known = all.get(key);
    const kept = known && known.until > Date.now() ? known : begin(key);
    return new Promise((resolve) => {
      kept.waiting++;
      const leave = () => {
        resolve(undefined);
        kept.waiting--;
        if (kept.waiting > 0 || Number.isFinite(kept.until)) return;
        setTimeout(() => {
          if (kept.waiting === 0 && !Number.isFinite(kept.until)) forget(key, kept);
        }, grace).unref();
      };
      signal?.addEventListener('abort', leave, { once: true });
      void kept.answer.then((value) => {
        signal?.removeEventListener('abort', leave);
        resolve(value);
      });
    });
  };
}
