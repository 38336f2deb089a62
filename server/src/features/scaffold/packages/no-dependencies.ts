import { importNames } from '../../../data/import-names.ts';
import { standardLibrary } from '../../../data/standard-library.ts';
import type { Environment } from '../../../facts/build-context.ts';
import { normalizeName } from '../../../facts/requirements.ts';
import type { KnownProject } from '../known-project.ts';
import { folderOf, foldersAbove, nameOf } from '../paths.ts';
import { besideProgram } from '../sources/applications.ts';
import { fileOf, type SourceTree, sourceTreeOf } from '../sources/modules.ts';
import { packageOf } from './known-packages.ts';
import { providersOf } from './providers.ts';

/** So many names stand in the sentence. */
const most = 4;

/** Why no image can be made of programs without a list of what they need, in a sentence. */
export function noDependencies(known: KnownProject): string {
  const outside = elsewhere(known);
  if (outside !== undefined) return outside;
  const names = importedPackages(known).filter((name) => isPackageName(known, name));
  const [by, installed = []] = installedBy(known) ?? [];
  if (by !== undefined)
    return `No file lists which packages the programs need, though ${by} installs ${listed(installed)}: write ${installed.length === 1 ? 'that' : 'those'} into requirements.txt, then add the files again.`;
  const strange = names.filter((name) => packageOf(name) === undefined);
  if (strange.length > 0 && strange.length < names.length)
    return `No file says which packages the programs need, and what brings ${listed(strange)} is not known: write requirements.txt, and what of these is a module of the project, then add the files again.`;
  const imported = names.length === 0 ? '' : `, although they import ${listed(names)}`;
  return `No file says which packages the programs need${imported}: write requirements.txt, then add the files again.`;
}

/** Names that programs give modules of their own, which a stranger may have a package of. */
const usualOwn =
  /^(?:env|my_?env|creds|local_settings|app|apps|src|core|common|config|configs|settings|secrets?|passwords?|credentials|keys|tokens?|constants?|utils?|helpers?|models?|db|database|main|server|api|routes|services|lib|tools|data|test|tests)$/;
/** Whether a module that is not there is none of the project: Git may keep it out. */
const isPackageName = ({ texts }: KnownProject, name: string) =>
  !(usualOwn.test(name) && !importNames.has(name)) &&
  !(texts.get('.gitignore') ?? '')
    .split('\n')
    .some((line) => line.trim().replace(/^\/|\/$/g, '') === `${name}.py` || line.trim() === `${name}/`);

/** Where there is a list after all, though none that uv installs for this folder, in a sentence. */
export function elsewhere(known: KnownProject): string | undefined {
  const paths = (known.context.files?.files ?? []).map(({ path }) => path);
  const folders = new Set(
    paths
      .filter((path) => /^(?:pyproject\.toml|requirements\.txt|setup\.py|Pipfile)$/.test(nameOf(path)))
      .map(folderOf)
      .filter(
        (folder) => folder !== '' && folder.split('/').length <= 2 && !besideProgram.test(`${folder}/`),
      ),
  );
  if (folders.size > 0)
    return `This folder has no dependencies of its own, only those of ${listed([...folders].sort())}: add the files ${folders.size === 1 ? 'there' : 'in one of them'}.`;
  const list = paths.find(
    (path) =>
      /\/requirements\/(?:base|common|main|prod|production)\.txt$/.test(path) && !besideProgram.test(path),
  );
  if (list !== undefined)
    return `${list} names packages, and no list that lies nearer takes them: write "-r ${list}" into requirements.txt, then add the files again.`;
  const { environment } = known.context;
  const names = importedPackages(known);
  if (environment && names.length > 0 && !names.some((name) => isNamed(name, environment)))
    return `${environment.path} is for conda and names nothing of what the programs import, such as ${listed(names)}: write requirements.txt, then add the files again.`;
  if (environment)
    return `${environment.path} is for conda, which these files do not use: write its packages into requirements.txt, then add the files again.`;
  const ofConda = paths
    .filter(
      (path) => likeConda.test(nameOf(path)) && path.split('/').length <= 2 && !besideProgram.test(path),
    )
    .sort();
  if (ofConda.length > 0)
    return `${listed(ofConda)} may be read by conda, and not by pip or uv: write the packages into requirements.txt, then add the files again.`;
  return undefined;
}

/** What a file for readers or for a container of development installs by name, and which file. */
export function installedBy({ texts }: KnownProject): [file: string, names: string[]] | undefined {
  for (const [path, text] of texts) {
    if (!/(?:^|\/)(?:\.?devcontainer\.json|readme(?:\.\w+)?|makefile)$/i.test(path)) continue;
    const names = [...text.matchAll(/\b(?:pip3?|uv pip|uv) (?:install|add) ([^\n"'`;&|#\\]+)/g)].flatMap(
      ([, words = '']) =>
        words
          .split(/\s+/)
          .filter(
            (word, at, all) =>
              /^[A-Za-z][\w.[\]=<>~-]*$/.test(word) && !/^(?:-r|-c|-e)$/.test(all[at - 1] ?? ''),
          ),
    );
    const own = [...new Set(names)].filter(
      (name) => !/^(?:pip|uv|setuptools|wheel|virtualenv|pipenv|poetry)$/.test(name),
    );
    if (own.length > 0) return [path, own];
  }
  return undefined;
}

/** What `conda env export` and `conda list` are kept in, besides environment.yml. */
const likeConda =
  /^(?:requirements\.ya?ml|(?:environment|env|conda)[\w-]{0,30}\.(?:ya?ml|txt)|spec-file\.txt)$/i;

/** Whether a file of conda names a package that may bring a module. */
function isNamed(module: string, { packages, requirements }: Environment): boolean {
  const names = new Set([
    ...packages.map((one) => normalizeName(/^(?:[\w-]+::)?([\w.-]+)/.exec(one)?.[1] ?? '')),
    ...requirements.map(({ name }) => name),
  ]);
  return [...providersOf(module), `py${module}`.toLowerCase(), 'opencv'].some((name) => names.has(name));
}

/**
 * What the programs, or some of them, import that is neither theirs nor Python's, the most used first.
 * @param read the imports of a file that count; those that stand at its left margin where left out
 */
export function importedPackages(
  known: KnownProject,
  only?: ReadonlySet<string>,
  read: (path: string, tree: SourceTree) => readonly string[] = (path, tree) => tree.neededImports(path),
): string[] {
  const tree = sourceTreeOf(known, new Set());
  const counts = new Map<string, number>();
  for (const path of tree.paths) {
    if (only ? !only.has(path) : besideProgram.test(path)) continue;
    const tops = new Set(read(path, tree).map((module) => module.split('.', 1)[0] ?? ''));
    for (const top of tops)
      if (
        /^[A-Za-z]\w*$/.test(top) &&
        !standardLibrary.has(top) &&
        !(packageOf(top) === undefined && isOwnSomewhere(top, tree)) &&
        foldersAbove(path).every((folder) => !fileOf(folder, top, tree))
      )
        counts.set(top, (counts.get(top) ?? 0) + 1);
  }
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([name]) => name);
}

/** A module of the project that another folder of it imports by its name. */
const isOwnSomewhere = (module: string, { paths }: SourceTree) =>
  [...paths].some(
    (path) => path.includes(`/${module}/`) || path.startsWith(`${module}/`) || path.endsWith(`/${module}.py`),
  );

export const listed = (names: readonly string[]) =>
  names.length > most
    ? `${names.slice(0, most).join(', ')} and ${names.length - most} more`
    : names.join(', ');
