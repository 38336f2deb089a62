// What work costs: time, processors, memory.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** @returns milliseconds of all processors together, in a minute */
export async function processorMs(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  const before = process.cpuUsage();
  await new Promise((resolve) => setTimeout(resolve, 60_000));
  const { user, system } = process.cpuUsage(before);
  return Math.round((user + system) / 1000);
}

function collect(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

/** What is kept in memory before, and after each quarter of so many steps. */
export async function heapOver(steps: number, step: (each: number) => Promise<unknown>): Promise<string> {
  const heap: string[] = [];
  const measure = () => {
    collect();
    heap.push((process.memoryUsage().heapUsed / 1e6).toFixed(1));
  };
  measure();
  for (let each = 1; each <= steps; each++) {
    await step(each);
    if (each % (steps / 4) === 0) measure();
  }
  return `${heap.join(', ')} MB`;
}
