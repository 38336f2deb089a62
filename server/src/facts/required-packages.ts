import type { ShellCommand, ShellWord } from '../syntax/shell.ts';
import type { Instruction } from '../syntax/tree.ts';
import type { BuildContext, RequirementFile } from './build-context.ts';
import { readDependencyInstall } from './dependency-installs.ts';
import type { FileFacts } from './file-facts.ts';
import { pythonPackages } from './python-packages.ts';
import type { Requirement } from './requirements.ts';

/** A Python package that a RUN installs, by its name or through a file of the build context. */
export interface RequiredPackage extends Requirement {
  /** The word that names it, or the file. */
  readonly word: ShellWord;
  readonly command: ShellCommand;
  /** The file below the context that names it; undefined where the command does. */
  readonly file: string | undefined;
}

/** What `pythonPackages` gives, and what stands in the files behind `-r` where they are known. */
export function requiredPackages(facts: FileFacts, run: Instruction): RequiredPackage[] {
  const named = pythonPackages(facts, run).map((one) => ({ ...one, file: undefined }));
  const { context } = facts;
  if (!context?.requirementFiles?.length) return named;
  const listed = facts.commands(run).flatMap((command) =>
    (readDependencyInstall(command)?.files ?? []).flatMap((path) => {
      const word = command.args.find(({ value }) => value.endsWith(path));
      const file = requirementFile(context, path);
      if (!word || !file) return [];
      return file.requirements.map((requirement) => ({ ...requirement, word, command, file: file.path }));
    }),
  );
  return [...named, ...listed];
}

/** The file of the context that a path in the image means: the only one of its name, as files keep theirs in a COPY. */
export function requirementFile(context: BuildContext, path: string): RequirementFile | undefined {
  const name = path.replace(/^.*\//, '');
  const same = (context.requirementFiles ?? []).filter((file) => file.path.replace(/^.*\//, '') === name);
  return same.length === 1 ? same[0] : undefined;
}
