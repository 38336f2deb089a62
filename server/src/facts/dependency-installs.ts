import type { ShellCommand } from '../syntax/shell.ts';
import { readPipInstall, readPipTargets } from './pip.ts';

/** A command that installs what a manifest of the project lists. */
export interface DependencyInstall {
  readonly command: ShellCommand;
  readonly tool: 'pip' | 'uv' | 'poetry' | 'pipenv' | 'pdm' | 'conda' | 'pixi';
  /** Requirement files that it names; other tools find theirs themselves. */
  readonly files: readonly string[];
  /** It installs code of the project as well, such as `-e .`. */
  readonly withProject: boolean;
}

const verbs: Readonly<Record<string, ReadonlySet<string>>> = {
  poetry: new Set(['install', 'sync']),
  pipenv: new Set(['install', 'sync']),
  pdm: new Set(['install', 'sync']),
  pixi: new Set(['install']),
};
const condas = new Set(['conda', 'mamba', 'micromamba']);

/** Reads a command as an install from a manifest; undefined when it is none. */
export function readDependencyInstall(command: ShellCommand): DependencyInstall | undefined {
  const { name } = command;
  const words = command.args.map(({ value }) => value);
  const verb = words.find((word) => !word.startsWith('-'));
  const other = (tool: DependencyInstall['tool'], files: readonly string[] = []) => ({
    command,
    tool,
    files,
    withProject: false,
  });
  if (name === 'uv') {
    if (verb === 'sync') return other('uv');
    const at = words.findIndex(
      (word, i) => words[i - 1] === 'pip' && (word === 'install' || word === 'sync'),
    );
    if (at < 0) return undefined;
    const { packages, requirementFiles, editables } = readPipTargets(command.args.slice(at + 1));
    // `uv pip sync requirements.txt` takes its files without a flag.
    const files = words[at] === 'sync' ? packages.map(({ value }) => value) : requirementFiles;
    return files.length > 0 ? { ...other('pip', files), withProject: editables.length > 0 } : undefined;
  }
  if (condas.has(name)) {
    const files = words.filter((_, i) => /^(?:-f|--file)$/.test(words[i - 1] ?? ''));
    const attached = words.flatMap((word) => /^(?:--file=|-f)(.+)$/.exec(word)?.[1] ?? []);
    const byFile = verb === 'env' || files.length + attached.length > 0;
    const makes = words.some((word) => /^(?:create|update|install)$/.test(word));
    return byFile && makes ? other('conda', [...files, ...attached]) : undefined;
  }
  if (Object.hasOwn(verbs, name)) {
    return verb && verbs[name]?.has(verb) ? other(name as DependencyInstall['tool']) : undefined;
  }
  const install = readPipInstall(command);
  if (!install || name.startsWith('pipx')) return undefined;
  const { packages, requirementFiles, editables } = readPipTargets(install.args);
  if (requirementFiles.length === 0) return undefined;
  const withProject = editables.length > 0 || packages.some(({ value }) => /^[./$]/.test(value));
  return { ...other('pip', requirementFiles), withProject };
}
