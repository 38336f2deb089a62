import type { Dirent } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FolderEntry } from '../ports/ports.ts';

/** Text of a `file:` URI; undefined when it cannot be read. */
export async function readFileUri(uri: string): Promise<string | undefined> {
  try {
    return await readFile(fileURLToPath(uri), 'utf8');
  } catch {
    return undefined;
  }
}

/** What lies in the folder at a `file:` URI; undefined when it cannot be listed. What vanishes meanwhile is left out. */
export async function listFolderUri(uri: string): Promise<readonly FolderEntry[] | undefined> {
  try {
    const folder = fileURLToPath(uri);
    const entries = await readdir(folder, { withFileTypes: true });
    return (await Promise.all(entries.map((entry) => describe(folder, entry)))).flat();
  } catch {
    return undefined;
  }
}

async function describe(folder: string, entry: Dirent): Promise<FolderEntry[]> {
  const { name } = entry;
  if (entry.isDirectory()) return [{ name, kind: 'folder', size: 0, changed: 0 }];
  try {
    const { size, mtimeMs } = await lstat(path.join(folder, name));
    return [{ name, kind: 'file', size, changed: mtimeMs }];
  } catch {
    return [];
  }
}
