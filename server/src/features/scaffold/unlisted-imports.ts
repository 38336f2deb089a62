import { lonePackages } from '../../data/lone-packages.ts';
import { standardLibrary } from '../../data/standard-library.ts';
import { fileOf } from './modules.ts';
import { foldersAbove } from './paths.ts';
import { programsOfStart } from './program-file.ts';
import type { ProjectFacts } from './project.ts';
import { providersOf } from './providers.ts';
import type { Start } from './start.ts';

interface Unlisted {
  readonly by: string;
  readonly module: string;
  /** Hardly any other package brings it along. */
  readonly isLone: boolean;
}
/** Modules that several packages share, and those of tools that are there anyway. */
const shared = /^(?:google|azure|mpl_toolkits|pkg_resources|setuptools|pip|_\w+|__\w+__)$/;

/** What a start imports at the left margin that is neither its own nor named by what is installed. */
function unlistedImports(facts: ProjectFacts, start: Start): Unlisted[] {
  const { tree, packages, dependencies } = facts;
  if (!/^(?:lock|requirements|pyproject)$/.test(dependencies.source) || facts.context.project?.isDynamic)
    return [];
  const isOwn = (path: string, module: string) =>
    ['src', ...start.roots, ...foldersAbove(path)].some((folder) => fileOf(folder, module, tree)) ||
    [...tree.compiled, ...tree.folders].some((one) => one === module || one.endsWith(`/${module}`));
  return programsOfStart(facts, start).flatMap(({ path, text }) =>
    text.split('\n').flatMap((line) => {
      const module = /^(?:import|from)[ \t]+([A-Za-z_]\w*)/.exec(line)?.[1];
      if (module === undefined || standardLibrary.has(module) || shared.test(module)) return [];
      const providers = providersOf(module);
      if (providers.some((name) => packages.has(name)) || isOwn(path, module)) return [];
      return [{ by: path, module, isLone: providers.some((name) => lonePackages.has(name)) }];
    }),
  );
}

/** Why a start ends at an import, in a sentence: nothing that is installed can be the one to bring it. */
export function unlistedFault(facts: ProjectFacts, start: Start): string | undefined {
  const { packages, dependencies, module: own } = facts;
  if (dependencies.paths.length > 0 || dependencies.hasRepositories) return undefined;
  const found = unlistedImports(facts, start).find(
    ({ by, module, isLone }) =>
      isLone &&
      // What it imports may do so only where somebody asks for it.
      by === start.file &&
      module !== own?.name &&
      // An extension of it brings it along.
      ![...packages].some((name) => providersOf(module).some((one) => name.includes(one))),
  );
  return (
    found &&
    `${found.by} imports ${found.module}, which ${dependencies.files[0]} does not name: write it there, then add the files again.`
  );
}

/** So many names stand in the line. */
const most = 6;

/** What comes along with others, as nobody names it. */
export function unlistedNote(facts: ProjectFacts, start: Start): string | undefined {
  if (facts.dependencies.source === 'lock') return undefined;
  const names = [...new Set(unlistedImports(facts, start).map(({ module }) => module))].slice(0, most);
  return names.length === 0
    ? undefined
    : `${names.join(', ')}, which the programs import, ${names.length === 1 ? 'comes' : 'come'} along with what ${facts.dependencies.files[0]} names.`;
}
