// Tries one input after the other in a thread that can be given up.
import { parentPort } from 'node:worker_threads';
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
export type Said = { readonly step: string } | { readonly outcome: Outcome } | { readonly ready: true };

const port = parentPort as NonNullable<typeof parentPort>;
const say = (said: Said) => port.postMessage(said);
let bench = createWorkbench();

port.on('message', async ({ target, text }: Attempt) => {
  const { probe, failures, features, milliseconds } = createProbe((step) => say({ step }));
  await targets[target].attempt(text, probe, bench);
  // A service tells of each broken rule once.
  if (failures.length > 0) bench = createWorkbench();
  say({ outcome: { failures, features: [...features], milliseconds } });
});
say({ ready: true });
