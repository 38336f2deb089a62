// Everything the tests start goes through here, so that it ends with them: on success, on failure, on a signal.
import { type ChildProcess, spawn } from 'node:child_process';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export type RunOptions = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
  /** The whole output also goes to this file, for the steps that take minutes. */
  readonly logFile?: string;
  readonly timeout?: number;
  /** Show the output as it comes. */
  readonly inherit?: boolean;
};

export type RunResult = {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
};

type CleanUp = () => void | Promise<void>;
const cleanUps: CleanUp[] = [];
const programs = new Set<ChildProcess>();
const services = new Set<ChildProcess>();
let stopping: Promise<void> | undefined;
const setpriv = '/usr/bin/setpriv';

/** Registers what must be undone; the newest is undone first. Returns a function that undoes it now. */
export function onExit(cleanUp: CleanUp): () => Promise<void> {
  let done = false;
  const once = async () => {
    if (done) return;
    done = true;
    cleanUps.splice(cleanUps.indexOf(once), 1);
    await cleanUp();
  };
  cleanUps.push(once);
  return once;
}

/** Ends all that was started, once. */
export function stopEverything(): Promise<void> {
  stopping ??= (async () => {
    // Services end in their own way, through their clean-up.
    for (const child of programs) killGroup(child, 'SIGTERM');
    for (const cleanUp of [...cleanUps].reverse()) {
      try {
        await cleanUp();
      } catch (error) {
        process.stderr.write(`Cleaning up failed: ${error}. Look for left-over processes or folders.\n`);
      }
    }
    killAll();
  })();
  return stopping;
}

/** Call once in a program's main module: what was started ends when it is interrupted or breaks. */
export function stopOnSignals(): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.on(signal, () => {
      void stopEverything().finally(() => process.exit(code));
    });
  }
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${error.stack ?? error}\n`);
    void stopEverything().finally(() => process.exit(1));
  });
  process.on('exit', killAll);
}

/** A temporary folder that is gone at exit. */
export function temporaryFolder(name: string): string {
  // The shortest root: sockets below it must stay under the 108 bytes a Unix address may have.
  const folder = mkdtempSync(path.join(tmpdir(), `wheelhouse-${name}-${process.pid}-`));
  onExit(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
  return folder;
}

/** Folders of runs that were killed before they could clean up. */
export async function sweepTemporaryFolders(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^wheelhouse-[a-z]+-(\d+)-\w+$/.exec(name)?.[1];
    if (!pid || isAlive(Number(pid))) continue;
    const folder = path.join(tmpdir(), name);
    // An engine that was killed leaves the network namespaces of its containers mounted.
    await unmountBelow(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is mounted there can neither be removed nor is it to be. */
export async function unmountBelow(folder: string): Promise<void> {
  const { stdout } = await run('findmnt', ['--noheadings', '--raw', '--output', 'TARGET']);
  // Mounts are listed by where they are, and the cache may be a link.
  const real = existsSync(folder) ? realpathSync(folder) : folder;
  for (const target of stdout.split('\n').reverse()) {
    if (target.startsWith(`${real}/`)) await run('umount', ['--lazy', target]);
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Runs a program to its end; never throws for an exit code, and reports a program that is not there as 127. */
export function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      detached: true,
    });
    programs.add(child);
    const sink = options.logFile ? openLog(options.logFile) : undefined;
    const timer = options.timeout
      ? setTimeout(() => killGroup(child, 'SIGKILL'), options.timeout)
      : undefined;
    let stdout = '';
    let stderr = '';
    // A character may lie across two chunks.
    child.stdout?.setEncoding('utf8');
    child.stdout?.on('data', (chunk: string) => {
      stdout += chunk;
      sink?.write(chunk);
      if (options.inherit) process.stdout.write(chunk);
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      stderr += chunk;
      sink?.write(chunk);
      if (options.inherit) process.stderr.write(chunk);
    });
    if (options.input !== undefined) {
      // A program that ends without reading its input breaks the pipe; its exit code says the rest.
      child.stdin?.on('error', () => {});
      child.stdin?.end(options.input);
    }
    const end = (code: number) => {
      clearTimeout(timer);
      programs.delete(child);
      sink?.end();
      resolve({ code, stdout, stderr });
    };
    child.once('error', (error) => {
      stderr += String(error);
      end(127);
    });
    child.once('close', (code) => end(code ?? 1));
  });
}

/** Like run, but throws with the end of the output when the program fails. */
export async function runOrThrow(
  file: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const result = await run(file, args, options);
  if (result.code === 0) return result;
  const where = options.logFile ? ` The whole output is in ${options.logFile}.` : '';
  const tail = `${result.stdout}\n${result.stderr}`.trim().split('\n').slice(-15).join('\n');
  throw new Error(`\`${[file, ...args].join(' ')}\` ended with code ${result.code}.${where}\n${tail}`);
}

export type Service = {
  readonly pid: number;
  readonly logFile: string;
  running(): boolean;
  /** The last lines it wrote. */
  tail(): string;
  stop(graceMilliseconds?: number): Promise<void>;
};

/** Starts a program that stays, in its own process group, its output in a file. */
export function startService(
  file: string,
  args: readonly string[],
  logFile: string,
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Service {
  const sink = openLog(logFile);
  // Where the system can, it ends the service when we are killed and cannot.
  const wrapper = existsSync(setpriv) ? [setpriv, '--pdeathsig', 'TERM'] : [];
  const [program = file, ...rest] = [...wrapper, file, ...args];
  const child = spawn(program, rest, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  services.add(child);
  let ended = false;
  const end = () => {
    ended = true;
    services.delete(child);
  };
  child.once('error', (error) => {
    sink.write(String(error));
    end();
  });
  child.once('exit', end);
  child.stdout?.pipe(sink, { end: false });
  child.stderr?.pipe(sink, { end: false });
  const stop = async (grace = 10_000) => {
    if (!ended) {
      killGroup(child, 'SIGTERM');
      const deadline = Date.now() + grace;
      while (!ended && Date.now() < deadline) await sleep(25);
    }
    // Also after a clean end: grandservices that were left behind share the group.
    killGroup(child, 'SIGKILL');
  };
  const stopOnce = onExit(() => stop());
  return {
    pid: child.pid ?? -1,
    logFile,
    running: () => !ended,
    tail: () => readTail(logFile),
    stop: async (grace) => {
      await stop(grace);
      await stopOnce();
    },
  };
}

/** Asks until the answer is yes, the time is over, or the service has ended. */
export async function waitUntil(
  question: () => Promise<boolean>,
  limits: { readonly timeout: number; readonly every?: number; readonly while?: () => boolean },
): Promise<boolean> {
  const deadline = Date.now() + limits.timeout;
  while (Date.now() < deadline) {
    if (await question().catch(() => false)) return true;
    if (limits.while && !limits.while()) return false;
    await sleep(limits.every ?? 100);
  }
  return false;
}

function openLog(file: string) {
  mkdirSync(path.dirname(file), { recursive: true });
  return createWriteStream(file, { flags: 'w' });
}

function readTail(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim().split('\n').slice(-15).join('\n');
  } catch {
    return '';
  }
}

function killAll(): void {
  for (const child of [...programs, ...services]) killGroup(child, 'SIGKILL');
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has ended already.
  }
}
