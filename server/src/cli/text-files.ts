import { isUtf8 } from 'node:buffer';
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { readRegularFileSync, tooLarge } from '../adapters/regular-file.ts';
import { dockerfileLimit } from '../ports/ports.ts';

export interface TextFile {
  /** With its byte order mark, where it has one. */
  readonly text: string;
  /** Only such a file is written back. */
  readonly isUtf8: boolean;
}

/** Reads a Dockerfile in any encoding that can be told; bytes that make no sense become replacement characters. */
export function decode(bytes: Buffer): TextFile {
  if (isUtf8(bytes)) return { text: bytes.toString('utf8'), isUtf8: true };
  const mark = bytes.subarray(0, 2).toString('hex');
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8';
  return { text: new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes), isUtf8: false };
}

export function readTextFile(file: string): TextFile {
  return decode(readRegularFileSync(file, dockerfileLimit));
}

/** All of standard input, which unlike a file may be a pipe, and need not end. */
export async function readInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > dockerfileLimit) throw tooLarge(dockerfileLimit);
  }
  return Buffer.concat(chunks);
}

/**
 * Replaces a file's content at once: a reader sees the old text or the new one, and a crash leaves one of them. Mode and
 * owner stay, and a link goes on pointing at the file.
 */
export function replaceFile(file: string, text: string): void {
  const target = realpathSync(file);
  const { mode, uid, gid } = statSync(target);
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.wheelhouse`);
  const descriptor = openSync(temporary, 'wx', 0o600);
  try {
    try {
      writeAll(descriptor, Buffer.from(text));
      keepOwner(descriptor, uid, gid);
      fchmodSync(descriptor, mode);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
}

/** Only root may give a file away; to anyone else it belongs already, or to a group that may write it. */
function keepOwner(descriptor: number, uid: number, gid: number): void {
  try {
    fchownSync(descriptor, uid, gid);
  } catch {
    // Then it belongs to who asked for the fix, as with any editor that saves this way.
  }
}

/** Why a file could not be read or written, in one sentence that names it. */
export function describeFileError(file: string, done: 'read' | 'written', error: unknown): string {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'it does not exist',
    EACCES: 'this user may not',
    EPERM: 'this user may not',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of its path is no folder',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
    EFBIG: 'it would be too large',
    EEXIST: 'another run is writing it',
  };
  const { code = '', message } = error as NodeJS.ErrnoException;
  return `${file} cannot be ${done}: ${reasons[code] ?? message?.split('\n')[0] ?? error}.`;
}
