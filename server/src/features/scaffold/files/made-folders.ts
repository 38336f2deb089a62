import { foldersAbove, isOutside, nameOf, posixJoin } from '../paths.ts';
import type { Literal } from '../sources/literals.ts';
import { placeIn } from '../sources/path-values.ts';
import type { Program } from '../sources/program.ts';

const linesOf = (programs: readonly Program[]) => programs.flatMap(({ text }) => text.split('\n'));

/** Whether the programs make a folder: by its name, or by what they have given its path to. */
export function madeBy(programs: readonly Program[]): (folder: string) => boolean {
  const lines = linesOf(programs);
  const makes = lines.filter((line) => /\b(?:mkdir|makedirs)\b/.test(line));
  const names = new Set(makes.flatMap((line) => line.match(/\b[A-Za-z_]\w*/g) ?? []));
  const given = lines.filter((line) =>
    names.has(/^\s*([A-Za-z_]\w*) *(?::[^=]*)?=(?!=)/.exec(line)?.[1] ?? ''),
  );
  const all = [...makes, ...given].join('\n');
  return (folder) =>
    [`"${folder}"`, `'${folder}'`, `"${folder}/`, `'${folder}/`].some((one) => all.includes(one));
}

/** How many folders above a file something is looked for; undefined where it is not told by the file. */
function levels(text: string): number | undefined {
  if (!text.includes('__file__') || /["']\.\.|pardir/.test(text)) return undefined;
  const [, place] = /\.parents\[(\d)\]/.exec(text) ?? [];
  const above = (text.match(/\.parent\b|\bdirname\(/g) ?? []).length;
  return place === undefined ? above || undefined : Number(place) + 1;
}

/**
 * Where a folder lies that a program looks for from its own file, as `Path(__file__).parent / "logs"` does; from the folder
 * that it works in.
 */
export function besideFile(
  { by, line, raw, path }: Literal,
  folder: string,
  programs: readonly Program[],
  working = '',
): string {
  const place = placeIn(raw, nameOf(path), by, programs);
  const below = folder === path ? '' : path.slice(folder.length);
  if (place && !isOutside(place.path) && path.startsWith(folder) && place.path.endsWith(below)) {
    const found = place.path.slice(0, place.path.length - below.length);
    return place.isBesideFile ? fromWorking(found, working) : found;
  }
  const own = programs.filter(({ path }) => path === by);
  const before = line.split(/["']/, 1)[0] ?? '';
  const value = /(?:\bjoin\(|[=(:,]) *([A-Za-z_]\w*)\s*(?:,|\/)\s*$/.exec(
    line.slice(0, line.indexOf(folder) - 1),
  )?.[1];
  const given =
    value === undefined
      ? before
      : (linesOf(own).find((one) => one.startsWith(`${value} `) || one.startsWith(`${value}=`)) ?? '');
  const above = levels(line) ?? levels(given);
  const base = above === undefined ? undefined : foldersAbove(by)[above - 1];
  if (base === undefined) return folder;
  return fromWorking(posixJoin(base, folder), working);
}

function fromWorking(path: string, working: string): string {
  if (working === '') return path;
  return path.startsWith(`${working}/`) ? path.slice(working.length + 1) : `/app/${path}`;
}
