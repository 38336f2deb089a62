import { createRandom } from '../server/texts.ts';

/**
 * Some items of a list at random, in the order of the list.
 * @param count how many; all where there are no more
 * @param seed a number that gives the same choice again
 */
export function sampleOf<T>(items: readonly T[], count: number, seed: number): T[] {
  const left = items.map((_, at) => at);
  const next = createRandom(seed);
  const chosen: number[] = [];
  while (chosen.length < count && left.length > 0) {
    chosen.push(...left.splice(Math.floor(next() * left.length), 1));
  }
  return chosen.sort((a, b) => a - b).map((at) => items[at] as T);
}
