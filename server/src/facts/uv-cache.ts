import type { Instruction } from '../syntax/tree.ts';
import { type Account, createdAccounts } from './accounts.ts';
import type { FileFacts } from './file-facts.ts';
import { readMounts } from './mounts.ts';
import { removesFolder } from './removals.ts';
import { isSwitchedOn, settingAt } from './settings.ts';
import { effective, lineage, type Stage } from './stages.ts';
import { isRoot, runsAsRoot, userName } from './users.ts';
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
  const user = effective(stage, 'USER', run);
  const name = user && userName(facts.file, stage, user);
  if (user && name === undefined) return undefined;
  const [named, xdg, homeFolder] = ['UV_CACHE_DIR', 'XDG_CACHE_HOME', 'HOME'].map((variable) =>
    settingAt(facts, run, variable),
  ) as [string, string, string];
  if ([named, xdg, homeFolder].includes('unknown')) return undefined;
  const below = (folder: string, path: string) => `${folder.replace(/\/+$/, '')}/${path}`;
  let folder: string | undefined;
  if (named !== 'unset') folder = named.replace(/\/+$/, '');
  else if (xdg !== 'unset') folder = below(xdg, 'uv');
  else if (homeFolder !== 'unset') folder = below(homeFolder, '.cache/uv');
  if (name === undefined || isRoot(name)) {
    folder ??= '/root/.cache/uv';
    return isPlain(folder)
      ? { folder, uid: undefined, isSure: runsAsRoot(facts.file, stage, run) }
      : undefined;
  }
  const account = lineage(stage)
    .flatMap((ancestor) => accountsOf(facts, ancestor))
    .find((one) => one.name === name);
  const uid = /^\d+$/.test(name) ? name : account?.uid;
  if (uid === undefined || !/^\d+$/.test(uid)) return undefined;
  const hasOwnHome =
    account &&
    /\s(?:-[a-zA-Z]*[dbhR]|--(?:home|home-dir|base-dir|no-create-home))\b/.test(account.run.node.text);
  if (account && !hasOwnHome) folder ??= `/home/${name}/.cache/uv`;
  return folder !== undefined && isPlain(folder) ? { folder, uid, isSure: true } : undefined;
}

const known = new WeakMap<Stage, readonly Account[]>();

function accountsOf(facts: FileFacts, stage: Stage): readonly Account[] {
  let accounts = known.get(stage);
  if (!accounts) {
    accounts = createdAccounts(facts, stage.byKeyword.get('RUN') ?? []);
    known.set(stage, accounts);
  }
  return accounts;
}

const isPlain = (folder: string) => /^\/[\w./-]+$/.test(folder);

/** Whether a mount keeps the cache of uv out of the layer; one that may hold it counts. */
export function isUvCacheMounted(run: Instruction, cache: UvCache | undefined): boolean {
  return readMounts(run.node).some(({ type, target = '' }) => {
    if (type !== 'cache' && type !== 'tmpfs') return false;
    if (cache === undefined || /[$]|\.cache\b|uv\b/.test(target)) return true;
    return `${cache.folder}/`.startsWith(`${target.replace(/\/+$/, '')}/`);
  });
}

/** Whether nothing of the cache is left behind a RUN: it is off, or emptied in the same RUN. */
export function isUvCacheGone(facts: FileFacts, run: Instruction, cache: UvCache | undefined): boolean {
  if (isSwitchedOn(facts, run, 'UV_NO_CACHE')) return true;
  const folder = cache?.folder ?? '/root/.cache/uv';
  if (facts.commands(run).some((command) => removesFolder(command, folder) || removesHomeCache(command)))
    return true;
  return uvCommands(facts, run).some(({ verb }) => /^cache (?:clean|prune)$|^clean$/.test(verb));
}

const removesHomeCache = ({ name, args }: { name: string; args: readonly { value: string }[] }) =>
  name === 'rm' && args.some(({ value }) => /\.cache(?:\/uv|\/\*|\/)?$/.test(value));

/** Whether a command of uv is told to do without its cache, or where to keep it. */
export const hasOwnUvCache = (command: Parameters<typeof hasUvFlag>[0]) =>
  hasUvFlag(command, ['no-cache', 'no-cache-dir', 'n', 'cache-dir']);
