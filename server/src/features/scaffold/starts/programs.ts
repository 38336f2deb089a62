import type { ScaffoldKind } from '../../../protocol/requests.ts';
import { folderOf, foldersAbove, nameOf } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { isPage } from '../servers/own-servers.ts';
import { besideProgram, isStandIn } from '../sources/applications.ts';
import { isStartedByName, onlyDefines, works } from '../sources/effects.ts';
import { code, dottedName, importedNames, importRootOf } from '../sources/modules.ts';
import { targetsOf } from '../sources/reach.ts';
import { argumentsOf } from './arguments.ts';
import { callsItself, isShownToReaders, mcpStart } from './last-starts.ts';
import { programsOfStart, readsArguments } from './program-file.ts';
import type { Candidate } from './start.ts';

/** Names of commands that a kind of image is for. */
const wantedScript: Readonly<Partial<Record<ScaffoldKind, RegExp>>> = {
  training: /train|fit/,
  serving: /serve|server|api|app|web/,
};
export const isTraining =
  /^(?:train|training|fit|finetune|fine_tune)(?:_(?!args|arguments|utils?|config|helpers?|loop|step).*)?$/;
const isMain = /^(?:main|app|run|server|serve|bot|cli|worker|__main__)$/;
/** Programs for those who work on a project. */
export const isTool =
  /^(?:setup|conftest|noxfile|tasks|fabfile|dodo|manage|versioneer|locustfile|gunicorn.*|test_.*|.*_tests?|tests?\d*|health_?check.*|check_.*|debug.*|.*_debug|bench.*|example.*|demo.*|wsgi|asgi|lambda_.*|migrate.*|seed.*|lint.*|format.*|release.*|build.*|__init__)$/;
/** Programs that prepare what others need, or that are for who keeps the project: they are asked for, and come last. */
export const forKeepers = 5;
export const isForKeepers =
  /^(?:docs?|changelog|hubconf|(?:bump|publish|deploy|install|download|fetch|convert|init|prepare|preprocess|make|export|clean|update|upgrade|data_to|get_data|load_data|create(?!_app)|generate_(?:docs?|data|readme|schema|config|version|table))(?:$|_).*)$/;
