import { parentPort, workerData } from 'node:worker_threads';
import type { Configuration } from '../config/configuration.ts';
import { findShellcheck } from './find-shellcheck.ts';
import { lintFile } from './lint-file.ts';
import { startService } from './start-service.ts';
import { mark, type Said, type Share, type Start } from './threads.ts';

/** Between two turns that the other end can see, in milliseconds. */
const pause = 200;

/** The other end: what a thread does. */
export async function serveThread(start = startService): Promise<void> {
  const { configurations, fix, shellcheck, mark: shared } = workerData as Start;
  const own = new Int32Array(shared);
  const tell = (said: Said) => parentPort?.postMessage(said);
  const say = (text: string) => tell({ say: text });
  setInterval(() => Atomics.add(own, mark.turns, 1), pause).unref();
  const service = start(say, shellcheck ? findShellcheck(say) : undefined);

  parentPort?.on('message', async (share: Share) => {
    const checks: Promise<unknown>[] = [];
    for (const { configuration, place, ...job } of share) {
      const begin = () => {
        Atomics.store(own, mark.job, place);
        Atomics.add(own, mark.turns, 1);
      };
      const known = configurations[configuration] as Configuration;
      const { checked } = await lintFile(await service, { ...job, configuration: known }, fix, begin);
      // While ShellCheck thinks, the next file is judged.
      checks.push(checked.then((result) => tell({ place, result })));
      if (!shellcheck) await checks.pop();
    }
    await Promise.all(checks);
  });
}
