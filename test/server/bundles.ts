import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, rmdirSync, statSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

const root = new URL('../../', import.meta.url).pathname;
const lock = `${root}dist/.building`;

/** Each with what it loads; the last ones are made last. */
const programs = [
  'dist/server.cjs',
  'dist/server-judge.cjs',
  'dist/server-front.cjs',
  'dist/cli.cjs',
  'dist/cli-judge.cjs',
  'dist/cli-config.cjs',
];

const age = (path: string) => statSync(root + path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

function isStale(): boolean {
  const bundles = Math.min(...[...programs, 'dist/tree-sitter-bash.wasm'].map(age));
  const sources = [...globSync('server/src/**/*.ts', { cwd: root }), 'esbuild.mjs', 'bundles.mjs'];
  return sources.some((source) => age(source) > bundles);
}

/** Makes the server's and the CLI's bundle where their sources are newer; one test file at a time. */
export async function ensureBundles(): Promise<{ server: string; cli: string }> {
  mkdirSync(`${root}dist`, { recursive: true });
  while (isStale()) {
    try {
      mkdirSync(lock);
    } catch {
      // Another test file is at it; a lock that a killed run left behind is broken.
      if (Date.now() - age('dist/.building') > 60_000) rmdirSync(lock);
      await setTimeout(50);
      continue;
    }
    try {
      const { status, stderr } = spawnSync(process.execPath, ['esbuild.mjs', 'server', 'cli'], {
        cwd: root,
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(`The bundles cannot be made: ${stderr}`);
    } finally {
      rmdirSync(lock);
    }
  }
  return { server: `${root}dist/server.cjs`, cli: `${root}dist/cli.cjs` };
}
