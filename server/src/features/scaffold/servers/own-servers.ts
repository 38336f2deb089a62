import { type OwnServer, ownServers } from '../../../data/web-frameworks.ts';
import { listOf } from '../packages/dependencies.ts';
import { folderOf, nameOf } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { besideProgram, type IsBeside, isStandIn } from '../sources/applications.ts';
import { isDrawn, isStartedByName, onlyDefines } from '../sources/effects.ts';
import { code, dottedName, importedNames, importRootOf } from '../sources/modules.ts';
import { targetsOf } from '../sources/reach.ts';
import { argumentsOf } from '../starts/arguments.ts';
import { shownPages } from '../starts/shown-pages.ts';
import type { Candidate } from '../starts/start.ts';

/** The programs that a package with a server of its own is started with. */
export function ownServed(
  facts: ProjectFacts,
  name: string,
  server: OwnServer,
  isBeside: IsBeside,
): Candidate[] {
  const imported = importedNames(facts.tree, (path) => besideProgram.test(path));
  const shown = server.command ? shownPages(facts, server.command[0]) : new Set<string>();
  const variables: Record<string, string> = name === 'gradio' ? { GRADIO_SERVER_NAME: '0.0.0.0' } : {};
  return [...facts.tree.texts].flatMap(([path, text]) => {
    const isProgram =
      path.endsWith('.py') && !isBeside(path) && !isStandIn.test(path) && !/(?:^|\/)pages\//.test(path);
    const last = nameOf(path).replace(/\.py$/, '');
    const program = code(text);
    if (!isProgram) return [];
    if (!shown.has(path) && !launches(facts, path, program, server)) {
      if (!server.program.test(program) || imported.has(last)) return [];
      if (name === 'streamlit' ? !isDrawn(program) : name !== 'chainlit' && onlyDefines(program)) return [];
    }
    const { root, others } = importRootOf(path, facts.tree);
    const own = folderOf(path);
    const asFile = server.command !== undefined || root === own;
    const told = Number(/\b(?:server_port|port)\s*=\s*(\d{2,5})/.exec(program)?.[1] ?? server.port);
    const [before = '', behind = ''] = server.command ?? [];
    const words = server.command
      ? [...before.split(' '), path, ...behind.split(' ')]
      : ['python', ...(asFile ? [path] : ['-m', dottedName(path, root)])];
    const asks = server.command ? undefined : argumentsOf(facts, path);
    return {
      isDoubtful: asks !== undefined,
      start: {
        words,
        asks,
        needsSources: true,
        file: path,
        roots: [root, ...others].filter((folder) => folder !== (asFile ? own : '')),
        service: {
          port: server.command ? server.port : told,
          health: healthOf(facts, name, server),
          variables,
        },
      },
      file: path,
      rank: rankOf(facts, path),
      names: [path, nameOf(path)],
    };
  });
}

/** By the release that is asked for or locked; the newest where none is. */
function healthOf(
  { dependencies, context }: ProjectFacts,
  name: string,
  { health, formerHealth }: OwnServer,
) {
  const version =
    context.lock?.packages.find((one) => one.name === name)?.version ??
    dependencies.asked.find((one) => one.name === name)?.exact;
  const isFormer =
    formerHealth !== undefined && version?.localeCompare(formerHealth[0], 'en', { numeric: true }) === -1;
  return isFormer ? formerHealth[1] : health;
}

const isUsual = /^(?:app|main|home|streamlit_app|gradio_app|server|demo)\.py$/i;

/** A page that another page names is not the first one, and one that a program shows is it. */
function rankOf({ files, tree }: ProjectFacts, path: string): number {
  const isShown = [...tree.texts].some(
    ([other, text]) => !besideProgram.test(other) && !isPage(text) && shows(text, nameOf(path)),
  );
  if (isShown) return 0;
  if (files.isCalled(path) || files.isCalled(nameOf(path))) return forPages;
  return isUsual.test(nameOf(path)) && path.split('/').length < 3 ? 0 : 3;
}
const forPages = 4;

/** `["streamlit", "run", path]`, as a program calls it. */
const shows = (text: string, name: string) =>
  /["']streamlit["'],\s*["']run["']|\bstreamlit run\b/.test(text) &&
  [`"${name}"`, `'${name}'`, `/${name}"`, `/${name}'`, `/${name} `, ` ${name}`].some((one) =>
    text.includes(one),
  );

/** Whether a program is a page that only the command of its package shows. */
export const isPage = (text: string) =>
  [...ownServers.values()].some(({ command, program }) => command !== undefined && program.test(text));

/** A program of a few lines that only calls a page which lies in a package. */
function launches({ tree }: ProjectFacts, path: string, program: string, server: OwnServer): boolean {
  if (server.command === undefined || path.includes('/') || server.program.test(program)) return false;
  const { root, others } = importRootOf(path, tree);
  const pages = tree.imports(path).flatMap((one) => targetsOf(path, one, [root, ...others, 'src'], tree));
  return (
    isStartedByName(program) &&
    pages.some((page) => page !== path && server.program.test(code(tree.texts.get(page) ?? ''))) &&
    /^(?:app|main|home|streamlit_app)\.py$/i.test(path)
  );
}

/** Why a page is not shown, in a sentence: no list names the package that shows it. */
export function unlistedPage({ tree, dependencies, packages }: ProjectFacts): string | undefined {
  for (const [path, text] of tree.texts) {
    if (!path.endsWith('.py') || besideProgram.test(path)) continue;
    const program = code(text);
    const [name] =
      [...ownServers].find(([one, { program: page }]) => !packages.has(one) && page.test(program)) ?? [];
    if (name !== undefined && isDrawn(program))
      return `${path} imports ${name}, which ${listOf(dependencies)} does not name: write it there, then add the files again.`;
  }
  return undefined;
}
