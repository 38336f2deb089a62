// What is offered again when an image is run the next time: its choices, and of its variables the names alone.
import type { Memento } from 'vscode';
import { parseReference } from './model.ts';
import type { RunPlan } from './run-questions.ts';
import { withoutSecrets } from './run-rows.ts';

type Memory = Pick<Memento, 'get' | 'update'>;
type Remembered = Omit<RunPlan, 'image' | 'name' | 'env'>;

const prefix = 'run:';
const keyOf = (image: string) => `${prefix}${parseReference(image).repository}`;

export function recallRun(memory: Memory, image: string): Remembered {
  return withoutValues(memory.get<Partial<RunPlan>>(keyOf(image), {}));
}

/** Any variable may be a secret, whatever its name is, and what VS Code keeps of a workspace lies on the disk in the open. */
export async function rememberRun(memory: Memory, plan: RunPlan): Promise<void> {
  const { image, name: _name, ...choices } = plan;
  await memory.update(keyOf(image), withoutValues(choices));
}

/** Removes the values that earlier versions kept. */
export async function forgetValues(memory: Memory & Pick<Memento, 'keys'>): Promise<void> {
  for (const key of memory.keys()) {
    const kept = key.startsWith(prefix) ? memory.get<Partial<RunPlan>>(key) : undefined;
    if (kept && 'env' in kept) await memory.update(key, withoutValues(kept));
  }
}

function withoutValues({ env, envNames, options, ...choices }: Partial<RunPlan>): Remembered {
  const names = [...new Set([...(envNames ?? []), ...Object.keys(env ?? {})])];
  const kept = withoutSecrets(options ?? []);
  return {
    ...choices,
    ...(kept.length && { options: kept }),
    ...(names.length && { envNames: names }),
  };
}
