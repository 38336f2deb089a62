// The one folder for downloads and built tools. Two runs may share it at the same time.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, onExit } from './processes.ts';
import type { Log } from './progress.ts';

export const repository = path.resolve(import.meta.dirname, '../..');
export const cache = path.resolve(process.env.WHEELHOUSE_CACHE ?? path.join(repository, '.cache'));

export function logFile(name: string): string {
  return path.join(cache, 'log', `${name}.log`);
}

/**
 * Makes a folder of the cache once. A folder counts as made when its stamp holds the recipe's version, so that
 * a run that was stopped halfway, or a newer recipe, makes it again.
 */
export async function makeOnce(
  name: string,
  version: string,
  log: Log,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = path.join(cache, name);
  if (isMade(name, version)) return folder;
  await withLock(name, log, async () => {
    if (isMade(name, version)) return;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await make(folder);
    writeFileSync(stamp(folder), version);
  });
  return folder;
}

export function isMade(name: string, version: string): boolean {
  const file = stamp(path.join(cache, name));
  return existsSync(file) && readFileSync(file, 'utf8') === version;
}

/** Holds a lock that other processes on this cache respect; one left by a dead process is taken over. */
export async function withLock<T>(name: string, log: Log, work: () => Promise<T>): Promise<T> {
  mkdirSync(cache, { recursive: true });
  const file = path.join(cache, `${name.replaceAll('/', '-')}.lock`);
  for (let told = false; !tryLock(file); told = true) {
    if (!told) log(name, `waiting for another run that is making it (lock ${file})`);
    await sleep(250);
  }
  const release = onExit(() => rmSync(file, { force: true }));
  try {
    return await work();
  } finally {
    await release();
  }
}

function tryLock(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (holderIsDead(file)) rmSync(file, { force: true });
    return false;
  }
}

function holderIsDead(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    // Between creating the file and writing the number it is empty; give its owner a moment.
    if (!pid) return Date.now() - statSync(file).mtimeMs > 5_000;
    return !isAlive(pid);
  } catch {
    return false;
  }
}

function stamp(folder: string): string {
  return path.join(folder, '.made');
}
