import type { ShellCommand, ShellWord } from '../syntax/shell.ts';
import type { BuildContext } from './build-context.ts';
import { hasFlag, plainWords } from './command-flags.ts';
import { sentFilesOf } from './context-sources.ts';
import { type CopiedFolder, contextPathOf, type Passing, touches } from './copied-folder.ts';
import { namesFile } from './file-variables.ts';
import { readManifestInstall } from './manifest-installs.ts';
import { isDownloaded, isOfDownloads, noteDownloads } from './passing-downloads.ts';
import { fetchesModels, isRepository, passingEnvironment, passingModels } from './passing-models.ts';
import { passingPip } from './passing-pip.ts';
import { follow } from './project-commands.ts';

export const harmless: Passing = { files: [], installs: false };

/**
 * Commands that install packages of a system, change accounts and settings or download, and read no file of a project that
 * no word of them names. By the manuals of the programs; as known 2026-11.
 */
const indifferent = new Set(
  `set true : echo printf export umask ulimit sleep which type command date uname ls pwd
  apt apt-get apt-key apt-mark add-apt-repository dpkg-reconfigure apk yum dnf microdnf zypper
  locale-gen update-locale update-ca-certificates update-alternatives ldconfig
  useradd groupadd adduser addgroup usermod curl wget gpg`.split(/\s+/),
);
/** Those that are asked where all their files lie. */
const movers = new Set(['rm', 'ln', 'chmod', 'chown', 'touch', 'tee', 'mv', 'cp', 'tar', 'unzip', 'mkdir']);
/** Modules of Python that need nothing but what is installed. */
const modules = /^(?:ensurepip|site)$/;
/** Substitutions that tell of the machine alone. */
const machine = /^\$\((?:nproc|uname|arch|dpkg --print-architecture|lsb_release|date)\b[^()]*\)$/;

/**
 * What a command needs of the project when it runs above the COPY; undefined where it may need the code, or change what the
 * COPY brings.
 * @param cwd the folder in which it runs
 * @param isFed whether the command before it writes its input
 */
export function passing(
  folder: CopiedFolder,
  command: ShellCommand,
  cwd: string,
  isFed: boolean,
): Passing | undefined {
  const { name, args, nameWord, assignments } = command;
  const words = args.map(({ value }) => value);
  const set = [...assignments, ...(name === 'export' ? args : [])].map(({ value }) => value.split('=', 2));
  if (set.some(([variable = '', value = '']) => namesFile(variable, value))) return undefined;
  if (words.some((word) => /`|\$\(/.test(word) && !isOfMachine(word))) return undefined;
  if (!isThere(folder, nameWord, cwd)) return undefined;
  const pip = passingPip(folder, command, cwd);
  if (pip) return pip === 'stays' ? undefined : pip;
  const install = readManifestInstall(folder, command, cwd);
  if (install) return install === 'stays' ? undefined : install;
  if (makesEnvironment(command)) return environmentAt(folder, command, cwd);
  if (name === '' || name === 'cd') return harmless;
  if (name === '.' || name === 'source') return isInEnvironment(folder, words[0] ?? '', cwd);
  if (name === 'mkdir' && mayMake(folder, command, cwd)) return harmless;
  const models = passingModels(folder, command, cwd);
  if (models) return models;
  noteDownloads(folder, command, cwd);
  const reads = words.some(
    (word, i) =>
      !isDownloaded(folder, word, cwd) &&
      !isRepository(command, i) &&
      (touches(folder, word, cwd) || isFile(folder, word, cwd)),
  );
  if (indifferent.has(name)) return reads ? undefined : harmless;
  if (/^(?:rm|python[\d.]*)$/.test(name) && !reads && isOfDownloads(folder, command, cwd)) return harmless;
  if (!reads && fetchesModels(command)) return { files: [], installs: true };
  if (movers.has(name)) return !reads && areElsewhere(command) ? harmless : undefined;
  if (/^(?:conda|mamba|micromamba)$/.test(name))
    return passingEnvironment(folder, command, cwd) ?? passingConda(command);
  if (/^python[\d.]*$/.test(name)) return reads ? undefined : passingPython(words, isFed);
  if (/^(?:ba|da|z)?sh$/.test(name))
    return isFed && words.every((word) => word.startsWith('-') && word !== '-c') ? harmless : undefined;
  if (name === 'git') return words[0] === 'config' || words[0] === 'lfs' ? harmless : undefined;
  if (name === 'uv')
    return /^(?:python install|self|cache|--version)/.test(words.join(' ')) ? harmless : undefined;
  if (name === 'poetry' || name === 'pdm')
    return /^(?:config|--version)/.test(words[0] ?? '') ? harmless : undefined;
  return undefined;
}

/** Whether folders can be made before the COPY, which puts into them what it brings: by `-p`, or as it brings none of that name. */
function mayMake({ context, at }: CopiedFolder, command: ShellCommand, cwd: string): boolean {
  if (hasFlag(command, ['p', 'parents'])) return true;
  const isNew = (word: string) =>
    /^[\w.-]+$/.test(word) && context !== undefined && sentFilesOf(context, word).length === 0;
  const words = plainWords(command, ['m', 'mode']).map(({ value }) => value);
  return cwd === at && context?.files?.isComplete === true && words.every(isNew);
}

/** Endings of files that are not made where commands install and download. */
const ending = /\.(?:asc|gpg|key|pub|pem|crt|txt|list|sh|py|conf|cfg|json|ya?ml|toml|deb|rpm|selections)$/;

/** Whether a word is a file of the project by its bare name. */
function isFile(folder: CopiedFolder, word: string, cwd: string): boolean {
  if (word.startsWith('-') || word.startsWith('/') || word.includes('://')) return false;
  const place = follow(cwd, word);
  const path = place === undefined ? undefined : contextPathOf(folder, place);
  return ending.test(word) || (path !== undefined && path !== '' && isThereIn(folder.context, path));
}

const isThereIn = (context: BuildContext | undefined, path: string) =>
  context?.files !== undefined && sentFilesOf(context, path).length > 0;

const isOfMachine = (word: string) => machine.test(word.slice(word.search(/\$\(|`/)));

