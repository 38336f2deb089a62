import { broughtPackages } from '../../../data/brought-packages.ts';
import { importNames } from '../../../data/import-names.ts';
import { leafPackages } from '../../../data/leaf-packages.ts';
import { lonePackages } from '../../../data/lone-packages.ts';
import { namespacePackages } from '../../../data/namespace-packages.ts';
import { standardLibrary } from '../../../data/standard-library.ts';
import { normalizeName, readRequirement } from '../../../facts/requirements.ts';
import { foldersAbove } from '../paths.ts';
import type { ImageFacts, ProjectFacts } from '../project.ts';
import { isLater } from '../releases/ages.ts';
import { serverBeside } from '../servers/added-server.ts';
import { fileOf } from '../sources/modules.ts';
import { withNeeded } from '../sources/needed-imports.ts';
import { neededFiles, programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';
import { listOf } from './dependencies.ts';
import { importedExtras } from './imported-extras.ts';
import { importedBy, providersOf } from './providers.ts';
import { leavesIn } from './wheels-for-pythons.ts';
import { isWrittenDown } from './written-down.ts';

interface Unlisted {
  readonly by: string;
  readonly module: string;
  /** The package of it, where one that is named brings it along. */
  readonly brought: string | undefined;
}
/** Modules that several packages share, and those of tools that are there anyway. */
const shared = /^(?:google|azure|mpl_toolkits|pkg_resources|setuptools|pip|_\w+|__\w+__)$/;

/** What a start imports at the left margin that is neither its own nor named by what is installed. */
function unlistedImports(facts: ProjectFacts, start: Start): Unlisted[] {
  const { tree, packages, dependencies } = facts;
  if (dependencies.source === 'setup' || facts.context.project?.isDynamic) return [];
  const locked = lockedNames(facts);
  if (locked?.size === 0 && dependencies.source !== 'lock') return [];
  const isThere = (name: string) => packages.has(name) || locked?.has(name);
  const beside = readRequirement(serverBeside(facts, start) ?? '')?.name;
  const ofExtras = new Set(importedExtras(facts, start).map(({ module }) => module));
  const isOwn = (path: string, module: string) =>
    ['src', ...start.roots, ...foldersAbove(path)].some((folder) => fileOf(folder, module, tree)) ||
    [...tree.compiled, ...tree.folders].some((one) => one === module || one.endsWith(`/${module}`));
  const brought = new Set([...packages, ...extrasOf(facts), ...formerOf(facts)]);
  for (const name of brought) for (const one of broughtPackages.get(name) ?? []) brought.add(one);
  return programsOfStart(facts, start).flatMap(({ path, text }) =>
    withNeeded(text)
      .split('\n')
      .flatMap((line) =>
        importedBy(line).flatMap((module) => {
          if (standardLibrary.has(module) || shared.test(module)) return [];
          const providers = providersOf(module);
          if (
            ofExtras.has(module) ||
            providers.some((name) => name === beside || isThere(name)) ||
            isOwn(path, module.split('.', 1)[0] ?? '')
          )
            return [];
          return [
            { by: path, module, brought: locked ? undefined : providers.find((name) => brought.has(name)) },
          ];
        }),
      ),
  );
}

/** All that is installed, where a lock file tells. */
function lockedNames(facts: ProjectFacts): ReadonlySet<string> | undefined {
  const { dependencies, packages, texts, context } = facts;
  // The project itself is among them, and holds what lies in it.
  const own = normalizeName(context.project?.name ?? '');
  if (dependencies.source === 'lock') return new Set([...packages].filter((name) => name !== own));
  if (dependencies.source === 'pipenv') return new Set(dependencies.locked?.map(({ name }) => name));
  if (dependencies.source !== 'poetry' || dependencies.files[0] !== 'poetry.lock') return undefined;
  const names = (texts.get('poetry.lock') ?? '').matchAll(/^name = "([^"\n]+)"$/gm);
  return new Set([...names].map(([, name = '']) => normalizeName(name)));
}

/** `uvicorn[standard]` */
const extrasOf = ({ dependencies }: ProjectFacts) =>
  dependencies.asked.flatMap(({ name, extras }) => extras.map((extra) => `${name}[${extra}]`));

/** `pandas<3`, of what is asked for in no later release, or of which a former day had none. */
const formerOf = ({ dependencies, limit }: ProjectFacts & Partial<Pick<ImageFacts, 'limit'>>) =>
  [...broughtPackages.keys()].flatMap((key) => {
    const [name, before] = key.split('<', 2);
    const asked = before === undefined ? [] : dependencies.asked.filter((one) => one.name === name);
    const isFormer = asked.every(
      (one) =>
        !leavesIn(before ?? '', one) ||
        (limit && name !== undefined && isLater(name, before ?? '', limit.date)),
    );
    return asked.length > 0 && isFormer ? key : [];
  });

/** Packages whose modules are known by their names. */
const known = new Set(
  [
    ...importNames.values(),
    ...namespacePackages.values(),
    ...broughtPackages.values(),
    [...broughtPackages.keys()].filter((name) => /^[\w-]+$/.test(name)),
  ].flat(),
);

