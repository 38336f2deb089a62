// What was measured of volumes, kept for each engine: who comes back to one finds its sizes again.
import { placeOf } from '../ui/chosen-builder.ts';
import type { Workbench } from '../ui/workbench.ts';
import { measure } from './changes.ts';
import type { Sizes } from './tree.ts';

export type MeasuredSizes = {
  /** Of the engine that is used now, as far as they are known. */
  now(): Promise<Sizes>;
  measure(): Promise<Sizes>;
};

const none: Sizes = new Map();

export function createSizes(workbench: Workbench): MeasuredSizes {
  const known = new Map<string, Sizes>();
  const key = async () => {
    const engine = await workbench.engine.get();
    return `${engine.nerdctl ?? engine.kind} ${placeOf(engine)}`;
  };
  return {
    now: () =>
      key().then(
        (of) => known.get(of) ?? none,
        () => none,
      ),
    // All of it asks the same engine, whichever is chosen meanwhile.
    measure: () =>
      workbench.engine.bind(async () => {
        const measured = await measure(workbench);
        if (measured) known.set(await key(), measured);
        workbench.changed('volume');
        return measured ?? none;
      }),
  };
}
