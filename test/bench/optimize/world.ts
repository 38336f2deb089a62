// What the projects are built in: stand-in packages behind an index, stand-in bases, and a builder whose cache can be emptied.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Parts, toolEnvironment } from '../../parts/environment.ts';
import { servePackages } from '../../parts/package-index.ts';
import { type RunResult, run, runOrThrow } from '../../parts/processes.ts';
import { isMissing, type Log } from '../../parts/progress.ts';
import { ensurePython, type Python } from '../../parts/python.ts';
import { type Bases, createBases } from './bases.ts';

const standIn = 'wheelhouse-bench-slim:1';

export interface World {
  /** A folder for the projects. */
  readonly folder: string;
  readonly registry: string | undefined;
  readonly bases: Bases;
  docker(args: readonly string[]): Promise<string>;
  /** Does not throw where the engine refuses. */
  tryDocker(args: readonly string[], timeout?: number): Promise<RunResult>;
  uv(args: readonly string[], cwd: string): Promise<void>;
  stop(): Promise<void>;
}

/** @param makeWheels the folder of packages that the index offers */
export async function makeWorld(
  { engine, ...parts }: Parts,
  log: Log,
  makeWheels: (python: Python, log: Log) => Promise<string>,
): Promise<World> {
  const python = await ensurePython(log);
  if (!engine?.baseImage || isMissing(python)) throw new Error('Needs an engine and uv.');
  const env = { ...toolEnvironment({ engine, ...parts }), DOCKER_BUILDKIT: '1' };
  const { url, stop } = await servePackages(await makeWheels(python, log));
  const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-optimize-'));
  const docker = async (args: readonly string[]) => (await runOrThrow('docker', args, { env })).stdout;
  // Its own name is given to another image below.
  await docker(['tag', engine.baseImage, standIn]);
  const bases = await createBases(docker, standIn, {
    index: url,
    uv: python.uv,
    folder: path.join(folder, 'bases'),
  });
  return {
    folder,
    registry: parts.registry,
    bases,
    docker,
    tryDocker: (args, timeout) => run('docker', args, { env, timeout }),
    async uv(args, cwd) {
      const online = {
        ...env,
        UV_OFFLINE: '0',
        UV_DEFAULT_INDEX: url,
        UV_CACHE_DIR: path.join(folder, 'uv-cache'),
      };
      await runOrThrow(python.uv, args, { env: args[0] === 'lock' ? online : env, cwd });
    },
    async stop() {
      stop();
      rmSync(folder, { recursive: true });
      await bases.remove();
      await docker(['image', 'rm', '--force', standIn]).catch(() => {});
    },
  };
}
