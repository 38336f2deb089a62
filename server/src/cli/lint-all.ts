import { availableParallelism } from 'node:os';
import type { Service } from '../service.ts';
import { type Job, type JobResult, lintFile } from './lint-file.ts';
import { findShellcheck, startService } from './start-service.ts';

export interface Work {
  readonly jobs: readonly Job[];
  readonly fix: boolean;
  /** Ask ShellCheck too, where there is one. */
  readonly shellcheck: boolean;
}

/** From so many files for each thread on, threads win more than they take to start. */
const worthThread = 40;
/** So many files are under way while ShellCheck thinks. */
const lanes = 64;

/** Lints files on all cores; the results are in the order of the jobs. */
export async function lintAll({ jobs, fix, shellcheck }: Work): Promise<readonly JobResult[]> {
  const threads = Math.min(availableParallelism(), Math.floor(jobs.length / worthThread));
  const found = shellcheck ? findShellcheck() : undefined;
  // ShellCheck's processes keep every core busy by themselves, and one thread knows what was asked before.
  if (threads > 1 && !(await found)) {
    const { lintInThreads } = await import('./threads.ts');
    return lintInThreads(jobs, fix, threads);
  }
  const service = await startService(found);
  return lintHere(service, jobs, fix, (await found) ? lanes : 1);
}

async function lintHere(service: Service, jobs: readonly Job[], fix: boolean, count: number) {
  const results: JobResult[] = [];
  let next = 0;
  const lane = async () => {
    while (next < jobs.length) {
      const index = next++;
      results[index] = await lintFile(service, jobs[index] as Job, fix);
    }
  };
  await Promise.all(Array.from({ length: count }, lane));
  return results;
}
