import { code, fileOf } from './modules.ts';
import { posixJoin } from './paths.ts';
import type { ProjectFacts } from './project.ts';
import { reachOf } from './reach.ts';
import type { Start } from './start.ts';

/** A file of the project with its text, without the long strings. */
export interface Program {
  readonly path: string;
  readonly text: string;
}

/** The file that a start runs: that of a command stands in the description of the package. */
export function fileOfStart(facts: ProjectFacts, { file, words }: Start): string | undefined {
  const [command = ''] = words;
  if (file !== undefined || words.length !== 1) return file;
  const { context, texts, tree } = facts;
  const described = [context.manifest?.text, texts.get('setup.py'), texts.get('setup.cfg')];
  const modules = described.flatMap((text) =>
    (text ?? '').split('\n').flatMap((line) => {
      const [name = '', value = ''] = line.split('=', 2).map((part) => part.trim());
      const isThis = name.split(/["'[\s,(]+/).at(-1) === command || name.replace(/["']/g, '') === command;
      return isThis ? (/^["']?([A-Za-z_][\w.]*)/.exec(value)?.[1] ?? []) : [];
    }),
  );
  return modules
    .flatMap((module) => ['', 'src'].map((folder) => fileOf(posixJoin('', folder), module, tree)))
    .find((path) => path?.endsWith('.py'));
}

/** What Python reads when it starts: the first one is the program itself. */
export function programsOfStart(facts: ProjectFacts, start: Start): Program[] {
  const file = fileOfStart(facts, start);
  if (file === undefined) return [];
  return [...reachOf(file, facts.tree, () => false).files].flatMap((path) => {
    const text = facts.texts.get(path);
    return text === undefined ? [] : [{ path, text: code(text) }];
  });
}
