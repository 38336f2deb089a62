import { torchlessPackages } from '../data/compiler-needs.ts';
import type { ShellCommand } from '../syntax/shell.ts';
import type { Instruction } from '../syntax/tree.ts';
import type { FileFacts } from './file-facts.ts';
import { pipArgs, readPipTargets } from './pip.ts';
import { readRequirement } from './requirements.ts';

/** What may bring torch along without a package that is named: a file of requirements, a project, a script, another stage. */
const maySetUp =
  /torch|nvidia-|require|constraint|\block\b|\bsync\b|conda|mamba|poetry|pdm|pipenv|pixi|\beasy_install\b|setup\.py|\.(?:sh|toml|ya?ml|whl|txt)\b|(?:copy|add)\s(?=[^\n]*(?:site-packages|venv|\/opt|dist-packages))|--from=(?!\S*astral-sh\/uv)|,from=|\beval\b/i;

/**
 * Whether an instruction may install torch.
 * @param text what of it counts
 * @param until the command behind what counts
 */
export function bringsTorch(facts: FileFacts, it: Instruction, text: string, until?: ShellCommand): boolean {
  if (maySetUp.test(text)) return true;
  if (facts.shellText(it)?.script.hasErrors) return true;
  const counts = (from: number) => until === undefined || from < until.from;
  return facts.commands(it).some((command) => {
    if (!counts(command.from)) return false;
    const { packages, editables } = readPipTargets(pipArgs(command) ?? []);
    if (editables.length > 0) return true;
    return packages.some(({ value }) => !torchlessPackages.has(readRequirement(value)?.name ?? ''));
  });
}
