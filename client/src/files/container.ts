// The files of a container as a FileTree: archives for all that they show; for lists in running ones, and for what archives
// do not show, programs in the container.
import { t } from '@vscode/l10n';
import { type EngineUser, overHttp } from '../engine/connection.ts';
import { type Inside, insideOf } from '../engine/inside.ts';
import { shownName } from '../engine/path-bytes.ts';
import { readContainers } from '../engine/reads.ts';
import { readTar, type TarEntry } from '../engine/tar.ts';
import { inspectContainers } from '../runtime/container-commands.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import { failureOf } from '../runtime/failures.ts';
import { explain } from './failures.ts';
import {
  childName,
  folderOf,
  joinPath,
  listCommand,
  mostEntries,
  nameOf,
  partsOf,
  readListing,
} from './model.ts';
import type { FileEntry, FileStat, FileTree, Listing } from './port.ts';

/** A list from an archive passes over the content of all that is below: as long and as much as one waits for. */
const archiveMs = 10_000;
/** What stands at the top of most images, where the archive is too large to be passed over. */
const usualFolders =
  'app bin boot code data dev etc home lib lib64 media mnt models opt proc root run sbin srv src sys tmp usr var work workspace'.split(
    ' ',
  );
/** Whether a link leads to a folder is asked of so many. */
const mostLinks = 40;

export function containerFiles(user: EngineUser, container: string): FileTree {
  const inside = insideOf(user, container);
  const state = async () => {
    const step = t('Looking for the container');
    const over = await overHttp(user, (http) => readContainers(http, [container]));
    const [found] =
      over ??
      (await user.run(await inspectContainers(await user.engine.get(), [container]), {
        step,
        tool: 'engine',
      }));
    if (!found) throw explain(step, new Error('No such container'));
    return found;
  };

  const first = async (path: string): Promise<FileStat | undefined> => {
    for await (const entry of readArchive(inside, path)) return statOf(entry);
    return undefined;
  };
  const stat = async (path: string): Promise<FileStat | undefined> => {
    const now = await state();
    if (now.status === 'running' && isHidden(now, path)) return hiddenStat(inside, path);
    return first(path).catch((error) => {
      if (failureOf(explain('', error))?.id === 'file-gone') return undefined;
      throw error;
    });
  };

  const listArchive = async (path: string): Promise<Listing> => {
    const found: FileEntry[] = [];
    const end = Date.now() + archiveMs;
    let root: string | undefined;
    let isWhole = true;
    for await (const entry of readTar(await inside.read(`${path}/.`))) {
      if (root === undefined) {
        root = entry.name;
        if (entry.kind !== 'folder') throw new Error('Not a directory');
        continue;
      }
      const name = childName(root, entry.name);
      if (name !== undefined)
        found.push({
          name,
          kind: entry.kind === 'hardlink' ? 'file' : entry.kind,
          size: entry.kind === 'file' ? entry.size : undefined,
        });
      isWhole = Date.now() < end && found.length < mostEntries;
      if (!isWhole) break;
    }
    if (!isWhole && path === '/') {
      const missing = usualFolders.filter((name) => !found.some((entry) => entry.name === name));
      for (const name of missing) {
        const there = await stat(joinPath(path, name));
        if (there) found.push({ name, kind: there.kind });
      }
    }
    let asked = 0;
    const entries: FileEntry[] = [];
    for (const entry of found) {
      if (entry.kind !== 'link' || asked++ >= mostLinks) entries.push(entry);
      else entries.push({ ...entry, toFolder: await leadsToFolder(joinPath(path, entry.name)) });
    }
    return { entries, isWhole };
  };
  const leadsToFolder = async (path: string) =>
    (await first(`${path}/.`).catch(() => undefined))?.kind === 'folder';

  const told = async <T>(step: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw explain(step, error);
    }
  };

  return {
    stat: (path) => told(t('Looking for {0}', shownName(path)), () => stat(path)),
    list: (path) =>
      told(t('Listing {0}', shownName(path)), async () => {
        const now = await state();
        if (now.status !== 'running') return listArchive(path);
        try {
          return readListing(await inside.run(listCommand(path)));
        } catch (error) {
          if (isHidden(now, path)) throw error;
          return listArchive(path);
        }
      }),
    async *read(path, signal) {
      const now = await state();
      if (now.status === 'running' && isHidden(now, path)) yield* readHidden(inside, path);
      else yield* readArchive(inside, path, signal);
    },
  };
}

