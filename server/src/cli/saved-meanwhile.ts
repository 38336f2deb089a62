import { type BigIntStats, closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';

/** Why a file was left as it is; the message is for the user. */
export class NotWritten extends Error {}

/** A file as it was when it was read, by its name for the user and by its real path. */
export interface Known {
  readonly file: string;
  readonly target: string;
  readonly stats: BigIntStats;
  readonly bytes: Buffer;
}

/** Opens a file that still holds what was read, or throws. */
export function openUnchanged(known: Known, access: number): number {
  const descriptor = openPlainly(known, access);
  try {
    const isSame = holds(descriptor, known.bytes) && isAlike(fstatSync(descriptor, { bigint: true }), known);
    // Last of all, whether its name still leads to it.
    if (!isSame || !isAlike(lstatSync(known.target, { bigint: true }), known)) throw changed(known);
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw isGone(error) ? changed(known) : error;
  }
}

export function demandUnchanged(known: Known): void {
  closeSync(openUnchanged(known, constants.O_RDONLY));
}

function openPlainly(known: Known, access: number): number {
  // Without O_NONBLOCK a pipe that took the file's place would never open. Windows has neither flag.
  const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  try {
    return openSync(known.target, access | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    throw isGone(error) ? changed(known) : error;
  }
}

function isGone(error: unknown): boolean {
  return ['ENOENT', 'ELOOP', 'ENOTDIR', 'EISDIR', 'ENXIO'].includes(
    (error as NodeJS.ErrnoException).code ?? '',
  );
}

export function changed({ file }: Known): NotWritten {
  return new NotWritten(`${file} changed while it was being fixed, so nothing was written. Run it again.`);
}

function isAlike({ ino, dev, size, mtimeNs }: BigIntStats, { stats }: Known): boolean {
  return ino === stats.ino && dev === stats.dev && size === stats.size && mtimeNs === stats.mtimeNs;
}

/** Whether just these bytes are in a file. */
export function holds(descriptor: number, bytes: Buffer): boolean {
  // One byte more tells a longer file.
  const found = Buffer.alloc(bytes.length + 1);
  let length = 0;
  for (;;) {
    const count = readSync(descriptor, found, length, found.length - length, length);
    length += count;
    if (count === 0 || length === found.length) break;
  }
  return found.subarray(0, length).equals(bytes);
}
