import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { findShellcheck } from './find-shellcheck.ts';
import type { JobResult } from './lint-file.ts';
import { lintInThreads, type Work } from './threads.ts';

/** From so many files for each thread on, threads win more than they take to start. */
const worthThread = 40;

/** Lints files on all cores; the results are in the order of the jobs. */
export async function lintAll(work: Work, loading?: Worker): Promise<readonly JobResult[]> {
  const worth = Math.min(availableParallelism(), Math.floor(work.jobs.length / worthThread));
  // ShellCheck's processes keep every core busy by themselves, and one thread knows what was asked before.
  const isAlone = worth < 2 || (work.shellcheck && (await findShellcheck()) !== undefined);
  return lintInThreads(work, isAlone ? 1 : worth, undefined, loading);
}
