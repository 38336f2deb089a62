import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serverFlags } from '../../client/src/language/server-flags.ts';
import { repository } from '../parts/cache.ts';
import { ensureBundles } from '../server/bundles.ts';
import { byTurns, type CommandLine } from './command-lines.ts';
import { median, quantile, row } from './figures.ts';
import { measureServer } from './language-servers.ts';
import { makeProjects } from './projects.ts';

/** A figure may be so much larger than it was before. */
const allowed = 1.1;
const rounds = 5;
const roundsOfOne = 25;

type Figures = Readonly<Record<string, number>>;

/**
 * Measures the bundles and those of another commit by turns, so that what else the machine does falls on both, and prints
 * each figure with its ratio.
 * @param against a commit; the last one where something is not committed yet, else the one before it
 * @returns whether no figure got worse by a tenth
 */
export async function checkAgainstBefore(
  opened: readonly string[],
  linted: readonly string[],
  against?: string,
): Promise<boolean> {
  const commit = against ?? (git('status', '--porcelain', '--untracked-files=no') ? 'HEAD' : 'HEAD^');
  console.log(`Against ${git('log', '-1', '--format=%h %s', commit)}`);
  const before = path.join(mkdtempSync(path.join(tmpdir(), 'wheelhouse-bench-')), 'before');
  const projects = makeProjects(opened);
  try {
    git('worktree', 'add', '--detach', before, commit);
    symlinkSync(path.join(repository, 'node_modules'), path.join(before, 'node_modules'));
    execFileSync(process.execPath, ['esbuild.mjs', 'server', 'cli'], { cwd: before });
    const { server, cli } = await ensureBundles();
    // Both keep what they compiled under the same name.
    const own = (bundle: string) => {
      const caches = path.join(path.dirname(before), bundle.startsWith(before) ? 'caches-before' : 'caches');
      return ['env', `XDG_CACHE_HOME=${caches}`, process.execPath] as const;
    };
    const measure = async (server: string): Promise<Figures> => {
      const command = [...own(server), ...serverFlags, server, '--stdio'] as const;
      const figures = await measureServer({ name: server, command }, projects.files);
      return {
        'start of the server (ms)': figures.start,
        'open to findings, p50 (ms)': median(figures.opening),
        'change to findings, p50 (ms)': median(figures.changing),
        'change to findings, p95 (ms)': quantile(figures.changing, 0.95),
        'memory of the server, working (MB)': figures.working,
        'memory of the server, at rest (MB)': figures.rest,
      };
    };
    const told: [Figures, Figures][] = [];
    for (let round = 0; round < rounds; round++)
      told.push([await measure(path.join(before, 'dist/server.cjs')), await measure(server)]);
    const tools = [path.join(before, 'dist/cli.cjs'), cli].map(
      (file): CommandLine => ({
        name: file,
        command: [...own(file), file, 'lint', '--no-shellcheck', '--format', 'json', '--no-fail'],
      }),
    );
    const many = byTurns(rounds, tools, linted);
    const one = byTurns(roundsOfOne, tools, linted.slice(0, 1));
    row('', 'before', 'now', 'ratio');
    const names = Object.keys(told[0]?.[0] ?? {});
    const kept = [
      ...names.map((name) =>
        holds(name, ...([0, 1].map((at) => told.map((both) => both[at]?.[name])) as Pair)),
      ),
      holds(`${linted.length} files by the command line (ms)`, ...(many as Pair)),
      holds('one file by the command line (ms)', ...(one as Pair)),
    ];
    return kept.every(Boolean);
  } finally {
    projects.remove();
    git('worktree', 'remove', '--force', before);
    rmSync(path.dirname(before), { recursive: true });
  }
}

type Pair = [number[], number[]];

function holds(name: string, ...[before, now]: Pair): boolean {
  const ratio = median(now) / median(before);
  const isFine = !(ratio > allowed);
  row(
    name,
    median(before).toFixed(2),
    median(now).toFixed(2),
    `${ratio.toFixed(2)}×${isFine ? '' : ' WORSE'}`,
  );
  return isFine;
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: repository, encoding: 'utf8' }).trim();
}
