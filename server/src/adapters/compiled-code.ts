import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';
import { Script } from 'node:vm';
import { threadId } from 'node:worker_threads';
import { crc32 } from 'node:zlib';
import { setEngineFlags } from './engine-flags.ts';

interface Loaded {
  readonly script: Script;
  readonly source: Buffer;
  /** Where its compiled code is kept. */
  readonly kept: string;
}

/** Programs of this thread whose compiled code was not found. */
const unkept: Loaded[] = [];
/** Checksums of the source and of the compiled code, which V8 does not check. */
const headerSize = 8;

/**
 * Loads a CommonJS program as `require` does, with what V8 compiled of it when it last ran, which saves a third of a start.
 * Node's own cache keeps what is compiled when a program is loaded; most functions are compiled when they are first called.
 * The code is kept in a folder of this user's alone, as it is believed. Without a place for it, or before Node 20.15, each
 * start compiles.
 * @param file absolute path
 * @returns what it exports
 */
export function loadProgram(file: string): unknown {
  const kept = keptFile(path.basename(file));
  if (kept === undefined) return createRequire(file)(file);
  // V8 takes back only what it compiled under the same flags.
  setEngineFlags();
  const source = readFileSync(file);
  const cachedData = readKept(kept, source);
  const script = new Script(module.wrap(source.toString()), {
    filename: file,
    ...(cachedData && { cachedData }),
  });
  if (script.cachedDataRejected !== false) unkept.push({ script, source, kept });
  const program = { exports: {} };
  script.runInThisContext()(program.exports, createRequire(file), program, file, path.dirname(file));
  return program.exports;
}

/** Keeps what was compiled of the programs by now, where it is not kept yet. It does not throw. */
export function keepCompiledCode(): void {
  for (const { script, source, kept } of unkept.splice(0)) {
    const code = script.createCachedData();
    const own = `${kept}.${process.pid}.${threadId}`;
    try {
      mkdirSync(path.dirname(kept), { recursive: true, mode: 0o700 });
      if (!isOwn(path.dirname(kept))) continue;
      try {
        writeFileSync(own, Buffer.concat([headerOf(source, code), code]), { flag: 'wx', mode: 0o600 });
        renameSync(own, kept);
      } finally {
        rmSync(own, { force: true });
      }
    } catch {
      // A full disk or a folder that may not be written: the next start compiles again.
    }
  }
}

function keptFile(program: string): string | undefined {
  const { NODE_DISABLE_COMPILE_CACHE, LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  if (NODE_DISABLE_COMPILE_CACHE !== undefined || crc32 === undefined) return undefined;
  const caches =
    process.platform === 'win32'
      ? LOCALAPPDATA
      : process.platform === 'darwin'
        ? path.join(homedir(), 'Library/Caches')
        : XDG_CACHE_HOME || path.join(homedir(), '.cache');
  // A folder by a relative name would lie in whichever project is checked.
  if (!caches || !path.isAbsolute(caches)) return undefined;
  return path.join(caches, 'wheelhouse/compiled', `${program}-${process.version}-${process.arch}`);
}

function readKept(kept: string, source: Buffer): Buffer | undefined {
  try {
    if (!isOwn(path.dirname(kept))) return undefined;
    const bytes = readFileSync(kept);
    const code = bytes.subarray(headerSize);
    return bytes.subarray(0, headerSize).equals(headerOf(source, code)) ? code : undefined;
  } catch {
    return undefined;
  }
}

function headerOf(source: Buffer, code: Buffer): Buffer {
  const header = Buffer.alloc(headerSize);
  header.writeUInt32LE(crc32(source), 0);
  header.writeUInt32LE(crc32(code), 4);
  return header;
}

/** No other user may write there. Windows keeps the folders of users apart by itself. */
function isOwn(folder: string): boolean {
  const { uid, mode } = statSync(folder);
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}
