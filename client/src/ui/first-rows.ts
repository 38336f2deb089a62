// The first rows of a view: what a list tells is drawn at once, and what is asked for one by one comes into the same rows.
import type { ResourceKind } from '../resources/kind.ts';
import type { Resources } from '../resources/store.ts';
import type { Later, Node } from './tree.ts';

type Draw<T> = (things: readonly T[], isWhole: boolean) => readonly Node[] | Promise<readonly Node[]>;

/** Draws all of a kind; where more of them comes `later`, once as a list tells them, and once again. */
export async function firstRows<T, Port>(
  resources: Resources<Port>,
  kind: ResourceKind<T, Port>,
  later: Later | undefined,
  draw: Draw<T>,
): Promise<readonly Node[]> {
  if (!later) return draw(await resources.all(kind), true);
  const { things, rest } = await resources.first(kind);
  if (rest) later(rest.then((all) => draw(all, true)));
  return draw(things, !rest);
}
