import type { Dirent } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FolderEntry, mostEntries, usualLimit } from '../ports/ports.ts';
import { placeBelow } from './place-below.ts';
import { readRegularFile, readRegularFileSync } from './regular-file.ts';

/** URIs of the folders that links may not leave; everywhere where left out. */
export type Within = readonly string[] | undefined;

/** Text of a `file:` URI; undefined when it cannot be read, or is larger than a limit in bytes. */
export async function readFileUri(
  uri: string,
  limit = usualLimit,
  within?: Within,
): Promise<string | undefined> {
  try {
    const file = await placeOf(uri, within);
    return file === undefined ? undefined : (await readRegularFile(file, limit)).toString('utf8');
  } catch {
    return undefined;
  }
}

/** The beginning of what zlib or gzip packed into a file; undefined where neither did. */
export async function readUnpackedUri(
  uri: string,
  limit: number,
  within?: Within,
): Promise<string | undefined> {
  try {
    const file = await placeOf(uri, within);
    return file === undefined ? undefined : await unpacked(await readRegularFile(file, limit), limit);
  } catch {
    return undefined;
  }
}

async function unpacked(bytes: Buffer, limit: number): Promise<string | undefined> {
  // Nobody waits for it at the start of the server.
  const { createUnzip } = await import('node:zlib');
  const unzip = createUnzip();
  unzip.end(bytes);
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of unzip) {
      parts.push(part);
      length += part.length;
      if (length >= limit) break;
    }
  } catch (error) {
    // Of what is cut off the beginning is there.
    if (length === 0) throw error;
  }
  return Buffer.concat(parts).subarray(0, limit).toString('utf8');
}

/** Text of a `file:` URI, for a thread that has nothing else to do meanwhile: a tenth of its time goes into waiting otherwise. */
export async function readFileUriAtOnce(uri: string, limit = usualLimit): Promise<string | undefined> {
  try {
    return readRegularFileSync(fileURLToPath(uri), limit).toString('utf8');
  } catch {
    return undefined;
  }
}

/**
 * What lies in the folder at a `file:` URI, of very many entries the first; undefined when it cannot be listed. What
 * vanishes meanwhile is left out, and so is what no build can copy: pipes, sockets, devices and links that lead nowhere.
 */
export async function listFolderUri(
  uri: string,
  within?: Within,
): Promise<readonly FolderEntry[] | undefined> {
  try {
    const folder = await placeOf(uri, within);
    if (folder === undefined) return undefined;
    const entries = (await readdir(folder, { withFileTypes: true })).slice(0, mostEntries);
    return (await Promise.all(entries.map((entry) => describe(folder, entry, within)))).flat();
  } catch {
    return undefined;
  }
}

/** Whether a file lies at a `file:` URI and belongs to this user or to root, where files belong to somebody. */
export async function isOwnFile(uri: string, within?: Within): Promise<boolean> {
  try {
    const file = await placeOf(uri, within);
    if (file === undefined) return false;
    const own = process.getuid?.();
    const { uid } = await stat(file);
    return own === undefined || uid === own || uid === 0;
  } catch {
    return false;
  }
}

/** Whether something lies at a `file:` URI; a link is not followed. */
export async function existsUri(uri: string): Promise<boolean> {
  try {
    await lstat(fileURLToPath(uri));
    return true;
  } catch {
    return false;
  }
}

async function placeOf(uri: string, within: Within): Promise<string | undefined> {
  const file = fileURLToPath(uri);
  return within ? placeBelow(file, pathsOf(within)) : file;
}

const pathsOf = (uris: readonly string[]) => uris.map((uri) => fileURLToPath(uri));

async function describe(folder: string, entry: Dirent, within: Within): Promise<FolderEntry[]> {
  const { name } = entry;
  if (entry.isDirectory()) return [{ name, kind: 'folder', size: 0, changed: 0 }];
  try {
    const file = path.join(folder, name);
    const { size, mtimeMs } = await lstat(file);
    if (entry.isSymbolicLink()) {
      const target = within ? await placeBelow(file, pathsOf(within)) : file;
      const found = target === undefined ? undefined : await stat(target);
      if (!found?.isFile() && !found?.isDirectory()) return [];
    } else if (!entry.isFile()) return [];
    return [{ name, kind: 'file', size, changed: mtimeMs }];
  } catch {
    return [];
  }
}
