import path from 'node:path';
import { run as runTests } from 'node:test';
import { inspect } from 'node:util';
import { repository } from './cache.ts';
import type { Failure, Outcome } from './outcome.ts';
import { onExit } from './processes.ts';
import type { Log } from './progress.ts';

/** Runs test files, each in a process of its own, and counts single tests. */
export async function runFiles(
  name: string,
  files: readonly string[],
  concurrency: number,
  log: Log,
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
  const slowest = [...seconds]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 8)
    .map(([file, time]) => `${time.toFixed(0)} s ${relative(file)}`);
  return { passed, failed: failures.length, failures, skipped, slowest };
}

function isFile(name: string): boolean {
  return name.endsWith('.test.ts') && name.includes(path.sep);
}

function relative(file: string | undefined): string {
  return file === undefined ? '?' : path.relative(repository, path.resolve(repository, file));
}
