import type { ShellCommand } from '../syntax/shell.ts';
import { hasFlag, plainWords } from './command-flags.ts';
import { sentFilesOf } from './context-sources.ts';
import type { CopiedFolder, Passing } from './copied-folder.ts';
import { isSent, namesLocalCode } from './manifest-files.ts';

/** A plugin that asks git for the version in each install (its readme). */
const asksGit = 'poetry-dynamic-versioning';

/**
 * What an install by Poetry or pipenv reads of the folder in which it runs, where it installs no code of the project; `stays`
 * where it does or that is not known, and undefined where a command is no such install.
 */
export function readManifestInstall(
  folder: CopiedFolder,
  command: ShellCommand,
  cwd: string,
): Passing | 'stays' | undefined {
  const [verb, ...others] = plainWords(command).map(({ value }) => value);
  if (!/^(?:install|sync)$/.test(verb ?? '')) return undefined;
  const isPoetry = command.name === 'poetry';
  if (!isPoetry && command.name !== 'pipenv') return undefined;
  if (isPoetry && !isRootless(folder, command)) return 'stays';
  if (!isPoetry && others.length > 0) return 'stays';
  const files = manifestsOf(folder, command, cwd);
  return files ? { files, installs: true } : 'stays';
}

/** Whether Poetry is told to leave out the code of the project. */
const isRootless = ({ context }: CopiedFolder, command: ShellCommand) =>
  hasFlag(command, ['no-root']) || context?.project?.isPoetryApplication === true;

/** The manifest and lock file of Poetry or pipenv; undefined where one names code of the project, or is not known. */
export function manifestsOf(
  { context, texts, at }: CopiedFolder,
  { name, args }: ShellCommand,
  cwd: string,
): readonly string[] | undefined {
  const needed = name === 'poetry' ? ['pyproject.toml', 'poetry.lock'] : ['Pipfile', 'Pipfile.lock'];
  const isElsewhere = args.some(({ value }) => /^(?:-[CPe]|--(?:directory|project|only-root))/.test(value));
  if (cwd !== at || isElsewhere || !context?.files?.isComplete) return undefined;
  if (!needed.every((file) => isSent(context, file))) return undefined;
  // What the lock file takes from the disk, the manifest names.
  const manifest = texts.text(needed[0] ?? '');
  if (manifest === undefined || namesLocalCode(manifest) || manifest.includes(asksGit)) return undefined;
  // One below the folder lies where the COPY would bring another.
  if (sentFilesOf(context, '.venv').length > 0) return undefined;
  return [...needed, ...(name === 'poetry' && isSent(context, 'poetry.toml') ? ['poetry.toml'] : [])];
}
