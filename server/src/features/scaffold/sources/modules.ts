import { standardLibrary } from '../../../data/standard-library.ts';
import type { KnownProject } from '../known-project.ts';
import { foldersAbove, nameOf, posixJoin } from '../paths.ts';
import { withNeeded } from './needed-imports.ts';

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
  /** Modules that are compiled, or were, without what stands behind the first dot of their names. */
  readonly compiled: ReadonlySet<string>;
  /** Whether a module is one of Python or of a package that the project asks for, and none of its own. */
  readonly isInstalled: (module: string) => boolean;
  /** What a file imports by its whole name, of the project or not. */
  readonly allImports: (path: string) => readonly string[];
  /** What of that stands at the left margin. */
  readonly neededImports: (path: string) => readonly string[];
  /** What a file imports of the project, perhaps; each is read once. */
  readonly imports: (path: string) => readonly Imported[];
}

/** @param direct names of the packages that the project asks for: no folder of it is meant by an import of theirs */
export function sourceTreeOf({ context, texts }: KnownProject, direct: ReadonlySet<string>): SourceTree {
  const known = new Map<string, readonly Imported[]>();
  const isInstalled = (module: string) => {
    const [top = ''] = module.split('.', 1);
    return standardLibrary.has(top) || direct.has(top.toLowerCase().replaceAll('_', '-'));
  };
  const importsOfAll = (path: string) => importsOf(texts.get(path) ?? '').filter(({ level }) => level === 0);
  const allImports = (path: string) => importsOfAll(path).map(({ module }) => module);
  const neededImports = (path: string) =>
    importsOfAll(path).flatMap(({ module, isNeeded }) => (isNeeded ? module : []));
  const imports = (path: string) => {
    const found =
      known.get(path) ??
      importsOf(texts.get(path) ?? '').filter(({ module, level }) => level > 0 || !isInstalled(module));
    known.set(path, found);
    return found;
  };
  const paths = [...(context.files?.files ?? []).map(({ path }) => path), ...texts.keys()].filter((path) =>
    path.endsWith('.py'),
  );
  const compiled = (context.files?.files ?? []).flatMap(({ path }) =>
    /\.(?:pyx|pyi|so|pyd|c|cc|cpp|rs)$/.test(path)
      ? `${path.slice(0, path.length - nameOf(path).length)}${nameOf(path).split('.', 1)[0]}`
      : [],
  );
  return {
    texts,
    paths: new Set(paths),
    folders: new Set(paths.flatMap(foldersAbove)),
    compiled: new Set(compiled),
    isInstalled,
    allImports,
    neededImports,
    imports,
  };
}

export interface Imported {
  readonly module: string;
  /** Of `from ..x import y`: how many dots. */
  readonly level: number;
  /** What `from` takes out of it; each may be a module. */
  readonly names: readonly string[];
  /** It stands at the left margin, so nothing goes on without it. */
  readonly isNeeded: boolean;
}
/** So many lines of an import in parentheses are read. */
const mostLines = 60;

/** Django imports the settings that it is told by this name (Django documentation, "Django settings"). */
const djangoSettings = /\bDJANGO_SETTINGS_MODULE["'][\])]?[ \t]*[,=][ \t]*["']([\w.]+)["']/;

/** What a file imports, as its lines say it. */
function importsOf(text: string): Imported[] {
  const lines = withNeeded(code(text)).split('\n');
  return lines.flatMap((line, at) => {
    const settings = djangoSettings.exec(line)?.[1];
    // The environment may name others.
    if (settings !== undefined) return [{ module: settings, level: 0, names: [], isNeeded: false }];
    const [first, module = '', third] = line.trim().split(/\s+/, 3);
    const level = /^\.*/.exec(module)?.[0].length ?? 0;
    const isNeeded = first !== undefined && line.startsWith(first);
    if (first === 'from' && (third === 'import' || third?.startsWith('import(')))
      return [{ module: module.slice(level), level, names: namesOf(lines, at), isNeeded }];
    if (first !== 'import') return [];
    const all = line.trim().slice(first.length).split(',');
    const modules = all.map((one) => one.trim().split(/[\s;#]/, 1)[0] ?? '');
    return modules.map((name) => ({ module: name, level: 0, names: [], isNeeded }));
  });
}

/** What stands behind `import` in a line, or in the lines from there to the closing parenthesis. */
function namesOf(lines: readonly string[], at: number): string[] {
  const line = lines[at] ?? '';
  const end = line.includes('(') ? lines.slice(at, at + mostLines).findIndex((one) => one.includes(')')) : 0;
  const text = lines
    .slice(at, at + Math.max(end, 0) + 1)
    .map((one) => one.split('#', 1)[0])
    .join(' ');
  const names = text.slice(text.search(/\bimport\b/) + 'import'.length).replace(/[()]/g, ' ');
  return names.split(',').flatMap((one) => /^\w+/.exec(one.trim())?.[0] ?? []);
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

/** A program without the lines that are comments. */
export const withoutComments = (text: string) => text.replace(/^[ \t]*#.*$/gm, '');

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
export function fileOf(folder: string, module: string, { paths, folders }: SourceTree): string | undefined {
  const path = posixJoin(folder, module.replaceAll('.', '/'));
  // A package comes before a module of its name (Python documentation, "importlib", `FileFinder`).
  const exact = [posixJoin(path, '__init__.py'), `${path}.py`].find((one) => paths.has(one));
  return exact ?? (module !== '' && folders.has(path) ? path : undefined);
}

/** The dotted name of a file from a folder, as `python -m` takes it. */
export const dottedName = (path: string, root: string) => importedName(path, root).replace(/\.__main__$/, '');

/** As an import names it: there a package is its `__init__.py` alone (Python documentation, "__main__"). */
export const importedName = (path: string, root: string) =>
  (root === '' ? path : path.slice(root.length + 1)).replace(/(?:\/__init__)?\.py$/, '').replaceAll('/', '.');

/**
 * The files of a project that another one imports, by their last names.
 * @param isPassedOver what imports others to try them
 */
export function importedNames(
  { texts, imports }: SourceTree,
  isPassedOver: (path: string) => boolean,
): ReadonlySet<string> {
  const all = [...texts.keys()].flatMap((path) =>
    path.endsWith('.py') && !isPassedOver(path) ? imports(path) : [],
  );
  return new Set(all.map(({ module }) => module.split('.').at(-1) ?? ''));
}
