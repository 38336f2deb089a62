import { fileURLToPath } from 'node:url';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { Configuration } from '../config/configuration.ts';
import { type Job, type JobResult, lintFile } from './lint-file.ts';
import { startService } from './start-service.ts';

/** What a thread begins with. One object for each configuration, as the service keeps a plan for each. */
interface Start {
  readonly configurations: readonly Configuration[];
  readonly fix: boolean;
}
/** Jobs for a thread, each with the place of its configuration. */
type Share = readonly (Omit<Job, 'configuration'> & { readonly configuration: number })[];

/** Small enough that no thread is idle for long at the end, large enough that messages do not count. */
const shareSize = 16;

/** Lints in threads that run this same program: whoever is done with its share gets the next one. */
export async function lintInThreads(
  jobs: readonly Job[],
  fix: boolean,
  count: number,
): Promise<readonly JobResult[]> {
  const configurations = [...new Set(jobs.map(({ configuration }) => configuration))];
  const places = new Map(configurations.map((configuration, place) => [configuration, place]));
  const results: JobResult[] = [];
  let next = 0;

  const runThread = () =>
    new Promise<void>((resolve, reject) => {
      const start: Start = { configurations, fix };
      const worker = new Worker(fileURLToPath(import.meta.url), { workerData: start });
      let first = 0;
      const handOut = () => {
        first = next;
        next += shareSize;
        if (first >= jobs.length) void worker.terminate().then(() => resolve());
        else {
          const share: Share = jobs
            .slice(first, next)
            .map((job) => ({ ...job, configuration: places.get(job.configuration) ?? 0 }));
          worker.postMessage(share);
        }
      };
      worker.on('error', reject);
      worker.on('message', (done: readonly JobResult[]) => {
        done.forEach((result, i) => {
          results[first + i] = result;
        });
        handOut();
      });
      handOut();
    });
  await Promise.all(Array.from({ length: count }, runThread));
  return results;
}

/** The other end: what a thread does. */
export async function serveThread(): Promise<void> {
  const { configurations, fix } = workerData as Start;
  const service = startService();
  parentPort?.on('message', async (share: Share) => {
    const results: JobResult[] = [];
    for (const { configuration, ...job } of share) {
      const known = configurations[configuration] as Configuration;
      results.push(await lintFile(await service, { ...job, configuration: known }, fix));
    }
    parentPort?.postMessage(results);
  });
}