/** Packages that may hold a module: its name lies in theirs, or nothing is known of them and no program imports them by name. */
function holdersOf(module: string, facts: ProjectFacts): string[] {
  const { dependencies, tree } = facts;
  const locked = lockedNames(facts);
  const packages = locked ?? facts.packages;
  const providers = providersOf(module);
  if (dependencies.paths.length > 0 || dependencies.hasRepositories) return [...packages];
  const isLone =
    providers.some((name) => lonePackages.has(name)) ||
    // A lock file holds all that comes along, and so does what was written down of an environment.
    ((locked !== undefined || isWrittenDown(dependencies)) && providers.some((name) => known.has(name)));
  const imported = new Set(
    [...tree.paths].flatMap(tree.allImports).flatMap((one) => providersOf(one.split('.', 1)[0] ?? '')),
  );
  const unknown = isLone || locked ? [] : extrasOf(facts).filter((one) => !broughtPackages.has(one));
  const found = [...packages].filter(
    (name) =>
      // An extension of it brings it along.
      providers.some((one) => name.includes(one)) ||
      (!isLone &&
        !known.has(name) &&
        !lonePackages.has(name) &&
        !leafPackages.has(name) &&
        !broughtPackages.has(name) &&
        !imported.has(name) &&
        !forWork.test(name)),
  );
  return [...found, ...unknown];
}

/** Servers and tools, of which programs import nothing. */
const forWork =
  /^(?:g?unicorn|hypercorn|pytest.*|black|ruff|flake8|mypy|isort|pylint|pre-commit|wheel|pip|setuptools|ipykernel|jupyter.*|types-.*|.*-stubs)$/;

/** Why a start ends at an import, in a sentence: nothing that is installed is known to bring it. */
export function unlistedFault(facts: ProjectFacts, start: Start): string | undefined {
  const needed = neededFiles(facts, start);
  const found = unlistedImports(facts, start).find(
    ({ by, module, brought }) =>
      brought === undefined &&
      needed.has(by) &&
      module !== facts.module?.name &&
      holdersOf(module, facts).length === 0,
  );
  if (!found) return undefined;
  const list = listOf(facts.dependencies);
  const [provider] = providersOf(found.module);
  if (lockedNames(facts))
    return `${found.by} imports ${found.module}, which neither lies in the project nor is named by ${list}: add ${provider} to what is locked and lock it anew, then add the files again.`;
  return providersOf(found.module).some((name) => lonePackages.has(name))
    ? `${found.by} imports ${found.module}, which ${list} does not name: write it there, then add the files again.`
    : `${found.by} imports ${found.module}, which neither lies in the project nor is named by ${list}: add ${providersOf(found.module).length > 1 ? provider : 'it'}, then add the files again.`;
}

/** What others bring along today, where earlier releases are installed, of which nobody knows whether they do. */
export const broughtBeside = (facts: ImageFacts, start: Start): string[] =>
  facts.limit === null ? [] : unlistedImports(facts, start).flatMap(({ brought }) => brought ?? []);

/** So many names stand in a line. */
const most = 6;

/** What nobody names: it comes along with others, lies in one of them, or is not there. */
export function unlistedNotes(facts: ImageFacts, start: Start): string[] {
  if (lockedNames(facts)) return [];
  const list = listOf(facts.dependencies);
  const all = unlistedImports(facts, start).filter(({ brought = '' }) => !facts.called?.includes(brought));
  const brought = namesOf(all.filter((one) => one.brought !== undefined));
  const others = all.filter((one) => one.brought === undefined);
  const held = others.filter(({ module }) => holdersOf(module, facts).length > 0);
  const absent = namesOf(others.filter((one) => !held.includes(one)));
  const isOne = brought.length === 1;
  return [
    ...(brought.length > 0
      ? [
          `${brought.join(', ')}, which the programs import, ${isOne ? 'comes' : 'come'} along with what ${list} names.`,
        ]
      : []),
    ...namesOf(held).map((module) => {
      const [holder = '', ...rest] = holdersOf(module, facts);
      const isLike = providersOf(module).some((name) => bare(holder).includes(bare(name)));
      return `${module}, which the programs import and ${list} does not name, ${isLike || rest.length > 0 ? 'lies' : 'may lie'} in ${rest.length > 0 ? 'a package' : holder} that it names.`;
    }),
    ...nearerList(facts, start),
    ...(absent.length > 0
      ? [`The program does without ${absent.join(', ')}, which it imports and ${list} does not name.`]
      : []),
  ];
}

/** A list beside the program that is started, where another one is installed, in a sentence. */
function nearerList({ context, dependencies }: ImageFacts, { file }: Start): string[] {
  const folders = file === undefined ? [] : foldersAbove(file).filter((folder) => folder !== '');
  const path = folders
    .map((folder) => `${folder}/requirements.txt`)
    .find((list) => (context.files?.files ?? []).some((one) => one.path === list));
  const isRead = dependencies.files.some((list) => list === path) || dependencies.source === 'lock';
  return path === undefined || isRead || (context.requirementFiles ?? []).some((one) => one.path === path)
    ? []
    : [
        dependencies.files.length > 0
          ? `${path}, which lies beside ${file}, is not installed: "-r ${path}" in ${listOf(dependencies)} has what it names as well.`
          : `${path}, which lies beside ${file}, is not installed: write "-r ${path}" into requirements.txt to have what it names.`,
      ];
}

const bare = (name: string) => name.replaceAll('-', '');
const namesOf = (all: readonly Unlisted[]) => [...new Set(all.map(({ module }) => module))].slice(0, most);