/** Whether a program that is called by its path is there without the project. */
function isThere(folder: CopiedFolder, word: ShellWord | undefined, cwd: string): boolean {
  if (!word?.value.includes('/')) return true;
  const place = follow(cwd, word.value);
  if (place === undefined) return !/^[.~]/.test(word.value);
  return contextPathOf(folder, place) === undefined || isMade(folder, place);
}

const isMade = ({ environments }: CopiedFolder, place: string) =>
  [...environments].some((made) => place.startsWith(`${made}/`));

/** Whether a command makes a virtual environment. */
export function makesEnvironment({ name, args }: ShellCommand): boolean {
  const words = args.map(({ value }) => value);
  if (name === 'uv') return words[0] === 'venv';
  if (name === 'virtualenv') return true;
  return /^python[\d.]*$/.test(name) && words[0] === '-m' && /^(?:venv|virtualenv)$/.test(words[1] ?? '');
}

/** Where a command makes one. */
export function madeEnvironment(command: ShellCommand, cwd: string): string | undefined {
  const words = plainWords(command, ['p', 'python', 'prompt', 'm']).map(({ value }) => value);
  const path = command.name === 'uv' ? (words[1] ?? '.venv') : words[0];
  return path === undefined ? undefined : follow(cwd, path);
}

/** A virtual environment below the folder lies where the COPY may bring another one. */
function environmentAt(folder: CopiedFolder, command: ShellCommand, cwd: string): Passing | undefined {
  const place = madeEnvironment(command, cwd);
  if (place === undefined) return undefined;
  const path = contextPathOf(folder, place);
  const { context } = folder;
  if (path !== undefined && (!context?.files?.isComplete || sentFilesOf(context, path).length > 0))
    return undefined;
  folder.environments.add(place);
  return harmless;
}

function isInEnvironment(folder: CopiedFolder, word: string, cwd: string): Passing | undefined {
  const place = word.includes('/') ? follow(cwd, word) : undefined;
  if (place === undefined) return undefined;
  return contextPathOf(folder, place) === undefined || isMade(folder, place) ? harmless : undefined;
}

/** Whether all files that a command names have absolute paths. */
function areElsewhere(command: ShellCommand): boolean {
  const words = plainWords(command, ['C']).map(({ value }) => value);
  const files = /^ch/.test(command.name) ? words.slice(1) : words;
  return files.length > 0 && files.every((word) => word.startsWith('/'));
}

function passingConda(command: ShellCommand): Passing | undefined {
  const [verb] = plainWords(command);
  if (/^(?:install|create)$/.test(verb?.value ?? ''))
    return hasFlag(command, ['f', 'file']) ? undefined : { files: [], installs: true };
  return /^(?:clean|config|init|info|list|tos)$/.test(verb?.value ?? '') ? harmless : undefined;
}

function passingPython(words: readonly string[], isFed: boolean): Passing | undefined {
  const [first, second = ''] = words;
  if (/^(?:--version|-V)$/.test(first ?? '') || (isFed && first === '-')) return harmless;
  if (first !== '-m') return undefined;
  return modules.test(second) ? harmless : undefined;
}
