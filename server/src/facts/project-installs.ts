import type { ShellCommand } from '../syntax/shell.ts';
import type { Instruction } from '../syntax/tree.ts';
import type { FileFacts } from './file-facts.ts';
import { readPipInstall, readPipTargets } from './pip.ts';

/** A command that installs the project, or what its manifest asks for, into the image. */
export interface ProjectInstall {
  readonly command: ShellCommand;
  /** `wheel` where it was built before; `source` where the build backend runs in the image; `lock` by `uv.lock`. */
  readonly from: 'wheel' | 'source' | 'lock';
  /** The project itself is built in the image, for which its backend needs what `pyproject.toml` names. */
  readonly buildsProject: boolean;
}

/** The installs of a RUN by pip and uv. */
export function projectInstalls(facts: FileFacts, run: Instruction): ProjectInstall[] {
  return facts.commands(run).flatMap((command): ProjectInstall[] => {
    const words = command.args.map(({ value }) => value);
    if (command.name === 'uv' && words.find((word) => !word.startsWith('-')) === 'sync') {
      const without = [
        '--no-install-project',
        '--no-install-workspace',
        '--no-install-local',
        '--only-group',
      ];
      return [{ command, from: 'lock', buildsProject: !words.some((word) => without.includes(word)) }];
    }
    const at = command.name === 'uv' && words[0] === 'pip' && words[1] === 'install' ? 2 : -1;
    const args = at > 0 ? command.args.slice(at) : readPipInstall(command)?.args;
    if (!args) return [];
    const { packages, editables } = readPipTargets(args);
    if (packages.some(({ value }) => /\.whl$/.test(value)))
      return [{ command, from: 'wheel', buildsProject: false }];
    const paths = [...packages.map(({ value }) => value), ...editables];
    return paths.some((path) => /^\.\/?(?:\[.*\])?$/.test(path))
      ? [{ command, from: 'source', buildsProject: true }]
      : [];
  });
}
