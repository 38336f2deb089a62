// Files and folders of this machine as an archive for a container.
import { createReadStream } from 'node:fs';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import type { Owner } from '../engine/file-tree.ts';
import { nameOfBytes } from '../engine/path-bytes.ts';
import type { TarSource } from '../engine/tar-write.ts';

export type Packed = {
  files: number;
  bytes: number;
  /** Devices, pipes and sockets. */
  readonly leftOut: string[];
};

/** Of each the file or folder with all below, under its own name; links below stay links. `packed` tells what came of it. */
export async function* localEntries(
  from: readonly string[],
  owner: Owner,
  packed: Packed,
  progress: () => void,
): AsyncGenerator<TarSource> {
  const entries = async function* (at: Buffer, name: string, isTop: boolean): AsyncGenerator<TarSource> {
    const stat = await (isTop ? fs.stat : fs.lstat)(at);
    // Windows knows no mode: what is sent there can be read, and started.
    const mode = process.platform === 'win32' ? 0o755 : stat.mode & 0o777;
    const common = { name, mode, modified: stat.mtime, ...owner, size: 0 };
    if (stat.isDirectory()) {
      yield { ...common, kind: 'folder' };
      for (const file of (await fs.readdir(at, { encoding: 'buffer' })).sort(Buffer.compare))
        yield* entries(
          Buffer.concat([at, Buffer.from(path.sep), file]),
          `${name}/${nameOfBytes(file)}`,
          false,
        );
    } else if (stat.isSymbolicLink()) {
      const target = nameOfBytes(await fs.readlink(at, { encoding: 'buffer' }));
      yield { ...common, kind: 'link', mode: 0o777, target };
    } else if (stat.isFile()) {
      packed.files++;
      const content = async function* () {
        for await (const portion of createReadStream(at) as AsyncIterable<Buffer>) {
          packed.bytes += portion.length;
          progress();
          yield portion;
        }
      };
      yield { ...common, kind: 'file', size: stat.size, content };
    } else packed.leftOut.push(name);
  };
  for (const one of from) yield* entries(Buffer.from(one), path.basename(one), true);
}
