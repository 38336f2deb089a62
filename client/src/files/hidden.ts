// What archives do not show of a running container: what is mounted in memory, and what the kernel tells. Programs in the
// container see it.

import type { FileStat, ReadEntry } from '../engine/file-tree.ts';
import type { Inside } from '../engine/inside.ts';
import { readTar } from '../engine/tar.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import { folderOf, nameOf } from './model.ts';
import { listScript, packScript, readListing, readScript } from './scripts.ts';

export function isHidden({ status, raw, mounts }: ContainerDetails, path: string): boolean {
  if (status !== 'running') return false;
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
  const onDisk = mounts.map(({ to }) => to).filter((to) => !inMemory.includes(to));
  const within = (folder: string) => path === folder || path.startsWith(`${folder.replace(/\/$/, '')}/`);
  const deepest = (folders: readonly string[]) =>
    Math.max(-1, ...folders.filter(within).map(({ length }) => length));
  return deepest(['/proc', '/sys', '/dev', ...inMemory]) > deepest(onDisk);
}

/** The list of its folder tells what it is. */
export async function hiddenStat(inside: Inside, path: string): Promise<FileStat | undefined> {
  const { entries } = readListing(await inside.run(listScript(folderOf(path))));
  const entry = entries.find(({ name }) => name === nameOf(path));
  if (!entry) return path === folderOf(path) ? { ...unknown, kind: 'folder' } : undefined;
  const { kind, toFolder, size = 0 } = entry;
  return { ...unknown, kind: kind === 'link' ? (toFolder ? 'folder' : 'file') : kind, size };
}
const unknown = { size: 0, target: '' };

export async function* readHidden(
  inside: Inside,
  path: string,
  signal?: AbortSignal,
): AsyncGenerator<ReadEntry> {
  const found = await hiddenStat(inside, path);
  if (!found) throw new Error('No such file or directory');
  if (found.kind === 'folder')
    return yield* readTar(await inside.stream(packScript(folderOf(path), nameOf(path)), signal));
  // Files of the kernel say that they have no size, and have content all the same.
  const stream = await inside.stream(readScript(path), signal);
  yield {
    kind: 'file',
    name: nameOf(path),
    size: found.size,
    mode: 0o644,
    uid: 0,
    gid: 0,
    modified: new Date(),
    target: '',
    attributes: [],
    content: async function* () {
      yield* stream as AsyncIterable<Buffer>;
    },
  };
}