/** Pages and packages of notebooks are made for somebody who reads them (nbconvert documentation, "Using as a command line tool"). */
const makesPages = /["' ]nbconvert["' ]/;
/** What `uv init` writes for somebody to put a program in its place (uv 0.13). */
const isUvStub =
  /^def main\(\):\n {4}print\("Hello from [^"\n]*!"\)\n+if __name__ == "__main__":\n {4}main\(\)\s*$/;
/** A module of a package that is meant to be started. */
const isProgram = /\bdef (?:main|cli|run)\b|\bargparse\b|\bclick\b|\btyper\b|\bhydra\b|\bfire\b/;

/** What a project can start: its commands, its modules and its files, but what uv wrote where there is another one. */
export function programsOf(facts: ProjectFacts, kind: ScaffoldKind): Candidate[] {
  const all = allOf(facts, kind);
  const own = all.filter(({ file }) => !isUvStub.test(code((file && facts.tree.texts.get(file)) ?? '')));
  return own.length > 0 ? own : all;
}

function allOf(facts: ProjectFacts, kind: ScaffoldKind): Candidate[] {
  const scripts = [...scriptsOf(facts, kind), ...spidersOf(facts)];
  if (scripts.length > 0) return scripts;
  const imported = importedNames(facts.tree, (path) => besideProgram.test(path));
  const ofSetup = new Set(facts.tree.imports('setup.py').map(({ module }) => module));
  const tops = [...facts.tree.paths].filter(
    (path) => !path.includes('/') && !isTool.test(path.replace(/\.py$/, '')),
  );
  const files = [...facts.tree.paths].filter((path) => {
    const name = nameOf(path).replace(/\.py$/, '');
    const isOther = besideProgram.test(path) || isTool.test(name) || isStandIn.test(path);
    return !isOther && path.split('/').length <= 4 && !ofSetup.has(name);
  });
  const found = files.flatMap((path) => {
    const name = nameOf(path).replace(/\.py$/, '');
    const rank = rankOf(facts, path, name, kind, imported, tops.length === 1);
    return rank === undefined ? [] : [{ ...program(facts, path), rank }];
  });
  if (found.some(({ rank }) => rank <= 3)) return found;
  // Where no usual name and no main block says what starts, what does something at its top may be it.
  const others = files.filter(
    (path) =>
      /^(?:src\/)?[^/]+$/.test(path) &&
      !imported.has(nameOf(path).replace(/\.py$/, '')) &&
      !facts.isInPackage(path) &&
      doesWork(facts, path),
  );
  const all = [...others.map((path) => ({ ...program(facts, path), rank: 3 })), ...found];
  return all.length > 0 ? all : lastOf(facts, files);
}

/** What nothing but its own text tells to be a program, so a person is asked. */
function lastOf(facts: ProjectFacts, files: readonly string[]): Candidate[] {
  const servers = files.flatMap((path): Candidate[] => {
    const start = mcpStart(facts, path);
    return start ? [{ start, file: path, rank: 3, names: [`run ${path}`], isDoubtful: true }] : [];
  });
  const { tree } = facts;
  const imported = new Set(
    [...tree.paths].flatMap((by) =>
      tree
        .imports(by)
        .flatMap((one) => targetsOf(by, one, foldersAbove(by), tree).filter((path) => path !== by)),
    ),
  );
  const tasks = files.filter((path) => !imported.has(path) && callsItself(tree.texts.get(path) ?? ''));
  const shown = [...tree.paths].filter((path) => isShownToReaders(facts, path));
  return [
    ...servers,
    ...tasks.map((path) => ({ ...program(facts, path), rank: 4, isDoubtful: true })),
    // README names what tries a project before what it is for.
    ...shown.map((path) => ({ ...program(facts, path), rank: 4, names: [], isDoubtful: true })),
  ];
}

function doesWork({ tree }: ProjectFacts, path: string): boolean {
  const text = code(tree.texts.get(path) ?? '');
  const isForOthers = isForKeepers.test(nameOf(path).replace(/\.py$/, '')) || makesPages.test(text);
  return !isPage(text) && !isForOthers && works(text);
}

function rankOf(
  { tree, module, isInPackage }: ProjectFacts,
  path: string,
  name: string,
  kind: ScaffoldKind,
  imported: ReadonlySet<string>,
  isAlone: boolean,
): number | undefined {
  const text = code(tree.texts.get(path) ?? '');
  if (isPage(text)) return undefined;
  if (name !== '__main__' && onlyDefines(text)) return undefined;
  const folder = folderOf(path);
  const isNear = folder === '' || folder === 'src' || folder === module?.folder;
  if (isTraining.test(name) && (isNear || kind === 'training')) return kind === 'training' ? 1 : 3;
  if (name === '__main__') return isNear || /^(?:src\/)?[^/]+$/.test(folder) ? 2 : 4;
  const isStarted = isStartedByName(text);
  if (isForKeepers.test(name) || makesPages.test(text))
    return isNear && (isStarted || isAlone) ? forKeepers : undefined;
  if (isMain.test(name) && isNear) return isStarted || !imported.has(name) ? 2 : 4;
  if (isStarted && isInPackage(path) && !isProgram.test(text)) return undefined;
  if (isStarted && !imported.has(name)) return isNear ? 3 : 4;
  return folder === '' && isAlone ? 3 : undefined;
}

/** Whether a command of the package may read what follows it; the programs of one that does not say so. */
function takesArguments(facts: ProjectFacts, name: string): boolean {
  const programs = programsOfStart(facts, { words: [name], needsSources: false, roots: [] });
  const isWritten = programs.some(({ text }) => /^(?:async )?def \w+\(\)/m.test(text));
  return !isWritten || programs.some(({ text }) => readsArguments.test(text));
}

function scriptsOf(facts: ProjectFacts, kind: ScaffoldKind): Candidate[] {
  const { context, isPackage } = facts;
  const { setup } = facts.dependencies;
  const { project } = context;
  const all = isPackage ? [...(project?.scripts ?? []), ...(setup?.scripts ?? [])] : [];
  // Fit for a Dockerfile's words without quoting.
  const names = [...new Set(all)].filter((name) => /^[\w.-]+$/.test(name));
  const wanted = names.filter((name) => wantedScript[kind]?.test(name));
  const first =
    wanted.length === 1 ? wanted[0] : names.find((name) => name === (project?.name ?? setup?.name));
  return names.map((name) => ({
    start: {
      words: [name],
      ...(takesArguments(facts, name) ? { help: '--help' } : {}),
      needsSources: false,
      roots: [],
    },
    file: setup ? 'setup.py' : 'pyproject.toml',
    rank: name === first ? 0 : 1,
    names: [name],
  }));
}

/** The spiders of a project of Scrapy (Scrapy documentation, "Command line tool"). */
function spidersOf({ tree, direct, context }: ProjectFacts): Candidate[] {
  if (!direct.has('scrapy') || !context.files?.files.some(({ path }) => path === 'scrapy.cfg')) return [];
  return [...tree.texts].flatMap(([path, text]) =>
    /\bSpider\b/.test(text) && path.endsWith('.py') && !besideProgram.test(path)
      ? [...text.matchAll(/^[ \t]+name[ \t]*=[ \t]*["']([\w.-]+)["']/gm)].map(([, name = '']) => ({
          start: { words: ['scrapy', 'crawl', name], needsSources: true, file: path, roots: [] },
          file: path,
          rank: 2,
          names: [`crawl ${name}`],
        }))
      : [],
  );
}

/** What programs call `src.…` is installed by the names below `src` alone, unless `src` is the package itself. */
export const isBySource = ({ module }: ProjectFacts, path: string, root: string): boolean =>
  root === '' && path.startsWith('src/') && module?.folder !== 'src';

/** How a file is started so that it finds what it imports. */
export function program(facts: ProjectFacts, path: string): Omit<Candidate, 'rank'> {
  const { root, others } = importRootOf(path, facts.tree);
  const dotted = dottedName(path, root);
  // An install brings a module by the name of its package alone.
  const isInstalled = facts.isInPackage(path) && /^(?:src)?$/.test(root) && !isBySource(facts, path, root);
  const own = folderOf(path);
  const isMainModule = nameOf(path) === '__main__.py';
  const asFile = !isInstalled && root === own && !(isMainModule && own === '');
  const words = asFile
    ? ['python', isMainModule ? own : path]
    : ['python', '-m', dotted === '' ? own : dotted];
  const roots = isInstalled ? [] : [root, ...others].filter((folder) => folder !== (asFile ? own : ''));
  const asks = argumentsOf(facts, path);
  return {
    start: {
      words,
      ...(asks === 'told' ? { help: '--help' } : {}),
      asks,
      needsSources: !isInstalled,
      file: path,
      roots,
    },
    file: path,
    names: [path, nameOf(path), `-m ${dotted}`, ...(isMainModule ? [`python ${own}`, `python3 ${own}`] : [])],
  };
}
