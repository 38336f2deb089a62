import type { ShellCommand, ShellWord } from '../syntax/shell.ts';
import { type CopiedFolder, contextPathOf, type Passing, touches } from './copied-folder.ts';
import { archiveOfContext, filesForPip, isSent } from './manifest-files.ts';
import { isInstaller, pipArgs, readPipTargets } from './pip.ts';
import { follow } from './project-commands.ts';
import { readUv } from './uv.ts';

/** Flags of pip and uv whose value is a path, or that ask a project for something. */
const pathFlags =
  /^(?:--(?:find-links|target|prefix|root|src|overrides?|build-constraints?|excludes?|project|directory|config-file|group|report|log|cert|cache-dir)|-[ftC])(?:=|$)/;
/** What pip is asked for beside installs that reads no file of the folder. */
const otherVerbs = /^(?:config|uninstall|list|check|freeze|cache|show|debug|--version|-V)$/;

/** A requirement by its name: `torch==2.8.0`, `a[b]`, `a @ git+https://…`. */
const named = /^[A-Za-z0-9][\w.-]*(?:\s*(?:\[|[=<>!~;@])|$)/;

/** How a word of a `pip install` that is no flag is found. */
export function kindOfTarget(word: string): 'name' | 'address' | 'path' {
  if (word.includes('://') && !word.includes('file:')) return 'address';
  const isArchive = /\.(?:whl|zip|tgz|tar\.\w+)$/.test(word.split('[', 1)[0] ?? '') && !/[=<>@]/.test(word);
  return named.test(word) && !word.includes('file:') && !isArchive ? 'name' : 'path';
}

/**
 * What a `pip install`, `uv pip install` or `uv pip sync` needs of the project; `stays` where that is its code, and undefined
 * where a command is none of them.
 */
export function passingPip(
  folder: CopiedFolder,
  command: ShellCommand,
  cwd: string,
): Passing | 'stays' | undefined {
  const args = argsOf(command);
  if (!args) return isOtherPip(command) ? { files: [], installs: false } : undefined;
  const targets = readPipTargets(args);
  if (args.some((word, i) => isPathFlag(folder, word, args[i + 1], cwd))) return 'stays';
  const isSync = readUv(command)?.verb === 'pip sync';
  const packages = isSync ? [] : targets.packages.map(({ value }) => value);
  const given = [
    ...targets.requirementFiles,
    ...targets.constraintFiles,
    ...(isSync ? targets.packages.map(({ value }) => value) : []),
  ];
  if (targets.editables.some((value) => kindOfTarget(value) !== 'address')) return 'stays';
  const paths = packages.filter((value) => kindOfTarget(value) === 'path');
  const files = filesOf(folder, given, paths, cwd);
  if (!files) return 'stays';
  const settings = command.name === 'uv' ? uvSettings(folder, cwd) : [];
  const installs =
    given.length + targets.editables.length > 0 || packages.some((value) => !isInstaller(value));
  return { files: [...new Set([...files, ...settings])], installs };
}

/** The files of the folder that may name indexes for uv (uv documentation, "Configuration files"). */
function uvSettings(folder: CopiedFolder, cwd: string): string[] {
  const { context } = folder;
  if (contextPathOf(folder, cwd) !== '') return [];
  const hasSettings = context?.manifest?.text.includes('[tool.uv') === true;
  return ['uv.toml', ...(hasSettings ? ['pyproject.toml'] : [])].filter((file) => isSent(context, file));
}

/** The words behind the verb of an install into the environment. */
function argsOf(command: ShellCommand): readonly ShellWord[] | undefined {
  if (/^pipx/.test(command.name)) return undefined;
  const uv = readUv(command);
  if (!uv) return pipArgs(command);
  return /^pip (?:install|sync)$/.test(uv.verb) ? uv.args : undefined;
}

function isOtherPip({ name, args }: ShellCommand): boolean {
  const at = /^python[\d.]*$/.test(name) && args[0]?.value === '-m' && args[1]?.value === 'pip' ? 2 : 0;
  const isPip = /^pip[\d.]*$/.test(name) || at > 0 || (name === 'uv' && args[0]?.value === 'pip');
  const verb = args[name === 'uv' ? 1 : at]?.value ?? '';
  return isPip && otherVerbs.test(verb);
}

/** A flag whose value is a path into the folder, or one that is not known. */
function isPathFlag(
  folder: CopiedFolder,
  word: ShellWord,
  next: ShellWord | undefined,
  cwd: string,
): boolean {
  if (!pathFlags.test(word.value)) return false;
  const value = word.value.includes('=') ? word.value.slice(word.value.indexOf('=') + 1) : next?.value;
  if (value === undefined) return true;
  if (value.includes('://')) return false;
  return !value.startsWith('/') || touches(folder, value, cwd);
}

/** The files of the context that pip reads; undefined where it needs others. */
function filesOf(
  folder: CopiedFolder,
  given: readonly string[],
  paths: readonly string[],
  cwd: string,
): readonly string[] | undefined {
  const { context, texts } = folder;
  const listed: string[] = [];
  for (const value of given) {
    if (value.includes('://')) continue;
    const place = follow(cwd, value);
    if (place === undefined || place.startsWith('/') !== folder.at.startsWith('/')) return undefined;
    const path = contextPathOf(folder, place);
    // Another instruction brings what lies elsewhere.
    if (path !== undefined) listed.push(path);
  }
  const inContext = contextPathOf(folder, cwd);
  const all = filesForPip(context, texts, listed, inContext);
  if (!all) return undefined;
  const archives: string[] = [];
  for (const value of paths) {
    const plain = value.split('[', 1)[0] ?? '';
    const path = inContext === undefined || plain.startsWith('/') ? undefined : `${inContext}/${plain}`;
    const found =
      path === undefined ? undefined : archiveOfContext(context, path.replace(/^\/?(?:\.\/)?/, ''));
    if (found === undefined) return undefined;
    archives.push(found);
  }
  return [...all, ...archives];
}
