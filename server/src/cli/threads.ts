import { Worker } from 'node:worker_threads';
import type { Configuration } from '../config/configuration.ts';
import type { Job, JobResult } from './lint-file.ts';
import { say } from './terminal.ts';

export interface Work {
  readonly jobs: readonly Job[];
  readonly fix: boolean;
  /** Ask ShellCheck too, where there is one. */
  readonly shellcheck: boolean;
}

/** What a thread begins with. One object for each configuration, as the service keeps a plan for each. */
export interface Start {
  readonly configurations: readonly Configuration[];
  readonly fix: boolean;
  readonly shellcheck: boolean;
  /** What the thread is at, which can be read while it answers nothing. */
  readonly mark: SharedArrayBuffer;
}
/** Places in the mark: turns of the thread's loop and its pieces of work together, and the job that it began last. */
export const mark = { turns: 0, job: 1 } as const;

/** A job for a thread, with the place of its configuration, and its own among all jobs. */
export type Share = readonly (Omit<Job, 'configuration'> & {
  readonly configuration: number;
  readonly place: number;
})[];
export type Said = { readonly place: number; readonly result: JobResult } | { readonly say: string };

/** Large enough that messages do not count. */
const shareSize = 16;
/** ShellCheck is asked about as many files at a time. */
const shareSizeWithShellcheck = 64;
export interface Watch {
  /** URL of what the threads run. */
  readonly program: string;
  /** A file that takes longer is given up, in milliseconds. */
  readonly patience: number;
}
const usual: Watch = { program: import.meta.url, patience: 10_000 };
/** Between two looks at a thread, in milliseconds. */
const look = 250;

/** Loads what judges, which takes longer than to find out what is to be judged. It keeps no process alive before it works. */
export function startThread(program = usual.program): Worker {
  const worker = new Worker(new URL(program), {
    resourceLimits: { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 16 },
  });
  worker.unref();
  return worker;
}

/**
 * Lints in threads that run this same program, as what runs too long, or wants all memory, cannot be stopped in one's own.
 * Whoever is done with its share gets the next one.
 * @param loading a thread that was started before, and is the first to be used
 */
export async function lintInThreads(
  work: Work,
  count: number,
  { program, patience } = usual,
  loading?: Worker,
): Promise<readonly JobResult[]> {
  const { jobs, fix, shellcheck } = work;
  const configurations = [...new Set(jobs.map(({ configuration }) => configuration))];
  const places = new Map(configurations.map((configuration, place) => [configuration, place]));
  const results: JobResult[] = [];
  const isOpen = (place: number) => results[place] === undefined;
  const waiting = jobs.map((_, place) => place);

  /** Lints until nothing is left; false when the thread ended before. */
  const runThread = () =>
    new Promise<boolean>((resolve) => {
      const shared = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
      const seen = new Int32Array(shared);
      seen[mark.job] = -1;
      const start: Start = { configurations, fix, shellcheck, mark: shared };
      const worker = loading ?? startThread(program);
      loading = undefined;
      worker.ref();
      worker.postMessage(start);
      let share: number[] = [];
      let turns = 0;
      let turned = performance.now();
      const watch = setInterval(() => {
        const now = performance.now();
        const isStarting = Atomics.load(seen, mark.job) < 0;
        if (isStarting || turns !== Atomics.load(seen, mark.turns)) turned = now;
        turns = Atomics.load(seen, mark.turns);
        if (now - turned > patience) giveUp(`it took more than ${patience / 1000} seconds`);
      }, look);
      const end = (isDone: boolean) => {
        clearInterval(watch);
        void worker.terminate().then(() => resolve(isDone));
      };
      /** The file that it was at is given up, and the rest of its share goes back. */
      const giveUp = (why: string) => {
        const at = Atomics.load(seen, mark.job);
        const culprit = at >= 0 && isOpen(at) ? at : share.find(isOpen);
        if (culprit !== undefined) results[culprit] = givenUp(jobs[culprit] as Job, why);
        waiting.unshift(...share.filter(isOpen));
        end(false);
      };
      const handOut = () => {
        // Less and less, so that no thread is idle for long at the end.
        const fair = Math.ceil(waiting.length / (2 * count));
        share = waiting.splice(0, shellcheck ? shareSizeWithShellcheck : Math.min(shareSize, fair));
        if (share.length === 0) return end(true);
        const told: Share = share.map((place) => {
          const { configuration, ...job } = jobs[place] as Job;
          return { ...job, place, configuration: places.get(configuration) ?? 0 };
        });
        worker.postMessage(told);
      };
      worker.on('error', (error: NodeJS.ErrnoException) => {
        const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        giveUp(isMemory ? 'it needs more memory than there is' : error.message);
      });
      worker.on('message', (said: Said) => {
        if ('say' in said) return say(said.say);
        results[said.place] = said.result;
        if (!share.some(isOpen)) handOut();
      });
      handOut();
    });
  const runUntilDone = async () => {
    while (!(await runThread()));
  };
  await Promise.all(Array.from({ length: count }, runUntilDone));
  return results;
}

function givenUp({ file }: Job, why: string): JobResult {
  return {
    findings: undefined,
    problem: `${file} cannot be checked: ${why}. Shorten or split what is unusual in it.`,
  };
}
