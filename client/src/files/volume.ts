// The files of a volume as a FileTree. Archives of a container that is made for it and never started show them; where that
// does not do, a program of an image that is there does.

import { Readable } from 'node:stream';
import { t } from '@vscode/l10n';
import type { EngineUser } from '../engine/connection.ts';
import type { FileTree } from '../engine/file-tree.ts';
import { shownName } from '../engine/path-bytes.ts';
import { type Made, makeLasting, runStandIn } from '../engine/stand-in.ts';
import { writeTar } from '../engine/tar-write.ts';
import { volumePath } from '../engine/volume-content.ts';
import { hasArchives } from '../runtime/engine.ts';
import { failed, failureOf } from '../runtime/failures.ts';
import { containerFiles } from './container.ts';
import { explain, fileExists, fileGone, notAllOfVolume } from './failures.ts';
import { follow } from './follow.ts';
import { folderOf, joinPath } from './model.ts';
import {
  makeFolderScript,
  ownerScript,
  readOwner,
  removeScript,
  renameScript,
  unpackScript,
  writeScript,
} from './scripts.ts';

/** Folders are opened one after the other. */
const idleMs = 15_000;

type Held = { readonly made: Promise<Made>; users: number; timer?: NodeJS.Timeout };

export type VolumeFiles = {
  treeOf(volume: string): FileTree;
  /** Removes what was made for a volume, which may be removed then; without one, for all. */
  release(volume?: string): Promise<void>;
};

export function createVolumeFiles(user: EngineUser): VolumeFiles {
  const held = new Map<string, Held>();
  const drop = async (volume: string) => {
    const one = held.get(volume);
    held.delete(volume);
    clearTimeout(one?.timer);
    await (await one?.made.catch(() => undefined))?.remove().catch(() => {});
  };
  const hold = (volume: string): Held => {
    const one = held.get(volume) ?? { made: makeLasting(user, [{ volume, at: volumePath }]), users: 0 };
    held.set(volume, one);
    clearTimeout(one.timer);
    one.users++;
    one.made.catch(() => held.get(volume) === one && held.delete(volume));
    return one;
  };
  const letGo = (volume: string, one: Held) => {
    if (--one.users > 0 || held.get(volume) !== one) return;
    one.timer = setTimeout(() => void drop(volume), idleMs);
    one.timer.unref();
  };
  const within = async <T>(
    volume: string,
    work: (tree: FileTree) => Promise<T>,
    again = true,
  ): Promise<T> => {
    const one = hold(volume);
    try {
      return await work(containerFiles(user, (await one.made).id));
    } catch (error) {
      if (!again || failureOf(error)?.id !== 'container-gone') throw error;
      // Somebody removed it, as all that do not run are removed.
      held.delete(volume);
      return await within(volume, work, false);
    } finally {
      letGo(volume, one);
    }
  };
  return {
    treeOf: (volume) =>
      volumeTree(
        user,
        volume,
        (work) => within(volume, work),
        () => {
          const one = hold(volume);
          return { tree: one.made.then(({ id }) => containerFiles(user, id)), end: () => letGo(volume, one) };
        },
      ),
    async release(volume) {
      await Promise.all((volume === undefined ? [...held.keys()] : [volume]).map(drop));
    },
  };
}

const inner = (path: string) => (path === '/' ? volumePath : `${volumePath}${path}`);

function volumeTree(
  user: EngineUser,
  volume: string,
  within: <T>(work: (tree: FileTree) => Promise<T>) => Promise<T>,
  lasting: () => { readonly tree: Promise<FileTree>; end(): void },
): FileTree {
  const mounts = [{ volume, at: volumePath }];
  const isByProgram = async () => !hasArchives(await user.engine.get());
  const run = async (
    step: string,
    argv: readonly string[],
    input?: Uint8Array | Readable,
    signal?: AbortSignal,
  ) => {
    try {
      return await runStandIn(user, mounts, argv as ['sh'], async (process) => {
        const stop = () => process.destroy(signal?.reason);
        signal?.addEventListener('abort', stop, { once: true });
        if (input && 'pipe' in input) input.on('error', (error) => process.destroy(error)).pipe(process);
        else process.end(input);
        const portions: Buffer[] = [];
        for await (const portion of process as AsyncIterable<Buffer>) portions.push(portion);
        return Buffer.concat(portions);
      });
    } catch (error) {
      throw explain(step, error, signal?.aborted);
    }
  };
  const stat: FileTree['stat'] = async (path) => {
    const told = await within((tree) => tree.stat(inner(path)));
    if (!told?.target.startsWith('/')) return told;
    // Where it leads elsewhere, that is a matter of where the volume is mounted.
    const target = told.target === volumePath ? '/' : told.target.startsWith(`${volumePath}/`);
    return { ...told, target: target === true ? told.target.slice(volumePath.length) : target || '' };
  };
  const self: Pick<FileTree, 'stat'> = { stat };
  return {
    stat,
    async list(path) {
      const meant = await follow(self, path);
      if (!meant) throw failed(fileGone(path));
      const { entries, isWhole } = await within((tree) => tree.list(inner(meant.path)));
      const own = entries.map(async (entry) => {
        if (!entry.toFolder) return entry;
        const target = await follow(self, joinPath(meant.path, entry.name));
        return { ...entry, toFolder: target?.stat.kind === 'folder' };
      });
      return { entries: await Promise.all(own), isWhole };
    },
    async *read(path, signal) {
      const { tree, end } = lasting();
      try {
        yield* (await tree).read(inner(path), signal);
      } finally {
        end();
      }
    },
    async write(path, content) {
      if (!(await isByProgram())) return within((tree) => tree.write(inner(path), content));
      await run(t('Saving {0}', shownName(path)), writeScript(inner(path)), content);
    },
    async put(folder, entriesFor, signal) {
      if (!(await isByProgram())) return within((tree) => tree.put(inner(folder), entriesFor, signal));
      const step = t('Uploading to {0}', shownName(folder));
      const owner = readOwner(await run(step, ownerScript(`${inner(folder)}/.`)));
      if (!owner) throw failed(fileGone(folder));
      const tar = Readable.from(writeTar(entriesFor(owner)), { objectMode: false });
      await run(step, unpackScript(inner(folder)), tar, signal);
    },
    async makeFolder(path) {
      if (!(await isByProgram())) return within((tree) => tree.makeFolder(inner(path)));
      if (await stat(path)) throw failed(fileExists(path));
      await run(t('Creating {0}', shownName(path)), makeFolderScript(inner(path)));
    },
    async mayTakeAway(...paths) {
      if (paths.includes('/')) throw failed(notAllOfVolume(volume));
    },
    async remove(path) {
      if (path === '/') throw failed(notAllOfVolume(volume));
      const step = t('Deleting {0}', shownName(path));
      await run(step, removeScript(inner(path)));
      if (await stat(path)) throw explain(step, new Error(t('it is there still')));
    },
    async rename(path, to, replace) {
      const step = t('Renaming {0}', shownName(path));
      if (!(await stat(folderOf(to)))) throw failed(fileGone(folderOf(to)));
      await run(step, renameScript(inner(path), inner(to), replace ? 'replace' : ''));
      if ((await stat(path)) || !(await stat(to)))
        throw explain(step, new Error(t('it has its old name still')));
    },
  };
}
