import { folderOf, foldersAbove, nameOf, posixJoin } from '../paths.ts';
import { djangoLoads } from './django-loads.ts';
import { code, fileOf, type Imported, type ImportRoot, importRootOf, type SourceTree } from './modules.ts';

/** So many files are followed from one. */
const mostFiles = 500;

/** A module of the project that a file imports and that is not there. */
export interface MissingModule {
  /** The file that imports it. */
  readonly by: string;
  /** Where Python would look for it, such as `shop/version.py`. */
  readonly path: string;
}

export interface Reach {
  /** The files that Python reads when it starts one. */
  readonly files: ReadonlySet<string>;
  readonly missing: readonly MissingModule[];
}

/**
 * What a file reads by its imports, as far as they lie in the project.
 * @param isLeftOut whether a file that is not there is one that the project keeps to itself
 * @param isFollowed of several imports only some may count
 */
export function reachOf(
  start: string,
  tree: SourceTree,
  isLeftOut: (path: string) => boolean,
  isFollowed: (one: Imported) => boolean = () => true,
): Reach {
  const from = importRootOf(start, tree);
  const roots = [from.root, ...from.others];
  const files = new Set([start]);
  const missing: MissingModule[] = [];
  for (const file of files) {
    if (files.size > mostFiles) break;
    for (const init of initsOf(file, roots, tree)) files.add(init);
    const text = tree.texts.get(file) ?? '';
    for (const path of [...loadedBy(text, roots, tree), ...djangoLoads(text, roots, tree)]) files.add(path);
    for (const imported of tree.imports(file).filter(isFollowed)) {
      const targets = targetsOf(file, imported, roots, tree);
      for (const target of targets) files.add(target);
      if (targets.length > 0 || !imported.isNeeded) continue;
      const path = missingPath(file, imported, from, tree, isLeftOut);
      if (path !== undefined) missing.push({ by: file, path });
    }
  }
  return { files, missing };
}

/** Calls that import what they are told (Python documentation, "importlib"; discord.py, "Extensions"). */
const loads = /\b(?:load_extensions?|import_module|__import__)\(/;

/** The files of the project that such a call is told, as `"cogs.music"` and `f"cogs.{name}"`. */
function loadedBy(text: string, roots: readonly string[], tree: SourceTree): string[] {
  if (!loads.test(text)) return [];
  const told = [
    ...code(text).matchAll(/\b(?:load_extension|import_module|__import__)\(\s*["']([A-Za-z_]\w*)["']/g),
  ];
  const alone = told.flatMap(([, module = '']) => roots.flatMap((root) => fileOf(root, module, tree) ?? []));
  const named = [
    ...code(text).matchAll(/["']([A-Za-z_]\w*(?:\.[A-Za-z_]\w*){0,5})(\.\{|(?::\w{1,60})?["'])/g),
  ];
  const dotted = named.flatMap(([, module = '', end]) =>
    roots.flatMap((root) => {
      if (end !== '.{') return module.includes('.') ? (fileOf(root, module, tree) ?? []) : [];
      const folder = posixJoin(root, module.replaceAll('.', '/'));
      return [...tree.paths].filter((path) => folderOf(path) === folder && !nameOf(path).startsWith('_'));
    }),
  );
  return [...alone, ...dotted];
}

/** Python runs the `__init__.py` of each package that a module lies in. */
function initsOf(file: string, roots: readonly string[], { paths }: SourceTree): string[] {
  const above = foldersAbove(file);
  const end = above.findIndex((folder) => roots.includes(folder));
  return above
    .slice(0, Math.max(end, 0))
    .map((folder) => `${folder}/__init__.py`)
    .filter((path) => paths.has(path));
}

/** The files of the project that an import reads, looked for in some folders where it is not a relative one. */
export function targetsOf(
  file: string,
  { module, level, names }: Imported,
  roots: readonly string[],
  tree: SourceTree,
): string[] {
  const base = foldersAbove(file)[level - 1];
  const folders = level === 0 ? roots : base === undefined ? [] : [base];
  return folders.flatMap((folder) => {
    const dots = module === '' ? '' : `${module}.`;
    const all = [module, ...names.map((name) => `${dots}${name}`)];
    return all.flatMap((one) => fileOf(folder, one, tree) ?? []);
  });
}

/** Where the module of an import would lie, where it is one of the project for certain. */
function missingPath(
  file: string,
  { module, level }: Imported,
  { root, others }: ImportRoot,
  tree: SourceTree,
  isLeftOut: (path: string) => boolean,
): string | undefined {
  const parts = module.split('.');
  const at = (folder: string) => posixJoin(folder, parts.join('/'));
  const isWritten = (path: string) => tree.compiled.has(path);
  if (level > 0) {
    const base = foldersAbove(file)[level - 1];
    const path = base === undefined || module === '' ? undefined : at(base);
    return path === undefined || isWritten(path) ? undefined : `${path}.py`;
  }
  const folder = [root, ...others].find((one) =>
    parts.length === 1
      ? isLeftOut(`${at(one)}.py`)
      : tree.paths.has(posixJoin(one, `${parts[0]}/__init__.py`)) &&
        tree.folders.has(posixJoin(one, parts.slice(0, -1).join('/'))),
  );
  return folder === undefined || isWritten(at(folder)) ? undefined : `${at(folder)}.py`;
}
