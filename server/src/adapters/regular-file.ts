import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';

/**
 * Opening a pipe without a writer waits for one unless told not to (open(2), fifo(7)), and a terminal must not become
 * ours. Windows knows neither flag.
 */
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);
/** Read at once where a file does not tell its size, as those of `/proc`, whose text may have no end. */
const portion = 64 * 1024;

/**
 * The bytes of a regular file. Fails for pipes, devices, sockets and folders, and for what turns out to be larger than
 * `limit` bytes while it is read.
 */
export async function readRegularFile(path: string, limit: number): Promise<Buffer> {
  const file = await open(path, flags);
  try {
    const stats = await file.stat();
    mustBeFile(stats, limit);
    const bytes = collector(stats, limit);
    for (;;) {
      const { buffer, at } = bytes.room();
      const { bytesRead } = await file.read(buffer, at, buffer.length - at, null);
      if (bytesRead === 0) return bytes.all();
      bytes.took(bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** The same, for where nothing else could go on meanwhile. */
export function readRegularFileSync(path: string, limit: number): Buffer {
  const descriptor = openSync(path, flags);
  try {
    const stats = fstatSync(descriptor);
    mustBeFile(stats, limit);
    const bytes = collector(stats, limit);
    for (;;) {
      const { buffer, at } = bytes.room();
      const bytesRead = readSync(descriptor, buffer, at, buffer.length - at, null);
      if (bytesRead === 0) return bytes.all();
      bytes.took(bytesRead);
    }
  } finally {
    closeSync(descriptor);
  }
}

/** What a file that is larger than a limit is told by. */
export const tooLarge = (limit: number) => new Error(`it is larger than ${Math.round(limit / 1e6)} MB`);

function mustBeFile(stats: Stats, limit: number): void {
  if (stats.isDirectory()) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
  if (!stats.isFile()) throw new Error('it is no file, but a pipe, a socket or a device');
  if (stats.size > limit) throw tooLarge(limit);
}

/** Room for what is read; `size` is what a look said, and only where the reading begins. */
function collector({ size }: Stats, limit: number) {
  // One byte more than there should be, so that the end is seen without growing.
  let buffer = Buffer.allocUnsafe(size === 0 ? portion : size + 1);
  let at = 0;
  return {
    room() {
      if (at === buffer.length) {
        const larger = Buffer.allocUnsafe(Math.min(buffer.length * 2, limit + 1));
        buffer.copy(larger);
        buffer = larger;
      }
      return { buffer, at };
    },
    took(count: number) {
      at += count;
      if (at > limit) throw tooLarge(limit);
    },
    all: () => buffer.subarray(0, at),
  };
}