/** Docker makes no archive of what has bytes in its name that are no UTF-8, but has it in the one of its folder. */
async function* readArchive(inside: Inside, path: string, signal?: AbortSignal): AsyncGenerator<TarEntry> {
  const parts = path.split('/');
  const odd = parts.findIndex((part) => shownName(part) !== part);
  if (odd < 0) return yield* readTar(await inside.read(path, signal));
  let root: string | undefined;
  for await (const entry of readTar(await inside.read(`${parts.slice(0, odd).join('/')}/.`, signal))) {
    root ??= entry.name;
    const own = partsOf(entry.name).slice(partsOf(root).length);
    if (parts.slice(odd).every((part, at) => part === '.' || own[at] === part)) yield entry;
  }
}

function statOf({ kind, size, modified, mode, uid, gid, target }: TarEntry): FileStat {
  return { kind: kind === 'hardlink' ? 'file' : kind, size, modified, mode, uid, gid, target };
}

/** Archives show what lies below these mounts of a running container, and not what is in them. */
export function isHidden({ raw, mounts }: ContainerDetails, path: string): boolean {
  const { HostConfig, Mounts } = raw as {
    HostConfig?: { Tmpfs?: Record<string, unknown> | null };
    Mounts?: readonly { Type?: string; Destination?: string }[] | null;
  };
  const inMemory = [
    ...Object.keys(HostConfig?.Tmpfs ?? {}),
    ...(Mounts ?? []).flatMap(({ Type, Destination }) =>
      Type === 'tmpfs' && Destination ? [Destination] : [],
    ),
  ];
  const within = (folder: string) => path === folder || path.startsWith(`${folder.replace(/\/$/, '')}/`);
  const deepest = (folders: readonly string[]) =>
    Math.max(-1, ...folders.filter(within).map(({ length }) => length));
  return (
    deepest(['/proc', '/sys', '/dev', ...inMemory]) >
    deepest(mounts.map(({ to }) => to).filter((to) => !inMemory.includes(to)))
  );
}

/** Of what only programs in the container see, its folder tells kind and size. */
async function hiddenStat(inside: Inside, path: string): Promise<FileStat | undefined> {
  const { entries } = readListing(await inside.run(listCommand(folderOf(path))));
  const entry = entries.find(({ name }) => name === nameOf(path));
  const nothing = { modified: new Date(0), mode: 0o644, uid: 0, gid: 0, target: '' };
  if (!entry) return undefined;
  const { kind, toFolder, size = 0 } = entry;
  return { ...nothing, kind: kind === 'link' ? (toFolder ? 'folder' : 'file') : kind, size };
}

async function* readHidden(inside: Inside, path: string): AsyncGenerator<TarEntry> {
  const found = await hiddenStat(inside, path);
  if (!found) throw new Error('No such file or directory');
  if (found.kind === 'folder') {
    const tar = await inside.stream(['tar', '-cf', '-', '-C', folderOf(path), `./${nameOf(path)}`]);
    yield* readTar(tar);
    return;
  }
  // Files of the kernel say that they have no size, and have content all the same.
  const stream = await inside.stream(['cat', path]);
  yield {
    ...found,
    kind: 'file',
    name: nameOf(path),
    attributes: [],
    content: async function* () {
      yield* stream as AsyncIterable<Buffer>;
    },
  };
}
