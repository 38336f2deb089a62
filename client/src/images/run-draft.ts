// What was typed into the form of a run that has not come to run. It is kept in the memory of this window alone, as the value
// of any variable may be a secret.
import { isDeepStrictEqual } from 'node:util';

const drafts = new Map<string, object>();

/** @param of the image, or the container that is made anew */
export const draftOf = (of: string): object => drafts.get(of) ?? {};

/** @param begun what the form begins with where nothing was typed */
export function keepDraft<P extends object>(of: string, begun: P, plan: P): void {
  const before = new Map(Object.entries(begun));
  const typed = Object.entries(plan).filter(([key, value]) => !isDeepStrictEqual(value, before.get(key)));
  if (typed.length > 0) drafts.set(of, Object.fromEntries(typed));
  else drafts.delete(of);
}

export const forgetDraft = (of: string): boolean => drafts.delete(of);
