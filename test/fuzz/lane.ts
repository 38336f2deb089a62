import { Worker } from 'node:worker_threads';
import type { Attempt, Outcome, Said } from './worker.ts';

/** A thread that works longer on an input, in milliseconds of its own time, is given up. */
export const patience = 4_000;
/** Memory that it may take, in megabytes. */
const memory = 512;
/** So often somebody looks whether it still has time. */
const interval = 250;

/** Tries inputs, one at a time, and outlives each. */
export interface Lane {
  attempt(attempt: Attempt): Promise<Outcome>;
  close(): Promise<void>;
}

export function createLane(): Lane {
  let worker: Promise<Worker> | undefined;

  async function attempt(input: Attempt): Promise<Outcome> {
    worker ??= start();
    const thread = await worker;
    const begin = await busy(thread);
    let step = 'start';
    return new Promise((resolve) => {
      const lost = (kind: 'hung' | 'out of memory' | 'threw', message: string, milliseconds: number) => {
        worker = undefined;
        end({ failures: [{ kind, step, message }], features: [], milliseconds, slowest: step });
        void thread.terminate();
      };
      const look = setInterval(async () => {
        const used = (await busy(thread)) - begin;
        if (used > patience) lost('hung', `It was given up after ${patience} ms.`, used);
      }, interval);
      const hear = (said: Said) => {
        if ('step' in said) step = said.step;
        else if ('outcome' in said) end(said.outcome);
      };
      const fail = (error: Error & { code?: string }) =>
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? lost('out of memory', `It took more than ${memory} MB.`, 0)
          : lost('threw', error.stack ?? String(error), 0);
      const end = (outcome: Outcome) => {
        clearInterval(look);
        thread.off('message', hear).off('error', fail);
        // Nobody else listens when it ends by itself.
        thread.on('error', () => {});
        resolve(outcome);
      };
      thread.on('message', hear).on('error', fail);
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

async function start(): Promise<Worker> {
  const worker = new Worker(new URL('worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: memory },
  });
  await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  worker.removeAllListeners();
  return worker;
}

/** Milliseconds that a thread worked so far; it answers while it works. */
async function busy(thread: Worker): Promise<number> {
  const { user, system } = await thread.cpuUsage().catch(() => ({ user: 0, system: 0 }));
  return (user + system) / 1000;
}
