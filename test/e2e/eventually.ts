import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again until the check stops throwing; at the deadline its last error is the failure. */
export async function eventually<T>(check: () => T | Promise<T>, timeout = 15_000, every = 60): Promise<T> {
  const deadline = Date.now() + timeout;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(every);
    }
  }
}
