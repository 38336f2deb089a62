// The only place of the client that starts a process: always an argument array, never a shell.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Duplex } from 'node:stream';
import { collectAll, collectTail } from './collected.ts';
import { findProgram, systemProgram } from './locate.ts';

/** By its name or path; with flags, which stand before the arguments of each command: an engine is chosen by them. */
export type Program = string | { readonly path: string; readonly flags: readonly string[] };

export type Command<T = void> = {
  readonly file: Program;
  readonly args: readonly string[];
  readonly parse?: (stdout: string, stderr: string) => T | Promise<T>;
};

/** How a process ended. Output on stderr says nothing about success: only the exit code does. */
export type Exit = { readonly file: string; readonly stdout: string; readonly stderr: string } & (
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'timed-out' }
  /** It was ended because it wrote more than a result may hold. */
  | { readonly kind: 'too-large' }
  | { readonly kind: 'not-found' }
);

export type OutputStream = 'stdout' | 'stderr';

export type ExecOptions = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Written to the process and closed; the one way for a secret to reach it. */
  readonly stdin?: string;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  /** Keeps this many letters from the end of the output, and lets it be as long as it is. */
  readonly tail?: number;
  /** Sees the output as it comes, in portions with a turn for others between them. With it only the tail is kept. */
  readonly onOutput?: (text: string, stream: OutputStream) => void;
};

export type Exec = (command: Command<unknown>, options?: ExecOptions) => Promise<Exit>;

type Stop = 'cancelled' | 'timed-out' | 'too-large';
type End = { kind: 'exited'; code: number } | { kind: Stop | 'not-found' };

const keptWhenStreaming = 1_000_000;
/** What `inspect` says of thousands of containers has room in it. */
export const largestResult = 64_000_000;
const graceMs = 3_000;
const keptWords = 2_000;

/** The path and all arguments of the process that a command is. */
export function argv({ file, args }: Pick<Command<unknown>, 'file' | 'args'>) {
  return typeof file === 'string'
    ? { path: file, args }
    : { path: file.path, args: [...file.flags, ...args] };
}

export const exec: Exec = (command, options = {}) =>
  new Promise((resolve) => {
    const tail = options.tail ?? (options.onOutput ? keptWhenStreaming : undefined);
    const collect = () => (tail === undefined ? collectAll(largestResult) : collectTail(tail));
    const output = { stdout: collect(), stderr: collect() };
    const { path, args } = argv(command);
    const windows = process.platform === 'win32';
    let complaint = '';
    let stopped: Stop | undefined;
    let killer: NodeJS.Timeout | undefined;
    let timer: NodeJS.Timeout | undefined;
    let settled = false;

    const settle = (end: End) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      clearTimeout(killer);
      options.signal?.removeEventListener('abort', onAbort);
      const stdout = output.stdout.text();
      resolve({ file: path, stdout, stderr: output.stderr.text() + complaint, ...end } as Exit);
    };
    const stop = (why: Stop) => {
      if (stopped || settled) return;
      stopped = why;
      killTree(child, 'SIGTERM');
      killer = setTimeout(() => killTree(child, 'SIGKILL'), graceMs);
    };
    const onAbort = () => stop('cancelled');

    if (options.signal?.aborted) return settle({ kind: 'cancelled' });
    const file = findProgram(path);
    if (!file) return settle({ kind: 'not-found' });
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      shell: false,
      // A group of its own on POSIX, so that cancelling ends the children of the process as well.
      detached: !windows,
      windowsHide: true,
      stdio: [options.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    timer = options.timeoutMs ? setTimeout(() => stop('timed-out'), options.timeoutMs) : undefined;
    options.signal?.addEventListener('abort', onAbort);

    for (const stream of ['stdout', 'stderr'] as const) {
      const pipe = child[stream];
      pipe?.setEncoding('utf8').on('data', (text: string) => {
        if (!output[stream].add(text)) stop('too-large');
        options.onOutput?.(text, stream);
        // libuv hands on up to 32 portions of 64 kB in one turn (uv__read), in which nothing else could run.
        pipe.pause();
        setImmediate(() => pipe.resume());
      });
    }
    // A process that ends without reading its input breaks the pipe; its exit code tells the story.
    child.stdin?.on('error', () => {});
    child.stdin?.end(options.stdin);

    child.on('error', (error: NodeJS.ErrnoException) => {
      if (child.pid !== undefined) return;
      // Node says ENOENT for a missing working directory too.
      const folderMissing = options.cwd !== undefined && !existsSync(options.cwd);
      if (error.code === 'ENOENT' && !folderMissing) return settle({ kind: 'not-found' });
      complaint = folderMissing ? `No such folder: ${options.cwd}` : error.message;
      settle({ kind: 'exited', code: 126 });
    });
    // After a stop, a grandchild that left the group may hold the pipes open: do not wait for it.
    child.on('exit', () => {
      if (stopped) setTimeout(() => settle({ kind: stopped ?? 'cancelled' }), 500);
    });
    child.on('close', (code, signal) => {
      settle(stopped ? { kind: stopped } : { kind: 'exited', code: code ?? 128 + (signal ? 9 : 0) });
    });
  });

