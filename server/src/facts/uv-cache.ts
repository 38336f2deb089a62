import type { Instruction } from '../syntax/tree.ts';
import { trimEnd } from '../text/trim.ts';
import { type CacheFolder, cacheFolder } from './cache-folders.ts';
import type { FileFacts } from './file-facts.ts';
import { readMounts } from './mounts.ts';
import { removesCacheOf, removesFolder } from './removals.ts';
import { isSwitchedOn } from './settings.ts';
import { hasUvFlag, uvCommands } from './uv.ts';

export type UvCache = CacheFolder;

/** The cache of uv in a RUN. */
export const uvCache = (facts: FileFacts, run: Instruction): UvCache | undefined =>
  cacheFolder(facts, run, { variable: 'UV_CACHE_DIR', name: 'uv' });

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
