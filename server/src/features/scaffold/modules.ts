import type { KnownProject } from './known-project.ts';
import { foldersAbove, posixJoin } from './paths.ts';

/** So many files are followed from one. */
const mostFiles = 200;

/** Where Python finds what a file of the project imports. */
export interface ImportRoot {
  /** The folder from which the file has its dotted name. */
  readonly root: string;
  /** Other folders that are to be on the path. */
  readonly others: readonly string[];
  /** It imports nothing of the project and lies in no package, so any folder above it would do. */
  readonly isFree: boolean;
}

/** The Python files of a project, the empty ones among them. */
export interface SourceTree {
  readonly texts: KnownProject['texts'];
  readonly paths: ReadonlySet<string>;
  /** Folders with Python files below them. */
  readonly folders: ReadonlySet<string>;
  /** What a file imports; each is read once. */
  readonly imports: (path: string) => readonly Imported[];
}

export function sourceTreeOf({ context, texts }: KnownProject): SourceTree {
  const known = new Map<string, readonly Imported[]>();
  const imports = (path: string) => {
    const found = known.get(path) ?? importsOf(texts.get(path) ?? '');
    known.set(path, found);
    return found;
  };
  const paths = [...(context.files?.files ?? []).map(({ path }) => path), ...texts.keys()].filter((path) =>
    path.endsWith('.py'),
  );
  return { texts, paths: new Set(paths), folders: new Set(paths.flatMap(foldersAbove)), imports };
}

interface Imported {
  readonly module: string;
  /** Of `from ..x import y`: how many dots. */
  readonly level: number;
}

/** What a file imports, as its lines say it. */
function importsOf(text: string): Imported[] {
  return code(text)
    .split('\n')
    .flatMap((line) => {
      const [first, module = '', third] = line.trim().split(/\s+/, 3);
      const level = /^\.*/.exec(module)?.[0].length ?? 0;
      if (first === 'from' && third === 'import') return [{ module: module.slice(level), level }];
      if (first !== 'import') return [];
      const names = line.trim().slice(first.length).split(',');
      return names.map((one) => ({ module: one.trim().split(/[\s;#]/, 1)[0] ?? '', level: 0 }));
    });
}

/** A program without its long strings, which hold examples. */
export function code(text: string): string {
  return ['"""', "'''"].reduce(
    (rest, quotes) =>
      rest
        .split(quotes)
        .filter((_, at) => at % 2 === 0)
        .join('""'),
    text,
  );
}

/**
 * The folder that a file's imports ask for: the one below which all that it imports of the project is found. Where
 * several do, it is the one above the packages that the file lies in.
 */
export function importRootOf(path: string, tree: SourceTree): ImportRoot {
  const folders = foldersAbove(path);
  const own = folders.find((folder) => !tree.paths.has(posixJoin(folder, '__init__.py'))) ?? '';
  const seen = new Set([path]);
  /** For each import of something in the project, the folders in which it is found. */
  const found: string[][] = [];
  let levels = 0;
  for (const file of seen) {
    if (seen.size > mostFiles) break;
    for (const { module, level } of tree.imports(file)) {
      if (level > 0) {
        const base = foldersAbove(file)[level - 1];
        if (file === path) levels = Math.max(levels, level);
        const target = base === undefined ? undefined : fileOf(base, module, tree);
        if (target) seen.add(target);
        continue;
      }
      const roots = folders.filter((folder) => fileOf(folder, module, tree) !== undefined);
      if (roots.length === 0) continue;
      found.push(roots);
      for (const root of roots) seen.add(fileOf(root, module, tree) ?? path);
    }
  }
  // A file with `from .` must have a package above it.
  const possible = folders.slice(levels);
  const order = [own, ...possible].filter((folder) => possible.includes(folder));
  const root = order.find((folder) => found.every((roots) => roots.includes(folder))) ?? order[0] ?? '';
  const others = found.flatMap((roots) => (roots.includes(root) ? [] : (roots[0] ?? [])));
  const isFree = found.length === 0 && levels === 0 && own === folders[0];
  return { root, others: [...new Set(others)], isFree };
}

/** The file of a dotted name below a folder, or that of the module which it is a name of. */
function fileOf(folder: string, module: string, { paths, folders }: SourceTree): string | undefined {
  const path = posixJoin(folder, module.replaceAll('.', '/'));
  const exact = [`${path}.py`, posixJoin(path, '__init__.py')].find((one) => paths.has(one));
  return exact ?? (module !== '' && folders.has(path) ? path : undefined);
}

/** The dotted name of a file from a folder. */
export const dottedName = (path: string, root: string) =>
  (root === '' ? path : path.slice(root.length + 1))
    .replace(/(?:\/__(?:init|main)__)?\.py$/, '')
    .replaceAll('/', '.');

/** The files of a project that another one imports, by their last names. */
export function importedNames({ texts, imports }: SourceTree): ReadonlySet<string> {
  const all = [...texts.keys()].flatMap((path) => (path.endsWith('.py') ? imports(path) : []));
  return new Set(all.map(({ module }) => module.split('.').at(-1) ?? ''));
}
