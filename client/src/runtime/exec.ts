// The only place of the client that starts a process: always an argument array, never a shell.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

export type Command<T = void> = {
  readonly file: string;
  readonly args: readonly string[];
  readonly parse?: (stdout: string, stderr: string) => T | Promise<T>;
};

/** How a process ended. Output on stderr says nothing about success: only the exit code does. */
export type Exit = { readonly file: string; readonly stdout: string; readonly stderr: string } & (
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'timed-out' }
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
  /** Sees the output as it comes. With it only the last part is kept for the result. */
  readonly onOutput?: (text: string, stream: OutputStream) => void;
};

export type Exec = (command: Command<unknown>, options?: ExecOptions) => Promise<Exit>;

type End = { kind: 'exited'; code: number } | { kind: 'cancelled' | 'timed-out' | 'not-found' };

const keptWhenStreaming = 1_000_000;
const graceMs = 3_000;

export const exec: Exec = (command, options = {}) =>
  new Promise((resolve) => {
    const output = { stdout: '', stderr: '' };
    const windows = process.platform === 'win32';
    let stopped: 'cancelled' | 'timed-out' | undefined;
    let killer: NodeJS.Timeout | undefined;
    let settled = false;

    const settle = (end: End) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      clearTimeout(killer);
      options.signal?.removeEventListener('abort', onAbort);
      resolve({ file: command.file, ...output, ...end } as Exit);
    };
    const stop = (why: 'cancelled' | 'timed-out') => {
      if (stopped || settled) return;
      stopped = why;
      killTree(child, 'SIGTERM');
      killer = setTimeout(() => killTree(child, 'SIGKILL'), graceMs);
    };
    const onAbort = () => stop('cancelled');

    if (options.signal?.aborted) {
      resolve({ file: command.file, ...output, kind: 'cancelled' });
      return;
    }
    const child = spawn(command.file, command.args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      shell: false,
      // A group of its own on POSIX, so that cancelling ends the children of the process as well.
      detached: !windows,
      windowsHide: true,
      stdio: [options.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    const timer = options.timeoutMs ? setTimeout(() => stop('timed-out'), options.timeoutMs) : undefined;
    options.signal?.addEventListener('abort', onAbort);

    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream]?.setEncoding('utf8').on('data', (text: string) => {
        output[stream] += text;
        if (options.onOutput) {
          output[stream] = output[stream].slice(-keptWhenStreaming);
          options.onOutput(text, stream);
        }
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
      output.stderr += folderMissing ? `No such folder: ${options.cwd}` : error.message;
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

function killTree(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { windowsHide: true, stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}
