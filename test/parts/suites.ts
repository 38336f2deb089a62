import { readFileSync } from 'node:fs';
import path from 'node:path';
import { run as runTests } from 'node:test';
import { inspect } from 'node:util';
import { repository } from './cache.ts';
import { addUp, type Failure, failure, type Outcome } from './outcome.ts';
import { onExit } from './processes.ts';
import type { Log } from './progress.ts';

const keepCompiled = new URL('keep-compiled.ts', import.meta.url).href;

/** Runs test files, each in a process of its own, and counts single tests. */
export async function runFiles(
  name: string,
  files: readonly string[],
  concurrency: number,
  log: Log,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Outcome> {
  const abort = new AbortController();
  const done = onExit(() => abort.abort());
  const failures: Failure[] = [];
  const skipped: string[] = [];
  const output = new Map<string, string>();
  const seconds = new Map<string, number>();
  let passed = 0;
  const stream = runTests({
    files: [...files],
    concurrency,
    cwd: repository,
    env,
    execArgv: ['--import', keepCompiled],
    timeout: 15 * 60_000,
    signal: abort.signal,
  });
  stream.on('test:pass', (test) => {
    if (test.details.type === 'suite') return;
    const reason = test.skip ?? test.todo;
    if (isFile(test.name)) {
      failures.push({
        title: relative(test.name),
        message: 'The file holds no test. Add one, or delete it.',
      });
    } else if (reason !== undefined && reason !== false) {
      skipped.push(`${relative(test.file)}: ${test.name}${typeof reason === 'string' ? ` (${reason})` : ''}`);
    } else passed++;
  });
  stream.on('test:fail', (test) => {
    if (test.todo !== undefined && test.todo !== false) {
      skipped.push(`${relative(test.file)}: ${test.name} (to do)`);
      return;
    }
    const error = test.details.error as Error & { failureType?: string; cause?: unknown };
    // What holds a failed test has not failed once more.
    if (error.failureType === 'subtestsFailed') return;
    const place = isFile(test.name)
      ? relative(test.name)
      : `${relative(test.file)}:${test.line} ${test.name}`;
    const cause = error.cause ?? error;
    // What came from another process may be an object that nothing makes a text of.
    const message = cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause);
    const said = isFile(test.name) ? (output.get(test.name) ?? '') : '';
    failures.push({ title: place, message: `${message}\n${said}`.trim() });
    log(name, `FAILED ${place}`);
  });
  const keep = ({ file, message }: { file: string; message: string }) => {
    // Enough to see why a file crashed.
    output.set(file, `${output.get(file) ?? ''}${message}`.slice(-4_000));
  };
  stream.on('test:complete', ({ file, nesting, details }) => {
    if (file === undefined || nesting > 0) return;
    seconds.set(file, (seconds.get(file) ?? 0) + details.duration_ms / 1_000);
  });
  stream.on('test:stderr', keep);
  stream.on('test:stdout', keep);
  // The stream ends only when it is read.
  for await (const _ of stream);
  await done();
  const slowest = [...seconds].map(([file, time]) => `${time.toFixed(0)} s ${relative(file)}`);
  return { passed, failed: failures.length, failures, skipped, slowest: longest(slowest) };
}

function longest(times: readonly string[]): string[] {
  return times.toSorted((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10)).slice(0, 8);
}

/**
 * Runs test files one at a time in each lane, which has parts of its own: a file may ask for all that an engine has. What
 * starts a Podman goes by the first lane, for all Podmans of a machine hand out the addresses of one bridge.
 */
export async function runLanes(
  name: string,
  files: readonly string[],
  lanes: readonly NodeJS.ProcessEnv[],
  log: Log,
): Promise<Outcome> {
  const startsPodman = (file: string) => /startPodman|podman-world/.test(readFileSync(file, 'utf8'));
  const podman = files.filter(startsPodman);
  const others = files.filter((file) => !podman.includes(file));
  const outcomes: Outcome[] = [];
  await Promise.all(
    lanes.map(async (env, lane) => {
      const next = () => (lane === 0 ? podman.shift() : undefined) ?? others.shift();
      for (let file = next(); file !== undefined; file = next()) {
        const broken = (error: Error) => failure(relative(file), error.stack ?? error.message);
        outcomes.push(await runFiles(name, [file], 1, log, env).catch(broken));
      }
    }),
  );
  return { ...addUp(outcomes), slowest: longest(outcomes.flatMap(({ slowest }) => slowest ?? [])) };
}

function isFile(name: string): boolean {
  return name.endsWith('.test.ts') && name.includes(path.sep);
}

function relative(file: string | undefined): string {
  return file === undefined ? '?' : path.relative(repository, path.resolve(repository, file));
}
