import { importNames } from '../../data/import-names.ts';
import { normalizeName } from '../../facts/requirements.ts';

/** The packages that may bring a module: those of the table, and the one with its name. */
export const providersOf = (module: string): readonly string[] => [
  ...(importNames.get(module) ?? []),
  normalizeName(module),
];
