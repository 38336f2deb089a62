import type { Instruction } from '../syntax/tree.ts';
import { trimEnd } from '../text/trim.ts';
import type { FileFacts } from './file-facts.ts';
import { runnerAt } from './home-folders.ts';
import { settingAt } from './settings.ts';
import { runsAsRoot } from './users.ts';

/** A program that keeps its downloads in a folder of this name below the user's caches, or where its variable says. */
export interface CachingProgram {
  readonly variable: string;
  readonly name: string;
  /** Where it keeps them instead, whoever the user is. */
  readonly folder?: string;
}

/** Where a program keeps what it downloads, and who must be able to write there. */
export interface CacheFolder {
  readonly folder: string;
  /** Number of the user whom a mount must belong to; undefined for root. */
  readonly uid: string | undefined;
  /** False where the base image may have another user. */
  readonly isSure: boolean;
}

/**
 * The cache of a program in a RUN: where its variable says, else in XDG_CACHE_HOME, else in `~/.cache` (XDG Base Directory
 * Specification; uv documentation, "Cache directory"; pip documentation, "Caching"). Undefined where the file does not tell
 * the folder or the user.
 */
export function cacheFolder(
  facts: FileFacts,
  run: Instruction,
  { variable, name, folder: own }: CachingProgram,
): CacheFolder | undefined {
  const stage = facts.stageOf(run);
  if (!stage) return undefined;
  const [named, xdg, given] = [variable, 'XDG_CACHE_HOME', 'HOME'].map((one) =>
    settingAt(facts, run, one),
  ) as [string, string, string];
  if ([named, xdg, given].includes('unknown')) return undefined;
  const { home: known, user, uid } = runnerAt(facts, stage, run);
  if (user !== undefined && uid === undefined) return undefined;
  const home = given === 'unset' ? known : given;
  const below = (folder: string, path: string) => `${trimEnd(folder, /\//)}/${path}`;
  let folder = own ?? (home && below(home, `.cache/${name}`));
  if (named !== 'unset') folder = trimEnd(named, /\//);
  else if (xdg !== 'unset' && own === undefined) folder = below(xdg, name);
  const isSure = user !== undefined || runsAsRoot(facts.file, stage, run);
  return folder && isPlain(folder) ? { folder, uid, isSure } : undefined;
}

const isPlain = (folder: string) => /^\/[\w./-]+$/.test(folder);
