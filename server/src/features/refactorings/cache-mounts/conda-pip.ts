import type { Environment } from '../../../facts/build-context.ts';
import { readDependencyInstall } from '../../../facts/dependency-installs.ts';
import type { FileFacts } from '../../../facts/file-facts.ts';
import type { ShellCommand } from '../../../syntax/shell.ts';

const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/**
 * The environment file of the project from which a command has pip install what stands below `pip:` in it, by the pip of the new
 * environment and with its cache (`env/installers/pip.py` of conda 25; mamba and micromamba do the same).
 */
export function environmentForPip(facts: FileFacts, command: ShellCommand): Environment | undefined {
  const { environment } = facts.context ?? {};
  const install = readDependencyInstall(command);
  if (!environment?.requirements.length || install?.tool !== 'conda') return undefined;
  const [file = 'environment.yml', ...more] = install.files.map(baseName);
  return more.length === 0 && file === baseName(environment.path) ? environment : undefined;
}
