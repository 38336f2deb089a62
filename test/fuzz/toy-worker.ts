// Stands in for `worker.ts` where it is tried how threads are given up.
import { parentPort, workerData } from 'node:worker_threads';
import type { Attempt, Progress, Said } from './worker.ts';

const progress: Progress = workerData;
let told = 0;
const say = (said: Said) => parentPort?.postMessage(said);

parentPort?.on('message', ({ text }: Attempt) => {
  say({ step: text });
  progress[1] = told++;
  const eaten: unknown[] = [];
  while (text === 'hang') eaten.length = 0;
  while (text === 'eat') eaten.push(new Array(1e6).fill(eaten.length + 0.5));
  if (text === 'throw') throw new Error('It threw.');
  if (text === 'end') process.exit(3);
  say({ outcome: { failures: [], features: [], milliseconds: {} } });
});
say({ ready: true });
