import type { ShellCommand, ShellWord } from '../syntax/shell.ts';
import type { Instruction } from '../syntax/tree.ts';
import type { FileFacts } from './file-facts.ts';
import { readPipInstall, readPipTargets } from './pip.ts';

/** A Python package that a RUN installs by name. */
export interface PythonPackage extends Requirement {
  readonly word: ShellWord;
  /** The command that installs it. */
  readonly command: ShellCommand;
}

/** A requirement as packages' metadata and `pip install` write it (PEP 508), without its marker. */
export interface Requirement {
  /** In lower case with `-` for each run of `-`, `_` and `.`, by which names are compared (PEP 503). */
  readonly name: string;
  readonly extras: readonly string[];
  /** Such as `==2.1.0` or `>=2,<3`, without blanks; empty where every version will do. */
  readonly specifier: string;
  /** The version of `==2.1.0` and `===2.1.0`, with its local part; undefined for other specifiers and `==2.*`. */
  readonly exact: string | undefined;
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

/** Reads `torch[opt-einsum]==2.1.0; python_version < "3.12"`; undefined where it is a path, a URL or no requirement. */
export function readRequirement(text: string): Requirement | undefined {
  const match =
    /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*(?:\(([^)]*)\)|([=<>!~][^;]*))?\s*(?:$|[;@])/.exec(
      text,
    );
  if (!match) return undefined;
  const [, name = '', extras = '', bracketed, plain] = match;
  const specifier = (bracketed ?? plain ?? '').replace(/\s+/g, '');
  return {
    name: normalizeName(name),
    extras: extras
      .split(',')
      .map((extra) => extra.trim().toLowerCase())
      .filter((extra) => extra !== ''),
    specifier,
    exact: /^={2,3}([^,*$]+)$/.exec(specifier)?.[1],
  };
}

/** The name of a package in the form in which names are compared (PEP 503). */
export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

function installArgs(command: ShellCommand): readonly ShellWord[] {
  if (command.name !== 'uv') return readPipInstall(command)?.args ?? [];
  const at = command.args.findIndex(
    ({ value }, i) => value === 'install' && /^(?:pip|tool)$/.test(command.args[i - 1]?.value ?? ''),
  );
  return at < 0 ? [] : command.args.slice(at + 1);
}
