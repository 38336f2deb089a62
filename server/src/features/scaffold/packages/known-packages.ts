import { broughtPackages } from '../../../data/brought-packages.ts';
import { importNames } from '../../../data/import-names.ts';
import { lonePackages } from '../../../data/lone-packages.ts';
import { releaseQuarters } from '../../../data/release-quarters.ts';
import { usualPackages } from '../../../data/usual-packages.ts';
import { providersOf } from './providers.ts';

/** The package that brings a module, of several the one that comes as a wheel; undefined where none is known. */
export const packageOf = (module: string): string | undefined => {
  const providers = providersOf(module).filter((name) => known.has(name));
  return providers.find((name) => name.endsWith('-binary')) ?? providers[0];
};

/** Packages that a table of ours has, so that a name is no stranger's. */
const known: ReadonlySet<string> = new Set([
  ...Object.keys(releaseQuarters),
  ...lonePackages,
  ...usualPackages,
  ...[...importNames.values()].flat(),
  ...[...broughtPackages.values()].flat(),
  ...[...broughtPackages.keys()].map((key) => key.split(/[<[]/, 1)[0] ?? ''),
]);