/**
 * A connection through a process that passes on what it reads and writes; the process ends with it. Node's HTTP client
 * takes it for a socket, so it has the switches of one, which do nothing here.
 */
export class ProcessSocket extends Duplex {
  readonly #child: ChildProcess;
  readonly #patienceMs: number;
  #said = '';

  /** A process with what it would leave undone may take so long to end when the connection does; what it writes is passed over. */
  constructor(command: Command<unknown>, patienceMs = 0) {
    super();
    this.#patienceMs = patienceMs;
    const { path, args } = argv(command);
    const program = findProgram(path);
    if (!program) throw new Error(`${path} was not found.`);
    const detached = process.platform !== 'win32';
    this.#child = spawn(program, args, { shell: false, detached, windowsHide: true, stdio: 'pipe' });
    const { stdin, stdout, stderr } = this.#child;
    stdout?.on('data', (portion: Buffer) => {
      if (!this.push(portion)) stdout.pause();
    });
    stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-keptWords);
    });
    this.#child.on('error', (error) => this.destroy(error));
    // As above: `tar` reads no further than the end of its archive, and what was to come after it is nobody's.
    stdin?.on('error', () => {});
    this.#child.on('close', (code) =>
      code ? this.destroy(new Error(this.#said.trim() || `${path} ended with ${code}.`)) : this.push(null),
    );
  }

  override _read(): void {
    this.#child.stdout?.resume();
  }

  override _write(portion: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#child.stdin?.write(portion, () => done());
  }

  override _final(done: () => void): void {
    this.#child.stdin?.end(() => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    const child = this.#child;
    const stop = () => {
      if (child.exitCode === null && child.signalCode === null) killTree(child, 'SIGTERM');
      // One that waits until somebody takes what it writes would wait for ever.
      child.stdout?.destroy();
    };
    if (this.#patienceMs === 0) stop();
    else {
      child.stdout?.removeAllListeners('data').resume();
      const timer = setTimeout(stop, this.#patienceMs);
      child.on('close', () => clearTimeout(timer));
    }
    done(error);
  }

  setTimeout(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    this.#child.ref();
    return this;
  }
  unref(): this {
    this.#child.unref();
    return this;
  }
}

/** Ends each process with `end` at the latest, as nobody would read what it says. */
export function untilEnd(run: Exec, end: AbortSignal): Exec {
  return (command, options = {}) =>
    run(command, { ...options, signal: options.signal ? AbortSignal.any([options.signal, end]) : end });
}

function killTree(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    const args = ['/pid', String(child.pid), '/T', '/F'];
    const killer = spawn(systemProgram('taskkill.exe'), args, { windowsHide: true, stdio: 'ignore' });
    killer.on('error', () => child.kill());
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}
