import { isUtf8 } from 'node:buffer';
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
    EBUSY: 'something holds it',
    ELOOP: 'its links lead in a circle',
    ENAMETOOLONG: 'its name is too long',
  };
  const { code = '', message } = error as NodeJS.ErrnoException;
  return `${file} cannot be ${done}: ${reasons[code] ?? message?.split('\n')[0] ?? error}.`;
}
