import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { isDockerfileName, skippedFolders } from '../data/dockerfile-names.ts';
import type { GitIgnore } from './git-ignore.ts';
import { describeFileError } from './text-files.ts';

export interface FoundFiles {
  /** Each once, in the order in which they were named; those of a folder or pattern sorted. */
  readonly files: readonly string[];
  /** The folder behind each: the one that was searched, or that in which a file was named. */
  readonly homes: ReadonlyMap<string, string>;
  /** Why something that was named gave no file. */
  readonly problems: readonly string[];
}

/** What makes a name a pattern. */
const wild = /[*?[\]{}]/;

/** Finds the Dockerfiles behind files, folders and patterns; `-`, standard input, stays as it is. */
export async function findFiles(named: readonly string[]): Promise<FoundFiles> {
  const files = new Map<string, string>();
  const homes = new Map<string, string>();
  const problems: string[] = [];
  const add = (file: string, home = path.dirname(file)) => {
    const key = file === '-' ? file : path.resolve(file);
    if (files.has(key)) return;
    files.set(key, file);
    homes.set(file, home);
  };
  /** What is found by looking is a file, also where it goes by the name of standard input. */
  const addFound = (found: readonly string[], home: string) => {
    for (const file of found) add(file === '-' ? `.${path.sep}-` : file, home);
  };
  for (const name of named) {
    const stats = name === '-' ? undefined : statusOf(name);
    if (stats?.isDirectory()) {
      const found = await filesBelow(name);
      if (found.length === 0) problems.push(`There is no Dockerfile in the folder ${name}.`);
      addFound(found, name);
    } else if (stats || name === '-') add(name);
    else if (wild.test(name)) {
      const found = await filesMatching(name);
      if (found.length === 0) problems.push(`No file matches ${name}.`);
      addFound(found, fixedPart(name));
    } else problems.push(describeFileError(name, 'read', { code: 'ENOENT' }));
  }
  return { files: [...files.values()], homes, problems };
}

/** The folder of a pattern up to where it begins to be one. */
function fixedPart(pattern: string): string {
  const parts = pattern.split(/[\\/]/);
  const first = parts.findIndex((part) => wild.test(part));
  return parts.slice(0, first).join('/') || (pattern.startsWith('/') ? '/' : '.');
}

function statusOf(file: string): Stats | undefined {
  // A file that may not be looked at gives its reason when it is read.
  return statSync(file, { throwIfNoEntry: false });
}

/** Only where a folder is searched: the library takes a while to start. */
async function gitIgnoreOf(folder: string): Promise<GitIgnore> {
  const { createGitIgnore } = await import('./git-ignore.ts');
  return createGitIgnore(path.resolve(folder));
}

async function filesBelow(root: string): Promise<string[]> {
  const gitIgnore = await gitIgnoreOf(root);
  const found: string[] = [];
  const walk = (folder: string) => {
    for (const entry of entriesOf(folder)) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!skippedFolders.has(entry.name) && !gitIgnore.ignores(path.resolve(file), true)) walk(file);
      } else if (isDockerfileName(entry.name) && isFile(file, entry)) {
        if (!gitIgnore.ignores(path.resolve(file), false)) found.push(file);
      }
    }
  };
  walk(root);
  return found;
}

/** Sorted, alike in every locale; a folder that may not be read holds nothing for us. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

/** Links to files are followed; links to folders are not, as they may lead in circles. */
function isFile(file: string, entry: Dirent): boolean {
  return entry.isFile() || (entry.isSymbolicLink() && statusOf(file)?.isFile() === true);
}

async function filesMatching(pattern: string): Promise<string[]> {
  const { glob } = await import('node:fs/promises');
  if (!glob)
    throw new Error(
      'Patterns need Node 22 or newer. Name files or folders, or let the shell expand the pattern.',
    );
  const gitIgnore = await gitIgnoreOf('.');
  const found: string[] = [];
  const isSkipped = (name: string) => name.split(path.sep).some((part) => skippedFolders.has(part));
  for await (const file of glob(pattern, {
    exclude: (name: string) => skippedFolders.has(path.basename(name)),
  })) {
    if (isSkipped(file) || !statusOf(file)?.isFile()) continue;
    if (!gitIgnore.ignores(path.resolve(file), false)) found.push(file);
  }
  return found.sort();
}
