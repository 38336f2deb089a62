// Tries one input after the other in a thread that can be given up.
import { parentPort, workerData } from 'node:worker_threads';
import { createProbe, type Failure } from './probe.ts';
import { type TargetName, targets } from './targets.ts';
import { createWorkbench } from './workbench.ts';

export interface Attempt {
  readonly target: TargetName;
  readonly text: string;
}
export interface Outcome {
  readonly failures: readonly Failure[];
  readonly features: readonly string[];
  /** Of this thread's own work, by step. */
  readonly milliseconds: Readonly<Record<string, number>>;
}
/** How many steps the thread began, and the number of the last one in the order in which their names were told. */
export type Progress = Int32Array<SharedArrayBuffer>;
export type Said = { readonly step: string } | { readonly outcome: Outcome } | { readonly ready: true };

const port = parentPort as NonNullable<typeof parentPort>;
const say = (said: Said) => port.postMessage(said);
const progress: Progress = workerData;
const steps = new Map<string, number>();
let bench = createWorkbench();

/** A message for each step would take a sixth of the time: a name is told once, then the numbers tell. */
function onStep(step: string): void {
  if (!steps.has(step)) {
    steps.set(step, steps.size);
    say({ step });
  }
  progress[1] = steps.get(step) as number;
  Atomics.add(progress, 0, 1);
}

port.on('message', async ({ target, text }: Attempt) => {
  const { probe, failures, features, milliseconds } = createProbe(onStep);
  await targets[target].attempt(text, probe, bench);
  // A service tells of each broken rule once.
  if (failures.length > 0) bench = createWorkbench();
  say({ outcome: { failures, features: [...features], milliseconds } });
});
say({ ready: true });
