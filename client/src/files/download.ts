// Brings a file or folder out of a container. What was begun lies beside its place under another name, and takes it once all
// of it is there.
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FileTree, ReadEntry } from '../engine/file-tree.ts';
import { bytesOfName, shownName } from '../engine/path-bytes.ts';
import { partsOf } from '../engine/tar.ts';
import { failed } from '../runtime/failures.ts';
import { partOnDisk } from './failures.ts';
import { follow } from './follow.ts';
import { joinPath } from './model.ts';

export type Downloaded = {
  readonly files: number;
  readonly bytes: number;
  /** Devices, pipes and links that lead to nothing that could be brought along. */
  readonly leftOut: readonly string[];
};
type Progress = (bytes: number) => void;
type Link = { readonly parts: readonly string[]; readonly target: string };

const windows = process.platform === 'win32';

/** @param to where it shall be, with its name; what is there is replaced, but only by all of it */
export async function download(
  tree: FileTree,
  from: string,
  to: string,
  signal: AbortSignal,
  progress: Progress,
): Promise<Downloaded> {
  const begun = path.join(path.dirname(to), `.${path.basename(to)}.${randomBytes(4).toString('hex')}.part`);
  try {
    const made = await writeTree(tree, from, begun, signal, progress);
    signal.throwIfAborted();
    await putInPlace(begun, to);
    return made;
  } catch (error) {
    await fs.rm(begun, { recursive: true, force: true }).catch(() => {
      throw failed(partOnDisk(begun, signal.aborted));
    });
    throw error;
  }
}

/** What was there goes only when the new one has its name, or comes back. */
async function putInPlace(begun: string, to: string): Promise<void> {
  const old = await fs.lstat(to).catch(() => undefined);
  const isFolder = (await fs.lstat(begun)).isDirectory();
  if (!old || (!isFolder && !old.isDirectory())) return fs.rename(begun, to);
  const aside = `${begun}.old`;
  await fs.rename(to, aside);
  try {
    await fs.rename(begun, to);
  } catch (error) {
    await fs.rename(aside, to);
    throw error;
  }
  await fs.rm(aside, { recursive: true, force: true });
}

async function writeTree(
  tree: FileTree,
  from: string,
  root: string,
  signal: AbortSignal,
  progress: Progress,
): Promise<Downloaded> {
  let files = 0;
  let bytes = 0;
  const leftOut: string[] = [];
  const links: Link[] = [];
  const folders: { readonly at: Buffer; readonly entry: ReadEntry }[] = [];
  let first: readonly string[] | undefined;
  const writeFile = async (entry: ReadEntry, at: Buffer) => {
    const count = async function* () {
      for await (const portion of entry.content()) {
        bytes += portion.length;
        progress(bytes);
        yield portion;
      }
    };
    await pipeline(Readable.from(count()), createWriteStream(at, { flags: 'wx', mode: 0o600 }), { signal });
    await fs.chmod(at, (entry.mode & 0o777) | 0o600);
    await fs.utimes(at, entry.modified, entry.modified);
    files++;
  };
  for await (const entry of tree.read(from, signal)) {
    signal.throwIfAborted();
    first ??= partsOf(entry.name);
    const parts = partsBelow(first, entry.name);
    const at = localPath(root, parts);
    if (entry.kind === 'folder') {
      await fs.mkdir(at);
      folders.push({ at, entry });
    } else if (entry.kind === 'file') await writeFile(entry, at);
    else if (entry.kind === 'hardlink') {
      await fs.copyFile(localPath(root, partsBelow(first, entry.target)), at);
      files++;
    } else if (entry.kind === 'link') links.push({ parts, target: entry.target });
    else leftOut.push(shownName(parts.join('/')));
  }
  if (!first) throw new Error('No such file or directory');
  // Only now, so that nothing is ever written through one of them.
  for (const { parts, target } of links) {
    const at = localPath(root, parts);
    if (!windows && staysInside(parts, target)) await fs.symlink(bytesOfName(target), at);
    else if (!(await writeMeant(tree, joinPath(from, parts.join('/')), at, signal, writeFile)))
      leftOut.push(shownName(parts.join('/')));
  }
  for (const { at, entry } of folders.reverse()) {
    await fs.chmod(at, (entry.mode & 0o777) | 0o700);
    await fs.utimes(at, entry.modified, entry.modified);
  }
  return { files, bytes, leftOut };
}

/** The parts of a name below the first one of an archive. */
function partsBelow(first: readonly string[], name: string): readonly string[] {
  const all = partsOf(name);
  const parts = all.slice(first.length);
  const isOdd = parts.some((part) => part === '..' || part.includes('\0'));
  if (isOdd || first.some((part, index) => all[index] !== part))
    throw new Error('The archive leaves its folder.');
  return parts;
}

/** In place of a link that leads out of what is brought along, the file that it means. */
async function writeMeant(
  tree: FileTree,
  link: string,
  at: Buffer,
  signal: AbortSignal,
  writeFile: (entry: ReadEntry, at: Buffer) => Promise<void>,
): Promise<boolean> {
  const meant = await follow(tree, link);
  if (meant?.stat.kind !== 'file') return false;
  for await (const entry of tree.read(meant.path, signal)) {
    await writeFile(entry, at);
    return true;
  }
  return false;
}

function staysInside(parts: readonly string[], target: string): boolean {
  if (target.startsWith('/')) return false;
  let depth = parts.length - 1;
  return target.split('/').every((part) => {
    if (part === '..') depth--;
    else if (part && part !== '.') depth++;
    return depth >= 0;
  });
}

/** With the bytes that its name has; Windows takes fewer characters, and no bytes. */
function localPath(root: string, parts: readonly string[]): Buffer {
  if (windows) return Buffer.from(path.join(root, ...parts.map(windowsName)));
  return Buffer.concat([Buffer.from(root), ...parts.map((part) => bytesOfName(`/${part}`))]);
}

export function windowsName(name: string): string {
  const fit = shownName(name)
    .replace(/[<>:"/\\|?*]|\p{Cc}/gu, '_')
    .replace(/[. ]$/, '_');
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(fit) ? `_${fit}` : fit;
}

/** How a file or folder is called where it goes. */
export function localName(name: string): string {
  return windows ? windowsName(name) : shownName(name);
}
