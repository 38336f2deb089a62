import { type NativeNeed, nativeNeeds } from '../data/native-libraries.ts';
import type { Requirement } from './requirements.ts';

type Named = Pick<Requirement, 'name' | 'extras'>;

/** What a Python package needs of the distribution, with the extras that are asked for and the packages beside it. */
export function nativeNeedOf({ name, extras }: Named, all: readonly Named[]): NativeNeed | undefined {
  const need = Object.hasOwn(nativeNeeds, name) ? nativeNeeds[name] : undefined;
  const has = (one: string) => extras.includes(one) || all.some((other) => other.name === one);
  return need?.unless?.some(has) ? undefined : need;
}
