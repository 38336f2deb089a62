// What is in a volume as a tar archive with owners and modes, and such an archive put into one. Docker makes and takes them
// for a container that does not run; Podman's tell of no owner and nerdctl's have no volumes, so there a program `tar` of an
// image does it.
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { hasArchives } from '../runtime/engine.ts';
import type { EngineUser } from './connection.ts';
import { insideOf } from './inside.ts';
import { runStandIn, withStandIn } from './stand-in.ts';
import { readTar, type TarEntry } from './tar.ts';

/** Where volumes are in the containers that stand in for them: their own folder is an entry of the archive of this one. */
const above = '/wheelhouse';
export const volumeName = 'volume';
export const volumePath = `${above}/${volumeName}`;

/** @param bare entries begin with `./`, as of `tar -C`, and else with `volume/`, as `writeVolume` takes them */
export async function readVolume<T>(
  user: EngineUser,
  volume: string,
  bare: boolean,
  signal: AbortSignal,
  take: (tar: Readable) => Promise<T>,
): Promise<T> {
  const mounts = [{ volume, at: volumePath, readOnly: true }];
  if (!hasArchives(await user.engine.get())) {
    const argv = bare
      ? ['tar', '-cf', '-', '-C', volumePath, '.']
      : ['tar', '-cf', '-', '-C', above, volumeName];
    return runStandIn(user, mounts, argv as ['tar'], async (process) => {
      process.end();
      return take(until(process, signal));
    });
  }
  return withStandIn(user, mounts, async (id) => {
    const tar = await insideOf(user, id).read(bare ? `${volumePath}/.` : volumePath, signal);
    try {
      return await take(tar);
    } finally {
      tar.destroy();
    }
  });
}

/** @param tar begins with the entry of the folder `volume`, which is the volume itself; it is read to its end */
export async function writeVolume(
  user: EngineUser,
  volume: string,
  tar: Readable,
  signal: AbortSignal,
): Promise<void> {
  const taken = finished(tar, { writable: false });
  // Whoever takes it tells of its error, and this alone is waited for only afterwards.
  taken.catch(() => {});
  await unpackInto(user, volume, tar, signal);
  // What unpacks is done at the mark of the end, and of what fills the last block after it some may still be on its way.
  tar.resume();
  await taken;
}

async function unpackInto(
  user: EngineUser,
  volume: string,
  tar: Readable,
  signal: AbortSignal,
): Promise<void> {
  const mounts = [{ volume, at: volumePath }];
  if (!hasArchives(await user.engine.get()))
    return runStandIn(user, mounts, ['tar', '-xpf', '-', '-C', above], async (process) => {
      tar.on('error', (error) => process.destroy(error)).pipe(until(process, signal));
      for await (const _ of process as AsyncIterable<Buffer>);
    });
  return withStandIn(user, mounts, (id) => insideOf(user, id).write(above, tar, signal));
}

function until<T extends Readable>(stream: T, signal: AbortSignal): T {
  const stop = () => stream.destroy(signal.reason);
  signal.addEventListener('abort', stop);
  stream.on('close', () => signal.removeEventListener('abort', stop));
  if (signal.aborted) stop();
  return stream;
}

export type Counted = { files: number; bytes: number };

/** Reads an archive to its end, which shows that it is whole; `seen` gets each entry. */
export async function countTar(
  source: AsyncIterable<Buffer>,
  seen?: (entry: TarEntry) => void,
): Promise<Counted> {
  const counted = { files: 0, bytes: 0 };
  for await (const entry of readTar(source)) {
    seen?.(entry);
    if (entry.kind === 'folder') continue;
    counted.files++;
    counted.bytes += entry.size;
  }
  return counted;
}
