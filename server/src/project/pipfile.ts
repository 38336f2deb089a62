import { parse } from 'smol-toml';
import type { PoetryProject } from '../facts/build-context.ts';
import { readPoetry } from './poetry.ts';
import { stringOf, tableOf } from './toml-values.ts';

/** Reads a `Pipfile` (pipenv documentation, "Pipfile"), which says versions and paths as Poetry does; undefined where it is no TOML. */
export function readPipfile(text: string): PoetryProject | undefined {
  try {
    const { packages, requires } = parse(text.replace(/^\ufeff/, ''));
    const known = readPoetry({ dependencies: tableOf(packages) });
    const python = stringOf(tableOf(requires).python_version);
    return known && { ...known, requiresPython: python === undefined ? undefined : `==${python}.*` };
  } catch {
    return undefined;
  }
}
