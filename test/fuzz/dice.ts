import { createRandom } from '../server/texts.ts';

/** Chance that is the same in every run with the same seed. */
export interface Dice {
  /** A whole number from 0 up to, and without, the limit. */
  below(limit: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** Up to so many of what is made, at least one. */
  some<T>(most: number, make: () => T): T[];
  /** A number up to the limit whose size in digits is as likely as any other. */
  magnitude(limit: number): number;
}

export function createDice(seed: number): Dice {
  const random = createRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  return {
    below,
    chance: (probability) => random() < probability,
    pick: (from) => from[below(from.length)] as never,
    some: (most, make) => Array.from({ length: 1 + below(most) }, make),
    magnitude: (limit) => Math.floor(limit ** random()),
  };
}

/** A number for a text (FNV-1a), from which a seed or the name of a file is made. */
export function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
