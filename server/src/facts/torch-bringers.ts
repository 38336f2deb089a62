import { torchlessPackages } from '../data/compiler-needs.ts';
import type { ShellCommand } from '../syntax/shell.ts';
import type { Instruction } from '../syntax/tree.ts';
import { hasFlag } from './command-flags.ts';
import type { FileFacts } from './file-facts.ts';
import { pipArgs, readPipTargets } from './pip.ts';
import type { PythonPackage } from './python-packages.ts';
import { readRequirement } from './requirements.ts';

/** What may bring torch along without a package that is named: a file of requirements, a project, a script, another stage. */
const maySetUp =
  /torch|nvidia-|require|constraint|\block\b|\bsync\b|conda|mamba|poetry|pdm|pipenv|pixi|\beasy_install\b|setup\.py|\.(?:sh|toml|ya?ml|whl|txt)\b|,from=|\beval\b/i;
/** What a COPY takes an environment by. */
const environment = /site-packages|dist-packages|venv|\/opt|--from=/;

/**
 * Whether an instruction may install torch.
 * @param text what of it counts
 * @param until the command behind what counts
 */
export function bringsTorch(facts: FileFacts, it: Instruction, text: string, until?: ShellCommand): boolean {
  const { keyword } = it.node;
  if (keyword === 'COPY' || keyword === 'ADD')
    return environment.test(text) && !text.includes('astral-sh/uv');
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

/** What the builds of flash-attn, causal-conv1d and mamba-ssm use beside torch (their `setup.py`, 2026-11). */
const builtWith = 'packaging psutil ninja setuptools wheel';

/** The command that installs what a package is built with, when it is not built apart. */
export function installOf({ name, command }: PythonPackage, torch: string): string {
  const pip = command.name === 'uv' ? 'uv pip install' : 'pip install';
  const system = hasFlag(command, ['system']) ? ' --system' : '';
  const others = name.startsWith('torch-') ? 'setuptools wheel' : builtWith;
  return `${pip}${system} ${/^[\w.=+]+$/.test(torch) ? torch : 'torch'} ${others}`;
}
