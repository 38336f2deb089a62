import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { RunShellcheck } from '../ports/ports.ts';

export interface Shellcheck {
  readonly file: string;
  readonly version: string;
  readonly run: RunShellcheck;
}

export interface ShellcheckOptions {
  /** A program's path, or a name to look for on PATH; empty means `shellcheck`. */
  readonly program?: string;
  /**
   * So many scripts may go to one process, through files in a temporary folder; with 1 each one goes through standard
   * input. A start takes 6 ms, a script of a usual RUN 2 ms.
   */
  readonly batch?: number;
  /** Hears why ShellCheck gave no answer. */
  readonly onFailure?: (reason: string) => void;
}

interface Job {
  readonly script: string;
  readonly settle: (comments: readonly unknown[] | undefined) => void;
  settled: boolean;
  process?: ChildProcess;
}

/** The format `json1`, in which a tab is one column, and `--norc` came with this version. */
const oldest = [0, 7];
const flags = ['--norc', '--format=json1', '--severity=style'];
/** For one process, and for each of its scripts: milliseconds. */
const patience = { start: 10_000, script: 1_000 };

/** Finds a ShellCheck that can be used. */
export async function findShellcheck(options: ShellcheckOptions = {}): Promise<Shellcheck | undefined> {
  const file = await locate(options.program || 'shellcheck');
  if (!file) return undefined;
  const child = spawnQuietly(file, ['--version']);
  const version = /^version: (\S+)/m.exec(await outputOf(child, patience.start).catch(() => ''))?.[1];
  const [major = 0, minor = 0] = version?.split('.').map(Number) ?? [];
  if (!version || major < (oldest[0] as number) || (major === oldest[0] && minor < (oldest[1] as number))) {
    options.onFailure?.(
      version ? `${file} is version ${version}; 0.7 or newer is needed.` : `${file} is no ShellCheck.`,
    );
    return undefined;
  }
  return { file, version, run: createRunner(file, options) };
}

/** An absolute path only: a name without folder would be looked for in the working folder on Windows. */
async function locate(named: string): Promise<string | undefined> {
  const program = named.replace(/^~(?=[/\\])/, homedir());
  const names = process.platform === 'win32' ? [`${program}.exe`, program] : [program];
  const folders = /[\\/]/.test(program)
    ? ['']
    : (process.env.PATH ?? '').split(path.delimiter).filter(path.isAbsolute);
  for (const folder of folders) {
    for (const name of names) {
      const file = path.join(folder, name);
      if (!path.isAbsolute(file)) continue;
      const runs = await access(file, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (runs) return file;
    }
  }
  return undefined;
}

/** Runs as many processes at a time as there are processors; what is asked for meanwhile waits in a row. */
function createRunner(file: string, { batch = 1, onFailure }: ShellcheckOptions): RunShellcheck {
  const slots = availableParallelism();
  const row: Job[] = [];
  let busy = 0;

  const work = async (jobs: readonly Job[]): Promise<void> => {
    const wanted = jobs.filter(({ settled }) => !settled);
    if (wanted.length === 0) return;
    try {
      const answers = wanted.length === 1 ? await check(file, wanted) : await checkTogether(file, wanted);
      for (const [i, job] of wanted.entries()) job.settle(answers[i]);
    } catch (error) {
      // One script may be the undoing of the others beside it.
      if (wanted.length > 1) for (const job of wanted) await work([job]);
      else if (!wanted[0]?.settled) onFailure?.(`ShellCheck failed: ${messageOf(error)}`);
      for (const job of wanted) job.settle(undefined);
    }
  };
  const next = () => {
    const free = slots - busy;
    if (free === 0 || row.length === 0) return;
    busy++;
    // A short row is shared out, so that no processor is idle.
    void work(row.splice(0, Math.min(batch, Math.ceil(row.length / free)))).finally(() => {
      busy--;
      next();
    });
    next();
  };

  return (script, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) {
        resolve(undefined);
        return;
      }
      const job: Job = {
        script,
        settled: false,
        settle(comments) {
          job.settled = true;
          signal?.removeEventListener('abort', stop);
          resolve(comments);
        },
      };
      const stop = () => {
        const at = row.indexOf(job);
        if (at >= 0) row.splice(at, 1);
        job.settle(undefined);
        job.process?.kill('SIGKILL');
      };
      signal?.addEventListener('abort', stop, { once: true });
      row.push(job);
      // Later in this turn more may come, which can go together.
      setImmediate(next);
    });
}

/** One script through standard input. */
async function check(file: string, [job]: readonly Job[]): Promise<(readonly unknown[])[]> {
  if (!job) return [];
  const child = spawnQuietly(file, [...flags, '-']);
  job.process = child;
  // A process that ends without reading its input breaks the pipe; its exit code tells the story.
  child.stdin?.on('error', () => {});
  child.stdin?.end(job.script);
  return [commentsIn(await outputOf(child, patience.start + patience.script))];
}

/** Several scripts through files that only this user can read, gone afterwards. */
async function checkTogether(file: string, jobs: readonly Job[]): Promise<(readonly unknown[])[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wheelhouse-'));
  try {
    await Promise.all(jobs.map(({ script }, i) => writeFile(path.join(folder, `${i}`), script)));
    const child = spawnQuietly(file, [...flags, ...jobs.map((_, i) => String(i))], folder);
    child.stdin?.end();
    const answers: unknown[][] = jobs.map(() => []);
    for (const comment of commentsIn(await outputOf(child, patience.start + patience.script * jobs.length))) {
      answers[Number((comment as { file?: unknown }).file)]?.push(comment);
    }
    return answers;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function commentsIn(output: string): readonly unknown[] {
  const { comments } = JSON.parse(output) as { comments?: unknown };
  if (!Array.isArray(comments)) throw new Error('its answer was not understood.');
  return comments;
}

function spawnQuietly(file: string, args: readonly string[], cwd = path.parse(file).root): ChildProcess {
  // What a user set for the terminal must not change the format or what is found.
  const { SHELLCHECK_OPTS: _, ...env } = process.env;
  return spawn(file, args, { cwd, env, shell: false, windowsHide: true, stdio: 'pipe' });
}

/** The output of a process that ends in time with code 0 or 1, which means findings. */
async function outputOf(child: ChildProcess, limit: number): Promise<string> {
  const timer = setTimeout(() => child.kill('SIGKILL'), limit);
  try {
    const ended = new Promise<number | string>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => resolve(code ?? `it was ended by ${signal}`));
    });
    const { stdout, stderr } = child;
    if (!stdout || !stderr) throw new Error('it has no output.');
    const [code, output, errors] = await Promise.all([ended, text(stdout), text(stderr)]);
    if (code !== 0 && code !== 1) {
      throw new Error(typeof code === 'string' ? `${code}.` : `${errors.trim()} (exit code ${code})`);
    }
    return output;
  } finally {
    clearTimeout(timer);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
