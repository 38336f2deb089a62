import type { RunShellcheck } from '../ports/ports.ts';
import type { ShellcheckComment } from './shellcheck-comments.ts';

type Answer = Promise<readonly ShellcheckComment[] | undefined>;

interface Entry {
  readonly answer: Answer;
  /** Who waits for it; when nobody does any more, the run is stopped. */
  waiting: number;
  readonly stop: AbortController;
}

/** So many scripts are kept: those of the files that are open, and of what was typed in them of late. */
const capacity = 2_000;

/** Asks ShellCheck once for each script, and keeps what it said. */
export function createShellcheckRuns(run: RunShellcheck): {
  ask(script: string, signal?: AbortSignal): Answer;
  forget(): void;
} {
  let known = new Map<string, Entry>();

  const read = async (said: Awaited<ReturnType<RunShellcheck>>) =>
    // The reader checks by a schema, which most runs of the command line have no use for.
    said && (await import('./shellcheck-comments.ts')).readComments(said);
  const start = (script: string): Entry => {
    const stop = new AbortController();
    const entry: Entry = { answer: run(script, stop.signal).then(read), waiting: 0, stop };
    const own = known;
    own.set(script, entry);
    void entry.answer.then((said) => {
      // No answer is not kept: the next time there may be one.
      if (!said && own.get(script) === entry) own.delete(script);
    });
    const oldest = own.keys().next().value;
    if (own.size > capacity && oldest !== undefined) own.delete(oldest);
    return entry;
  };

  return {
    async ask(script, signal) {
      if (signal?.aborted) return undefined;
      const entry = known.get(script) ?? start(script);
      entry.waiting++;
      const leave = () => {
        if (--entry.waiting > 0) return;
        if (known.get(script) === entry) known.delete(script);
        entry.stop.abort();
      };
      signal?.addEventListener('abort', leave, { once: true });
      try {
        return await entry.answer;
      } finally {
        signal?.removeEventListener('abort', leave);
        if (!signal?.aborted) entry.waiting--;
      }
    },
    forget() {
      known = new Map();
    },
  };
}
