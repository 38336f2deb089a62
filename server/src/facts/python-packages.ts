import type { ShellCommand, ShellWord } from '../syntax/shell.ts';
import type { Instruction } from '../syntax/tree.ts';
import type { FileFacts } from './file-facts.ts';
import { pipArgs, readPipTargets } from './pip.ts';
import { type Requirement, readRequirement } from './requirements.ts';

/** A Python package that a RUN installs by name. */
export interface PythonPackage extends Requirement {
  readonly word: ShellWord;
  /** The command that installs it. */
  readonly command: ShellCommand;
}

/** The packages that the commands of a RUN install from an index, by pip, `uv pip` and `uv tool`. */
export function pythonPackages(facts: FileFacts, run: Instruction): PythonPackage[] {
  return facts.commands(run).flatMap((command) =>
    readPipTargets(pipArgs(command) ?? []).packages.flatMap((word) => {
      const requirement = word.value.includes('/') ? undefined : readRequirement(word.value);
      return requirement ? [{ word, command, ...requirement }] : [];
    }),
  );
}
