import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { changed, demandUnchanged, holds, type Known, NotWritten, openUnchanged } from './saved-meanwhile.ts';

export interface Replacement {
  /** The folder that was named, or that of the file that was: no link may lead out of it. */
  readonly home: string;
  /** What was read, and is still there unless somebody saved meanwhile. */
  readonly before: Buffer;
  readonly after: Buffer;
}

/**
 * Replaces a file's content where that is still what was read. A reader sees the old text or the new one, and a crash leaves one
 * of them: the new text is written beside the file, and takes its place at once. Mode and owner stay. Extended attributes, ACLs
 * and SELinux labels become those of a new file, as Node can neither read nor write them.
 *
 * A file of several names, or of an owner that this user cannot give it to, is written where it stands, which keeps all of these;
 * what it held lies beside it until that is done.
 *
 * A save meanwhile is told by the bytes, just before. One that writes into the file in the instant between that look and the
 * replacement is found right after it, and gets its place back; one that puts another file there in that instant is lost, as Node
 * cannot replace on a condition.
 */
export function replaceFile(file: string, { home, before, after }: Replacement): void {
  const target = withinHome(file, home);
  const stats = lstatSync(target, { bigint: true });
  if (!stats.isFile()) throw new NotWritten(`${file} was not fixed, as it is no regular file.`);
  // Root may write everything, and is asked not to.
  if ((stats.mode & 0o200n) === 0n)
    throw new NotWritten(`${file} was not fixed, as it is read-only. Allow writing to it, and run it again.`);
  accessSync(target, constants.W_OK);
  const known = { file, target, stats, bytes: before };
  demandUnchanged(known);
  if (stats.nlink > 1n || !replaceWhole(known, after)) writeInPlace(known, after);
}

/** The file behind all links, which must lie in the folder that was named. */
function withinHome(file: string, home: string): string {
  const target = realpathSync(file);
  const realHome = realpathSync(home);
  const here = process.cwd();
  // A folder that lies here by its name must do so by its links, too.
  const strays = isIn(path.resolve(home), here) && !isIn(realHome, realpathSync(here));
  if (!strays && isIn(target, realHome)) return target;
  throw new NotWritten(
    `${file} was not fixed, as a link leads out of the folder that was named, to ${target}. Name that file instead.`,
  );
}

function isIn(inner: string, outer: string): boolean {
  const way = path.relative(outer, inner);
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}

/** Gives false, and has done nothing, where the new file would have another owner. */
function replaceWhole(known: Known, after: Buffer): boolean {
  const fresh = beside(known.target);
  const old = beside(known.target);
  try {
    const descriptor = openSync(fresh, 'wx', 0o600);
    try {
      writeAll(descriptor, after);
      if (!giveOwner(descriptor, known)) return false;
      // Behind the owner, as a change of that takes setuid away.
      fchmodSync(descriptor, modeOf(known));
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    const hasOld = linkIfPossible(known.target, old);
    demandUnchanged(known);
    renameSync(fresh, known.target);
    if (hasOld) restoreIfSaved(known, old);
    return true;
  } finally {
    rmSync(fresh, { force: true });
    rmSync(old, { force: true });
  }
}

/** A second name for the old file: a save into it, in the instant before it was replaced, is seen there. */
function linkIfPossible(target: string, old: string): boolean {
  try {
    linkSync(target, old);
    return true;
  } catch {
    // Not every file system has links.
    return false;
  }
}

function restoreIfSaved(known: Known, old: string): void {
  const descriptor = openSync(old, 'r');
  try {
    if (holds(descriptor, known.bytes)) return;
  } finally {
    closeSync(descriptor);
  }
  renameSync(old, known.target);
  throw changed(known);
}

/** Only root may give a file away. */
function giveOwner(descriptor: number, { stats }: Known): boolean {
  const { uid, gid } = fstatSync(descriptor, { bigint: true });
  if (uid === stats.uid && gid === stats.gid) return true;
  try {
    fchownSync(descriptor, Number(stats.uid), Number(stats.gid));
    return true;
  } catch {
    return false;
  }
}

function writeInPlace(known: Known, after: Buffer): void {
  const old = beside(known.target);
  let isWhole = true;
  try {
    writeNew(old, known.bytes);
    const descriptor = openUnchanged(known, constants.O_RDWR);
    try {
      isWhole = false;
      try {
        overwrite(descriptor, after);
      } catch (error) {
        overwrite(descriptor, known.bytes);
        isWhole = true;
        throw error;
      }
      isWhole = true;
      keepMode(descriptor, known);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (isWhole) throw error;
    throw new NotWritten(`${known.file} was written in part only. What it held is in ${old}; copy it back.`);
  } finally {
    if (isWhole) rmSync(old, { force: true });
  }
}

/** Writing takes setuid and setgid away; who does not own the file cannot give them back. */
function keepMode(descriptor: number, known: Known): void {
  const { mode } = fstatSync(descriptor);
  if ((mode & 0o7777) === modeOf(known)) return;
  try {
    fchmodSync(descriptor, modeOf(known));
  } catch {
    // Then it runs with fewer rights than before.
  }
}

const modeOf = ({ stats }: Known) => Number(stats.mode & 0o7777n);

/** A name beside a file that nobody can have taken beforehand. */
function beside(target: string): string {
  const name = path.basename(target).slice(0, 50);
  const random = Buffer.from(crypto.getRandomValues(new Uint8Array(6))).toString('hex');
  return path.join(path.dirname(target), `.${name}.${random}.wheelhouse`);
}

function writeNew(file: string, bytes: Buffer): void {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    writeAll(descriptor, bytes);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function overwrite(descriptor: number, bytes: Buffer): void {
  writeAll(descriptor, bytes);
  ftruncateSync(descriptor, bytes.length);
  fsyncSync(descriptor);
}

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at, bytes.length - at, at);
}
