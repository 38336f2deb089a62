import type { ShellCommand, ShellWord } from '../syntax/shell.ts';
import type { Instruction } from '../syntax/tree.ts';
import type { FileFacts } from './file-facts.ts';
import { readPipInstall, readPipTargets } from './pip.ts';
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
    readPipTargets(installArgs(command)).packages.flatMap((word) => {
      const requirement = word.value.includes('/') ? undefined : readRequirement(word.value);
      return requirement ? [{ word, command, ...requirement }] : [];
    }),
  );
}

function installArgs(command: ShellCommand): readonly ShellWord[] {
  if (command.name !== 'uv') return readPipInstall(command)?.args ?? [];
  const at = command.args.findIndex(
    ({ value }, i) => value === 'install' && /^(?:pip|tool)$/.test(command.args[i - 1]?.value ?? ''),
  );
  return at < 0 ? [] : command.args.slice(at + 1);
}
