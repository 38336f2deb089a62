import { posixJoin } from '../paths.ts';
import { argumentsIn, parts } from '../sources/calls.ts';
import { type Place, placeAt } from '../sources/path-values.ts';
import type { Program } from '../sources/program.ts';

/** So far before a name the call is looked for that it is given to, in characters. */
const longest = 600;
/** So many characters of its name. */
const longestName = 80;
/** So many names are followed, one behind the other. */
const deepest = 4;

/**
 * How a program is told where it keeps what it downloads: by `VARIABLE`, a call that ends with a parenthesis, or `argument=` of the
 * call that downloads.
 */
export type Told = readonly string[];

/** Whether a program may keep its downloads elsewhere than usual. */
export const isToldElsewhere = (text: string, told: Told) =>
  told.some((one) =>
    one.endsWith('=') ? new RegExp(`\\b${one.slice(0, -1)}["']? *[=:]`).test(text) : text.includes(one),
  );

/** The folders that programs keep what they download in, from that of the project or from the root, as far as they can be told. */
export function toldFolders(
  programs: readonly Program[],
  told: Told,
  downloads: RegExp,
  folder = '',
): string[] {
  const values = programs.map((program) => ({
    program,
    values: told.flatMap((one) => valuesOf(program.text, one, downloads)),
  }));
  return foldersAt(values, programs, folder);
}

/** A class whose instances fetch a set of data to a folder, by their first argument or `root=` (documentation of torchvision, torchaudio and PyTorch Geometric). */
const ofData = /\b([A-Z]\w{1,60})\(/g;
const alwaysFetch = /^(?:Planetoid|TUDataset|QM9)$/;

/** The folders that programs fetch sets of data to. */
export function dataFolders(programs: readonly Program[], folder = ''): string[] {
  const values = programs.map((program) => ({
    program,
    values: [...program.text.matchAll(ofData)].flatMap(({ 0: call, 1: name = '', index }) => {
      const given = parts(argumentsIn(program.text.slice(index + call.length)));
      const fetches = alwaysFetch.test(name) || given.some((one) => /^download ?= ?True$/.test(one));
      const root = given.find((one) => /^root ?=/.test(one)) ?? given[0] ?? '';
      return fetches ? [root.replace(/^root ?= ?/, '')] : [];
    }),
  }));
  return foldersAt(values, programs, folder);
}

function foldersAt(
  values: readonly { readonly program: Program; readonly values: readonly string[] }[],
  programs: readonly Program[],
  folder: string,
): string[] {
  const places = values.flatMap(({ program, values }) =>
    values.flatMap((value) => placeOf(value, program, programs) ?? []),
  );
  const paths = places.map(({ path, isBesideFile }) => (isBesideFile ? path : posixJoin(folder, path)));
  return [...new Set(paths)].filter(
    (path) => /^\/?[\w.-]+(?:\/[\w.-]+)*$/.test(path) && !/^\.\.?(?:\/|$)/.test(path),
  );
}

/** The expressions by which a folder is told, with what stands behind them. */
function valuesOf(text: string, told: string, downloads: RegExp): string[] {
  if (told.endsWith('=')) {
    const given = new RegExp(`(?<!\\w)${told.slice(0, -1)}["']? ?[=:](?!=) ?`, 'g');
    return [...text.matchAll(given)].flatMap(({ 0: name, index }) => {
      const value = text.slice(index + name.length);
      return downloads.test(`${callAround(text.slice(0, index)) ?? ''}${argumentsIn(value)})`) ? [value] : [];
    });
  }
  if (told.endsWith('(')) return text.split(told).slice(1);
  return text
    .split(new RegExp(`\\benviron(?:\\.setdefault\\(|\\[) ?["']${told}["'](?:\\] ?=(?!=)|,) ?`))
    .slice(1);
}

/** The call that is open at the end of a text, with what it was given until then. */
function callAround(text: string): string | undefined {
  let depth = 0;
  for (let at = text.length - 1; at >= Math.max(text.length - longest, 0); at--) {
    if (text[at] === ')') depth++;
    else if (text[at] === '(' && --depth < 0) {
      let start = at;
      while (start > at - longestName && /[\w.]/.test(text.charAt(start - 1))) start--;
      return start === at ? undefined : text.slice(start);
    }
  }
  return undefined;
}

function placeOf(
  value: string,
  { path }: Program,
  programs: readonly Program[],
  depth = 0,
): Place | undefined {
  const [line = ''] = value.split('\n', 1);
  const found = placeAt(line, path, programs);
  const name = /^(?:str\()?(?:\w+\.)?([A-Za-z_]\w*)\)?\s*(?:[,)}]|$)/.exec(line.trim())?.[1];
  if (found || name === undefined || depth >= deepest) return found;
  // What is set once leads where that does, be it in a function, of a class or the default of a parameter.
  const set = programs.flatMap((program) =>
    program.text
      .split('\n')
      .flatMap((one) => givenTo(name, one))
      .filter((one) => !isName(one, name))
      .map((one) => ({ one, program })),
  );
  const [only, ...others] = set;
  return only && others.every(({ one }) => one === only.one)
    ? placeOf(only.one, only.program, programs, depth + 1)
    : undefined;
}

const isName = (value: string, name: string) =>
  [name, `self.${name}`, `str(${name})`].some(
    (one) => value.startsWith(one) && !/\w/.test(value.charAt(one.length)),
  );

/** What a line gives a name: `self.name = …`, `name: str = …`, `def f(name="…")`. */
function givenTo(name: string, line: string): string[] {
  const own = /^\s*(?:self\.)?([A-Za-z_]\w*) ?(?::[^=]*)?=(?!=) ?(.*)/.exec(line);
  if (own?.[1] === name) return [own[2] ?? ''];
  // A parameter, in the line of its function or in one of its own.
  if (!/^\s*(?:async )?def /.test(line)) return [];
  const behind = line.split(new RegExp(`[(,] ?${name} ?(?::[^=,(]*)?= ?`));
  return behind.slice(1, 2);
}
