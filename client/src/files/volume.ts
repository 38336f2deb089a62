// The files of a volume as a FileTree. Archives of a container that is made for it and never started show them; where that
// does not do, a program of an image that is there does.

import { Readable } from 'node:stream';
import { t } from '@vscode/l10n';
import type { EngineUser } from '../engine/connection.ts';
import type { FileTree } from '../engine/file-tree.ts';
import { shownName } from '../engine/path-bytes.ts';
import { makeLasting, runStandIn } from '../engine/stand-in.ts';
import { writeTar } from '../engine/tar-write.ts';
import { volumePath } from '../engine/volume-content.ts';
import { hasArchives } from '../runtime/engine.ts';
import { failed } from '../runtime/failures.ts';
import { explain, fileExists, fileGone, notAllOfVolume } from './failures.ts';
import { follow } from './follow.ts';
import { createHeld, type Held } from './held.ts';
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

export type VolumeFiles = {
  treeOf(volume: string): FileTree;
  /** Removes what was made for a volume, which may be removed then; without one, for all. */
  release(volume?: string): Promise<void>;
};

export function createVolumeFiles(user: EngineUser): VolumeFiles {
  const held = createHeld(user, (volume) => makeLasting(user, [{ volume, at: volumePath }]));
  return { treeOf: (volume) => volumeTree(user, volume, held.of(volume)), release: held.release };
}

const inner = (path: string) => (path === '/' ? volumePath : `${volumePath}${path}`);

function volumeTree(user: EngineUser, volume: string, { within, read }: Held): FileTree {
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
    read: (path, signal) => read(inner(path), signal),
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
