import type { ProjectFiles } from './copied.ts';
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

/** What a start imports belongs in its image, whatever its name lets one think. */
export function withReached(facts: ProjectFacts, start: Start): ProjectFiles {
  const { files, tree } = facts;
  const file = fileOfStart(facts, start);
  if (file === undefined) return files;
  const { files: reached } = reachOf(file, tree, () => false);
  const isWanted = (path: string) =>
    reached.has(path) && !files.isIgnored(path) && !files.secret.includes(path);
  return { ...files, belongs: (one) => files.belongs(one) || isWanted(one.path) };
}
