import type { Instruction } from '../syntax/tree.ts';
import { trimEnd } from '../text/trim.ts';
import type { FileFacts } from './file-facts.ts';
import { runnerAt } from './home-folders.ts';
import { readMounts } from './mounts.ts';
import { removesCacheOf, removesFolder } from './removals.ts';
import { isSwitchedOn, settingAt } from './settings.ts';
import { runsAsRoot } from './users.ts';
import { hasUvFlag, uvCommands } from './uv.ts';

/** Where uv keeps what it downloads, and who must be able to write there. */
export interface UvCache {
  readonly folder: string;
  /** Number of the user whom a mount must belong to; undefined for root. */
  readonly uid: string | undefined;
  /** False where the base image may have another user. */
  readonly isSure: boolean;
}

/**
 * The cache of uv in a RUN: UV_CACHE_DIR, else `uv` in XDG_CACHE_HOME, else in `~/.cache` (uv documentation, "Cache
 * directory"). Undefined where the file does not tell the folder or the user.
 */
export function uvCache(facts: FileFacts, run: Instruction): UvCache | undefined {
  const stage = facts.stageOf(run);
  if (!stage) return undefined;
  const [named, xdg, given] = ['UV_CACHE_DIR', 'XDG_CACHE_HOME', 'HOME'].map((variable) =>
    settingAt(facts, run, variable),
  ) as [string, string, string];
  if ([named, xdg, given].includes('unknown')) return undefined;
  const { home, user, uid } = runnerAt(facts, stage, run);
  if (user !== undefined && uid === undefined) return undefined;
  const below = (folder: string, path: string) => `${trimEnd(folder, /\//)}/${path}`;
  let folder = home && below(home, '.cache/uv');
  if (named !== 'unset') folder = trimEnd(named, /\//);
  else if (xdg !== 'unset') folder = below(xdg, 'uv');
  const isSure = user !== undefined || runsAsRoot(facts.file, stage, run);
  return folder && isPlain(folder) ? { folder, uid, isSure } : undefined;
}

const isPlain = (folder: string) => /^\/[\w./-]+$/.test(folder);

/** Whether a mount keeps the cache of uv out of the layer; one that may hold it counts. */
export function isUvCacheMounted(run: Instruction, cache: UvCache | undefined): boolean {
  return readMounts(run.node).some(({ type, target = '' }) => {
    // BuildKit expands no `~`: this is a folder of that name in the working directory.
    if ((type !== 'cache' && type !== 'tmpfs') || target.startsWith('~')) return false;
    if (cache === undefined || /[$]|\.cache\b|uv\b/.test(target)) return true;
    return `${cache.folder}/`.startsWith(`${trimEnd(target, /\//)}/`);
  });
}

/** Whether nothing of the cache is left behind a RUN: it is off, or emptied in the same RUN. */
export function isUvCacheGone(facts: FileFacts, run: Instruction, cache: UvCache | undefined): boolean {
  if (isSwitchedOn(facts, run, 'UV_NO_CACHE')) return true;
  const folder = cache?.folder ?? '/root/.cache/uv';
  const isRemoved = facts
    .commands(run)
    .some((command) => removesFolder(command, folder) || removesCacheOf(command, 'uv'));
  if (isRemoved) return true;
  return uvCommands(facts, run).some(({ verb }) => /^cache (?:clean|prune)$|^clean$/.test(verb));
}

/** Whether a command of uv is told to do without its cache, or where to keep it. */
export const hasOwnUvCache = (command: Parameters<typeof hasUvFlag>[0]) =>
  hasUvFlag(command, ['no-cache', 'no-cache-dir', 'n', 'cache-dir']);
