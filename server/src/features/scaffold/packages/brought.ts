import { bringers, extraBringers } from '../../../data/runtime-libraries.ts';
import type { Requirement } from '../../../facts/requirements.ts';

/** Where a lock names all, what brings what is known. */
export const broughtBy = (direct: ReadonlySet<string>, isLocked: boolean) =>
  isLocked ? [] : [...direct].flatMap((name) => bringers.get(name) ?? []);

/** What extras bring along, and no package by its name alone. */
export const broughtByExtras = (asked: readonly Requirement[], isLocked: boolean) =>
  extraBringers.flatMap(({ name, extras, brings, until }) =>
    asked.some(
      (one) =>
        !isLocked &&
        one.name === name &&
        one.extras.some((extra) => extras.includes(extra)) &&
        !(until !== undefined && one.exact !== undefined && isFrom(one.exact, until)),
    )
      ? brings
      : [],
  );

const isFrom = (version: string, first: string) => version.localeCompare(first, 'en', { numeric: true }) >= 0;
