import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensurePython } from '../parts/python.ts';
import { ensureBundles } from '../server/bundles.ts';

interface Tool {
  readonly name: string;
  readonly command: readonly [file: string, ...args: string[]];
  /** Of a folder that holds ShellCheck, where the tool may use it. */
  readonly path?: string;
}

const rounds = 3;
/** hadolint takes 18 ms for a file, so not all of a large corpus goes into every round. */
const sampleSize = 400;

/**
 * Lints the same files with our CLI and with other linters, process start included, by turns, and prints the time of
 * a file and the ratio. hadolint contains ShellCheck; tally's binary is named by WHEELHOUSE_BENCH_TALLY.
 * @param files paths of Dockerfiles
 */
export async function benchPairs(files: readonly string[]): Promise<void> {
  const every = Math.ceil(files.length / sampleSize);
  const sample = files.filter((_, index) => index % every === 0);
  const python = await ensurePython(() => {});
  if ('missing' in python) throw new Error(`${python.missing} could not be installed: ${python.why}`);
  const { cli } = await ensureBundles();
  const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-bench-'));
  try {
    symlinkSync(python.shellcheck, path.join(folder, 'shellcheck'));
    const ours: Tool = {
      name: 'wheelhouse',
      command: [process.execPath, cli, 'lint', '--no-shellcheck', '--format', 'json', '--no-fail'],
    };
    const checked: Tool = {
      name: 'wheelhouse with ShellCheck',
      command: [process.execPath, cli, 'lint', '--format', 'json', '--no-fail'],
      path: folder,
    };
    const hadolint: Tool = {
      name: 'hadolint',
      command: [python.hadolint, '--format', 'json', '--no-fail'],
    };
    pair(ours, hadolint, sample);
    pair(checked, hadolint, sample);
    const tally = process.env.WHEELHOUSE_BENCH_TALLY;
    if (!tally) return console.log('tally: not measured, WHEELHOUSE_BENCH_TALLY names no binary');
    const theirs: Tool = {
      name: 'tally',
      // Its slow checks wait for registries.
      command: [tally, 'lint', '--format', 'json', '--fail-level', 'none', '--slow-checks', 'off'],
    };
    // It gives up a whole run at the first file that it cannot read.
    pair(
      ours,
      theirs,
      sample.filter((file) => run(theirs, [file]).status === 0),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function pair(ours: Tool, theirs: Tool, files: readonly string[]): void {
  const times = Array.from({ length: rounds }, () => [measure(ours, files), measure(theirs, files)] as const);
  const [mine, other] = [0, 1].map((at) => median(times.map((both) => both[at] as number)) / files.length);
  const ratio = median(times.map(([a, b]) => b / a));
  console.log(
    `${ours.name} ${(mine ?? 0).toFixed(2)} ms a file, ${theirs.name} ${(other ?? 0).toFixed(2)}: ${ratio.toFixed(1)}× (${files.length} files, ${rounds} rounds)`,
  );
}

/** Milliseconds of one run over all files. */
function measure(tool: Tool, files: readonly string[]): number {
  const begin = performance.now();
  const { status, error, stderr } = run(tool, files);
  const duration = performance.now() - begin;
  if (status !== 0) throw new Error(`${tool.name} failed (${status}): ${error ?? stderr}`);
  return duration;
}

function run({ command: [file, ...args], path: extra }: Tool, files: readonly string[]) {
  return spawnSync(file, [...args, ...files], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    env: { ...process.env, PATH: [extra, process.env.PATH].filter(Boolean).join(':') },
  });
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
