import { Worker } from 'node:worker_threads';
import type { Failure } from './probe.ts';
import type { Attempt, Outcome, Progress, Said } from './worker.ts';

/** A thread that works longer on one step, in milliseconds of its own time, is given up. */
export const patience = 4_000;
/** So many milliseconds it gets for all steps together. */
const patienceForAll = 20_000;
/** Memory that it may take, in megabytes. */
const memory = 512;
/** So often somebody looks whether it still has time. */
const interval = 250;

/** Tries inputs, one at a time, and outlives each. */
export interface Lane {
  attempt(attempt: Attempt): Promise<Outcome>;
  close(): Promise<void>;
}

/** @param script what runs in the thread */
export function createLane(script = new URL('worker.ts', import.meta.url)): Lane {
  let worker: Promise<Worker> | undefined;
  let progress: Progress;
  let steps: string[] = [];

  async function attempt(input: Attempt): Promise<Outcome> {
    if (!worker) {
      progress = new Int32Array(new SharedArrayBuffer(8));
      steps = [];
      worker = start(script, progress);
    }
    const thread = await worker;
    const begin = await busy(thread);
    let seen = { count: progress[0], since: begin };
    return new Promise((resolve) => {
      let isOver = false;
      const end = (outcome: Outcome) => {
        isOver = true;
        clearInterval(look);
        thread.off('message', hear).off('error', fail).off('exit', exit);
        resolve(outcome);
      };
      const lose = (kind: Failure['kind'], message: string, milliseconds = 0) => {
        const step = steps[progress[1] as number] ?? 'start';
        worker = undefined;
        end({ failures: [{ kind, step, message }], features: [], milliseconds: { [step]: milliseconds } });
        // An error on its way would end this process.
        thread.on('error', () => {});
        void thread.terminate();
      };
      const look = setInterval(async () => {
        const used = await busy(thread);
        if (seen.count !== progress[0]) seen = { count: progress[0], since: used };
        const isLate = used - seen.since > patience || used - begin > patienceForAll;
        if (isLate && !isOver) lose('hung', 'It was given up.', used - seen.since);
      }, interval);
      const hear = (said: Said) => {
        if ('step' in said) steps.push(said.step);
        else if ('outcome' in said) end(said.outcome);
      };
      // What a thread said before it broke may come after its error, but never after its end.
      let broken: (Error & { code?: string }) | undefined;
      const fail = (error: Error) => {
        broken = error;
      };
      const exit = (code: number) => {
        if (!broken) lose('threw', `The thread ended with ${code}.`);
        else if (broken.code === 'ERR_WORKER_OUT_OF_MEMORY')
          lose('out of memory', `It took more than ${memory} MB.`);
        else lose('threw', broken.stack ?? String(broken));
      };
      thread.on('message', hear).on('error', fail).on('exit', exit);
      thread.postMessage(input);
    });
  }

  return {
    attempt,
    async close() {
      await (await worker)?.terminate();
    },
  };
}

async function start(script: URL, progress: Progress): Promise<Worker> {
  const worker = new Worker(script, {
    workerData: progress,
    resourceLimits: { maxOldGenerationSizeMb: memory },
  });
  await new Promise((resolve, reject) => {
    worker.once('error', reject).once('message', () => resolve(worker.off('error', reject)));
  });
  return worker;
}

/** Milliseconds that a thread worked so far; it answers while it works. */
async function busy(thread: Worker): Promise<number> {
  const { user, system } = await thread.cpuUsage().catch(() => ({ user: 0, system: 0 }));
  return (user + system) / 1000;
}
