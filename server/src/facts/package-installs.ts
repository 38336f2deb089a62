import type { ShellCommand, ShellWord } from '../syntax/shell.ts';
import type { Instruction } from '../syntax/tree.ts';
import { hasFlag, plainWords } from './command-flags.ts';
import type { FileFacts } from './file-facts.ts';
import type { OptionTable } from './option-table.ts';
import { resolveWord } from './scope.ts';

/** How the commands of a package manager look that install packages. */
export interface InstallForm {
  /** Names of the program. */
  readonly programs: readonly string[];
  /** Its sub-commands. */
  readonly verbs: readonly string[];
  /** Flags whose next word is their value and no package. */
  readonly valueFlags?: readonly string[];
}

export interface PackageInstall {
  readonly command: ShellCommand;
  /** The word `install` or the like. */
  readonly verb: ShellWord;
  readonly packages: readonly ShellWord[];
}

/** The commands of a RUN that install packages. */
export function installsOf(facts: FileFacts, run: Instruction, form: InstallForm): PackageInstall[] {
  const installs: PackageInstall[] = [];
  // A dozen rules look through every command, so what is no install costs as little as can be.
  for (const command of facts.commands(run)) {
    if (!form.programs.includes(command.name)) continue;
    const isVerb = ({ value }: ShellWord) => form.verbs.includes(value);
    const verb = command.args.find(isVerb);
    if (!verb) continue;
    const packages = plainWords(command, form.valueFlags).filter((word) => !isVerb(word));
    installs.push({ command, verb, packages });
  }
  return installs;
}

/** Those of them that have none of the flags, given by name. */
export function installsWithout(
  facts: FileFacts,
  run: Instruction,
  form: InstallForm,
  flags: readonly string[],
): PackageInstall[] {
  return installsOf(facts, run, form).filter(({ command }) => !hasFlag(command, flags));
}

/** The option of the rules on versions of packages. */
export const pinOptions = (example: string, issue?: string) =>
  ({
    resolveVariables: {
      default: true,
      description: 'Judge a variable by its value in the file, and leave it alone where it has none.',
      hadolint: {
        value: false,
        reason:
          'The version may be in the variable: one that the file sets is judged by its value, and one that comes from elsewhere is left alone. hadolint goes by the spelling.',
        ...(issue ? { issue } : {}),
        example,
      },
    },
  }) as const satisfies OptionTable;

/** The first package of an install that has no version. */
export function firstUnpinned(
  facts: FileFacts,
  run: Instruction,
  packages: readonly ShellWord[],
  isPinned: (name: string) => boolean,
  { resolveVariables }: { readonly resolveVariables: boolean },
): ShellWord | undefined {
  return packages.find((word) => {
    if (!resolveVariables || !/[$`]/.test(word.value)) return !isPinned(word.value);
    const stage = facts.stageOf(run);
    const value = stage && resolveWord(facts.file, stage, run, word);
    if (value === undefined || value.includes('`')) return false;
    const names = value.split(/\s+/).filter((name) => name && !name.startsWith('-'));
    return !names.every(isPinned);
  });
}
