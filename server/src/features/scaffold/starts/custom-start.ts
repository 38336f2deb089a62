import { usualPort } from '../../../data/web-frameworks.ts';
import { folderOf, posixJoin } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { addressed } from '../servers/server-address.ts';
import { dottedName, importedName, importRootOf } from '../sources/modules.ts';
import { saidPort } from './said-starts.ts';
import type { Start } from './start.ts';

/** What a person says: words, or a line for a shell. */
export function custom(facts: ProjectFacts, told: string, isServed: boolean): Start {
  const { line, port: listening } = addressed(facts, told);
  const words = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
  const isShell = /[$&|;<>`]/.test(line.replace(/'[^']*'/g, ''));
  const folder = folderWithMain(facts, words);
  const file =
    folder !== undefined
      ? mainOf(folder)
      : words
          .map((word) => (facts.tree.paths.has(word) ? word : fileOfModule(facts, word.replace(/:.*/s, ''))))
          .find((path) => path !== undefined);
  const { root, others } = file === undefined ? { root: '', others: [] } : importRootOf(file, facts.tree);
  const own = folder ?? (file !== undefined && words.includes(file) ? folderOf(file) : '');
  const port = Number(
    listening ??
      (/--port[= ](\d{2,5})\b/.exec(line) ?? /:(\d{2,5})\b/.exec(line))?.[1] ??
      saidPort(facts) ??
      usualPort,
  );
  return {
    words: isShell ? ['sh', '-c', line] : words,
    needsSources: !facts.isPackage || file !== undefined || words.some((word) => isThere(facts, word)),
    file,
    roots: [root, ...others].filter((folder) => folder !== own),
    ...(isServed ? { service: { port, health: undefined, variables: {} } } : {}),
  };
}

/** `python app`, where `app/__main__.py` is what runs (Python documentation, "Command line"). */
const folderWithMain = ({ tree }: ProjectFacts, [python = '', folder = '']: readonly string[]) => {
  const path = folder.replace(/\/$/, '');
  return /^python3?$/.test(python) && tree.paths.has(mainOf(path)) ? path : undefined;
};
const mainOf = (folder: string) => posixJoin(folder, '__main__.py');

export const fileOfModule = ({ tree }: ProjectFacts, name: string) =>
  [...tree.paths].find((path) => {
    const { root } = importRootOf(path, tree);
    return dottedName(path, root) === name || importedName(path, root) === name;
  });

/** Whether a word is a path of the project, such as a folder that a server is given. */
function isThere({ context }: ProjectFacts, word: string): boolean {
  const path = word.replace(/^\.\//, '').replace(/\/$/, '');
  return (context.files?.files ?? []).some((file) => file.path === path || file.path.startsWith(`${path}/`));
}
