// The files of a container as a FileTree: by archives, and where it runs by programs in it for lists, for changes, and for
// what archives do not show.

import { Readable } from 'node:stream';
import { t } from '@vscode/l10n';
import { type EngineUser, overHttp } from '../engine/connection.ts';
import type { FileStat, FileTree, Owner } from '../engine/file-tree.ts';
import { insideOf } from '../engine/inside.ts';
import { shownName } from '../engine/path-bytes.ts';
import { readContainers } from '../engine/reads.ts';
import { type TarSource, writeTar } from '../engine/tar-write.ts';
import { inspectContainers } from '../runtime/container-commands.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import { failed } from '../runtime/failures.ts';
import { exported, firstOf, listArchive, readArchive } from './archive.ts';
import { explain, fileExists, fileGone, filePatterns, mustRun, notAll, notSaved } from './failures.ts';
import { follow } from './follow.ts';
import { hiddenStat, isHidden, readHidden } from './hidden.ts';
import { folderOf, joinPath, nameOf } from './model.ts';
import {
  listScript,
  makeFolderScript,
  ownerScript,
  readListing,
  readOwner,
  removeScript,
  renameScript,
  scriptFailed,
  unpackScript,
  writeScript,
} from './scripts.ts';

const removeMs = 300_000;

export function containerFiles(user: EngineUser, container: string): FileTree {
  const inside = insideOf(user, container);
  const state = async () => {
    const step = t('Looking for the container');
    const over = await overHttp(user, (http) => readContainers(http, [container]));
    const facts = { step, tool: 'engine', patterns: filePatterns } as const;
    const [found] =
      over ?? (await user.run(await inspectContainers(await user.engine.get(), [container]), facts));
    if (!found) throw explain(step, new Error('No such container'));
    return found;
  };
  const told = async <T>(step: string, work: (now: ContainerDetails) => Promise<T>, signal?: AbortSignal) => {
    try {
      return await work(await state());
    } catch (error) {
      throw explain(step, error, signal?.aborted);
    }
  };

  const stat = async (now: ContainerDetails, path: string): Promise<FileStat | undefined> => {
    if (isHidden(now, path)) return hiddenStat(inside, path);
    const told = await inside.stat(path);
    if (told !== null) return told;
    const entry = await firstOf(inside, path);
    if (!entry) return undefined;
    const { size, modified, mode, target } = entry;
    return { kind: entry.kind === 'hardlink' ? 'file' : entry.kind, size, modified, mode, target };
  };
  /** A file or folder with its owner and all that is kept of it when it is written anew. */
  const whole = async (path: string) =>
    (await user.engine.get()).kind === 'podman' ? exported(inside, path) : firstOf(inside, path);
  const ownerOf = async (now: ContainerDetails, path: string): Promise<Owner> => {
    const asked = now.status === 'running' && inside.run(ownerScript(`${path}/.`)).then(readOwner);
    const told = (await (asked || undefined)?.catch(() => undefined)) ?? (await whole(path));
    if (!told) throw failed(fileGone(path));
    const { uid, gid } = told;
    return { uid, gid };
  };
  const pack = (
    path: string,
    entries: AsyncIterable<TarSource> | Iterable<TarSource>,
    signal?: AbortSignal,
  ) => inside.write(path, Readable.from(writeTar(entries), { objectMode: false }), signal);

  /** By a program in the container, else in the way of archives where there is one. */
  const change = async (
    now: ContainerDetails,
    argv: readonly string[],
    other?: () => Promise<void>,
    input?: Uint8Array,
  ) => {
    if (now.status !== 'running') {
      if (!other) throw failed(mustRun(now.name, now.status));
      return other();
    }
    try {
      await inside.run(argv, { input, timeoutMs: removeMs });
    } catch (error) {
      if (other && !scriptFailed(error)) return other();
      throw error;
    }
  };

  return {
    stat: (path) => told(t('Looking for {0}', shownName(path)), (now) => stat(now, path)),
    list: (path) =>
      told(t('Listing {0}', shownName(path)), async (now) => {
        try {
          if (now.status === 'running') return readListing(await inside.run(listScript(path)));
        } catch (error) {
          if (isHidden(now, path)) throw error;
        }
        return listArchive(inside, path, { stat: (inner) => stat(now, inner) });
      }),
    async *read(path, signal) {
      if (isHidden(await state(), path)) yield* readHidden(inside, path, signal);
      else yield* readArchive(inside, path, signal);
    },
    write: (path, content) =>
      told(t('Saving {0}', shownName(path)), async (now) => {
        const byArchive = async (at = path): Promise<void> => {
          const before = await whole(at);
          // Podman tells of no link but here.
          if (before?.kind === 'link') return byArchive(joinPath(folderOf(at), before.target));
          const kept = before ?? { mode: 0o644, ...(await ownerOf(now, folderOf(at))) };
          const file = { ...kept, name: nameOf(at), kind: 'file', size: content.length } as const;
          await pack(folderOf(at), [{ ...file, modified: new Date(), content: () => [content] }]);
        };
        await change(now, writeScript(path), () => byArchive(), content);
        const size = (await follow({ stat: (at) => stat(now, at) }, path))?.stat.size;
        if (size !== content.length) throw failed(notSaved(path, size ?? 0));
      }),
    put: (folder, entriesFor, signal) =>
      told(
        t('Uploading to {0}', shownName(folder)),
        async (now) => {
          const owner = isHidden(now, folder) ? { uid: 0, gid: 0 } : await ownerOf(now, folder);
          const entries = entriesFor(owner);
          if (!isHidden(now, folder)) return pack(folder, entries, signal);
          const tar = Readable.from(writeTar(entries), { objectMode: false });
          await inside.run(unpackScript(folder), { input: tar, signal });
        },
        signal,
      ),
    makeFolder: (path) =>
      told(t('Creating {0}', shownName(path)), async (now) => {
        if (await stat(now, path)) throw failed(fileExists(path));
        await change(now, makeFolderScript(path), async () => {
          const owner = await ownerOf(now, folderOf(path));
          const entry = {
            name: nameOf(path),
            kind: 'folder',
            size: 0,
            mode: 0o755,
            modified: new Date(),
          } as const;
          await pack(folderOf(path), [{ ...entry, ...owner }]);
        });
        if ((await stat(now, path))?.kind !== 'folder') throw failed(notSaved(path, 0));
      }),
    async mayTakeAway(...paths) {
      if (paths.includes('/')) throw failed(notAll());
      const now = await state();
      if (now.status !== 'running') throw failed(mustRun(now.name, now.status));
    },
    remove: (path) =>
      told(t('Deleting {0}', shownName(path)), async (now) => {
        if (path === '/') throw failed(notAll());
        await change(now, removeScript(path));
        if (await stat(now, path)) throw new Error(t('it is there still'));
      }),
    rename: (path, to, replace) =>
      told(t('Renaming {0}', shownName(path)), async (now) => {
        await change(now, renameScript(path, to, replace ? 'replace' : ''));
        if ((await stat(now, path)) || !(await stat(now, to)))
          throw new Error(t('it has its old name still'));
      }),
  };
}
