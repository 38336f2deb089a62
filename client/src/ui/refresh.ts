import type { Workbench } from './workbench.ts';

/** What Refresh does in each view of the engine: looks for it anew, as another one may answer by now, and shows what is so. */
export async function refresh({ engine, changed }: Workbench): Promise<void> {
  engine.forget();
  await engine.get().finally(() => changed('engine', 'registry'));
}
