// Which builder of buildx builds in this workspace. Kept for each engine, as the builder of an engine is of no use to another
// one; in the memory of the workspace, as the choice of the engine is.
import type { Engine } from '../runtime/engine.ts';
import { flagsOf } from '../runtime/place.ts';
import { machineContext } from '../runtime/sockets.ts';
import type { Workbench } from './workbench.ts';

const key = 'builders.chosen';
type Chosen = Readonly<Record<string, string>>;
type Of = Pick<Engine, 'kind' | 'place' | 'buildx'>;

/** Nothing where buildx is to choose. */
export function chosenBuilder({ memory }: Pick<Workbench, 'memory'>, engine: Of): string | undefined {
  if (engine.kind !== 'docker' || engine.buildx === undefined) return undefined;
  const name: unknown = memory.get<Chosen>(key)?.[placeOf(engine)];
  return typeof name === 'string' && /^[a-zA-Z0-9][\w.+-]*$/.test(name) ? name : undefined;
}

export async function chooseBuilder(
  { memory }: Pick<Workbench, 'memory'>,
  engine: Of,
  name: string | undefined,
): Promise<void> {
  const { [placeOf(engine)]: _, ...others } = memory.get<Chosen>(key) ?? {};
  await memory.update(key, name === undefined ? others : { ...others, [placeOf(engine)]: name });
}

/** Tells engines apart that are used one after the other. */
export function placeOf({ place }: Pick<Engine, 'place'>): string {
  return place ? flagsOf(place).join(' ') : machineContext();
}
