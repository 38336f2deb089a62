import type { ProjectFiles } from '../files/copied.ts';
import type { ProjectFacts } from '../project.ts';
import { withoutMain } from '../sources/main-block.ts';
import { code, fileOf, type Imported, withoutComments } from '../sources/modules.ts';
import type { Program } from '../sources/program.ts';
import { reachOf } from '../sources/reach.ts';
import type { Start } from './start.ts';

/** The file that a start runs: that of a command stands in the description of the package. */
export function fileOfStart(facts: ProjectFacts, start: Start): string | undefined {
  if (start.file !== undefined || start.words.length !== 1) return start.file;
  return modulesOfCommand(facts, start)
    .flatMap((module) => filesOf(facts, module))
    .find((path) => path.endsWith('.py'));
}

const filesOf = ({ tree }: ProjectFacts, module: string) =>
  ['', 'src'].flatMap((folder) => fileOf(folder, module, tree) ?? []);

/** The modules that a command of the package may call. */
function modulesOfCommand({ context, texts }: ProjectFacts, { words }: Start): string[] {
  const [command = ''] = words;
  const described = [context.manifest?.text, texts.get('setup.py'), texts.get('setup.cfg')];
  return described.flatMap((text) =>
    (text ?? '').split('\n').flatMap((line) => {
      const [name = '', value = ''] = line.split('=', 2).map((part) => part.trim());
      const isThis = name.split(/["'[\s,(]+/).at(-1) === command || name.replace(/["']/g, '') === command;
      return isThis ? (/^["']?([A-Za-z_][\w.]*):/.exec(value)?.[1] ?? []) : [];
    }),
  );
}

/** Why a command of the package ends at once, in a sentence: the module that it calls is none of the project. */
export function commandFault(facts: ProjectFacts, start: Start): string | undefined {
  if (start.file !== undefined || start.words.length !== 1) return undefined;
  const modules = modulesOfCommand(facts, start);
  const isGone = (module: string) =>
    filesOf(facts, module.split('.', 1)[0] ?? '').length > 0 &&
    filesOf(facts, module).length === 0 &&
    ![...facts.tree.compiled].some((path) => path.endsWith(module.replaceAll('.', '/')));
  const [module] = modules;
  return module !== undefined && modules.every(isGone)
    ? `${start.words[0]} calls ${module}, which is not there: correct it where the command is described, then add the files again.`
    : undefined;
}

/** What reads the arguments of a program, or brings what does. */
export const readsArguments =
  /\bargv\b|\b(?:argparse|optparse|getopt|click|typer|cloup|asyncclick|fire|docopt|tyro|cyclopts|absl|plac|hydra|jsonargparse|simple_parsing|cliff|cement|cleo|HfArgumentParser|CliApp|cli_parse_args|call_command|execute_from_command_line)\b/;

/** What Python reads when it starts: the first one is the program itself. */
export function programsOfStart(facts: ProjectFacts, start: Start): Program[] {
  const file = fileOfStart(facts, start);
  return file === undefined ? [] : programsFrom(facts, file);
}

/** What Python reads with a file, which comes first. */
export const programsFrom = ({ tree, texts }: ProjectFacts, file: string): Program[] =>
  [...reachOf(file, tree, () => false).files].flatMap((path) => {
    const text = texts.get(path);
    if (text === undefined) return [];
    const own = withoutComments(code(text));
    // What is imported does nothing of what stands below its `if __name__ == "__main__":`.
    return [{ path, text: path === file ? own : withoutMain(own) }];
  });

/** Of these the files without which it does not begin, as no function and no condition stands before their imports. */
export function neededFiles(facts: ProjectFacts, start: Start): ReadonlySet<string> {
  const file = fileOfStart(facts, start);
  const isNeeded = (one: Imported) => one.isNeeded;
  return file === undefined ? new Set() : reachOf(file, facts.tree, () => false, isNeeded).files;
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
