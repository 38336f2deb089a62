import type { ShellCommand } from '../syntax/shell.ts';
import { hasFlag, plainWords } from './command-flags.ts';
import { sentFilesOf } from './context-sources.ts';
import type { CopiedFolder, Passing } from './copied-folder.ts';
import { isSent, namesLocalCode } from './manifest-files.ts';

/** A plugin that asks git for the version in each install (its readme). */
const asksGit = 'poetry-dynamic-versioning';

/**
 * What an install by Poetry, PDM or pipenv reads of the folder in which it runs, where it installs no code of the project; `stays`
 * where it does or that is not known, and undefined where a command is no such install.
 */
export function readManifestInstall(
  folder: CopiedFolder,
  command: ShellCommand,
  cwd: string,
): Passing | 'stays' | undefined {
  const [verb, ...others] = plainWords(command).map(({ value }) => value);
  if (!/^(?:install|sync)$/.test(verb ?? '')) return undefined;
  const { name } = command;
  if (!Object.hasOwn(manifests, name)) return undefined;
  if (name === 'poetry' && !isRootless(folder, command)) return 'stays';
  if (name === 'pdm' && !hasFlag(command, ['no-self'])) return 'stays';
  if (name === 'pipenv' && others.length > 0) return 'stays';
  const files = manifestsOf(folder, command, cwd);
  return files ? { files, installs: true } : 'stays';
}

/** Whether Poetry is told to leave out the code of the project. */
const isRootless = ({ context }: CopiedFolder, command: ShellCommand) =>
  hasFlag(command, ['no-root']) || context?.project?.isPoetryApplication === true;

/** The manifests and lock files, and the files of settings beside them (documentation of each, "Configuration"). */
const manifests: Readonly<Record<string, readonly [manifest: string, lock: string, settings: string]>> = {
  poetry: ['pyproject.toml', 'poetry.lock', 'poetry.toml'],
  pdm: ['pyproject.toml', 'pdm.lock', 'pdm.toml'],
  pipenv: ['Pipfile', 'Pipfile.lock', ''],
};
/** Scripts that PDM runs with an install (PDM documentation, "PDM Scripts"). */
const hooks = /\b(?:pre|post)_(?:install|sync|lock)\b/;

/** The manifest and lock file of Poetry, PDM or pipenv; undefined where one names code of the project, or is not known. */
export function manifestsOf(
  { context, texts, at }: CopiedFolder,
  { name, args }: ShellCommand,
  cwd: string,
): readonly string[] | undefined {
  const [file = '', lock = '', settings = ''] = manifests[name] ?? [];
  const needed = [file, lock];
  const isElsewhere = args.some(({ value }) =>
    /^(?:-[CPpeLg]|--(?:directory|project|only-root|lockfile|override|global))/.test(value),
  );
  if (cwd !== at || isElsewhere || !context?.files?.isComplete) return undefined;
  if (!needed.every((path) => isSent(context, path))) return undefined;
  // What the lock file takes from the disk, the manifest names.
  const manifest = texts.text(file);
  if (manifest === undefined || namesLocalCode(manifest) || manifest.includes(asksGit)) return undefined;
  const isPlain = !hooks.test(manifest) && context.project?.isDynamic !== true;
  if (name === 'pdm' && (!isPlain || isSent(context, '.pdm-python'))) return undefined;
  // One below the folder lies where the COPY would bring another.
  if (sentFilesOf(context, '.venv').length > 0) return undefined;
  return [...needed, ...(settings !== '' && isSent(context, settings) ? [settings] : [])];
}
