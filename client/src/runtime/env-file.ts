// Variables of a container may be secrets, and every user of the machine can read a command line. So they go
// into a file that only this user may read, for as long as the engine's CLI needs it.
import { lstat, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { failed } from './failures.ts';
import { isAlive } from './is-alive.ts';

type Variables = Readonly<Record<string, string>>;

const prefix = 'wheelhouse-env-';
/** Where it is not known when a process started, its folder is one of the past after this time. */
const longestUseMs = 24 * 60 * 60 * 1000;

/** Calls `use` with the path of an env file of the variables, or with nothing where there are none. */
export async function withEnvFile<T>(
  variables: Variables | undefined,
  use: (file: string | undefined) => Promise<T>,
): Promise<T> {
  await removeLeftFolders();
  const pairs = Object.entries(variables ?? {});
  if (pairs.length === 0) return use(undefined);
  const broken = pairs.find(([name, value]) => /[\r\n]/.test(name + value));
  if (broken) {
    throw failed({
      id: 'env-newline',
      message: l10n.t('The value of {0} has more than one line, which an env file cannot hold.', broken[0]),
      remedy: l10n.t('Mount a file with the value instead.'),
    });
  }
  // Whose it is stands in its name, so that it can be told when nobody is left to remove it.
  const owner = `${process.pid}-${(await startOf(process.pid)) ?? 0}-`;
  const folder = await mkdtemp(path.join(tmpdir(), prefix + owner));
  try {
    const file = path.join(folder, 'env');
    await writeFile(file, pairs.map(([name, value]) => `${name}=${value}\n`).join(''), { mode: 0o600 });
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes the folders of this user whose process was killed before it could. Those of other windows stay. */
export async function removeLeftFolders(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(prefix)) continue;
    const folder = path.join(tmpdir(), name);
    // Another user's, or one that cannot be removed, is no reason to run nothing.
    if (await isLeft(folder, name).catch(() => false)) {
      await rm(folder, { recursive: true, force: true }).catch(() => {});
    }
  }
}

async function isLeft(folder: string, name: string): Promise<boolean> {
  const { uid, mtimeMs, isDirectory } = await lstat(folder).then((found) => ({
    uid: found.uid,
    mtimeMs: found.mtimeMs,
    isDirectory: found.isDirectory(),
  }));
  if (!isDirectory || (process.platform !== 'win32' && uid !== userInfo().uid)) return false;
  const isOld = Date.now() - mtimeMs > longestUseMs;
  const [, pid, start] = /^(\d{1,10})-(\d{1,20})-\w+$/.exec(name.slice(prefix.length)) ?? [];
  // Earlier versions named no process.
  if (!pid) return isOld;
  if (!isAlive(Number(pid))) return true;
  const running = await startOf(Number(pid));
  return start === '0' || running === undefined ? isOld : running !== start;
}

/** When a process started, in ticks since the machine did: numbers of processes are used again (proc_pid_stat(5)). */
async function startOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => undefined);
  // The name of the program, in parentheses, may hold anything.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}
