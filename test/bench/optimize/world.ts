// What the measurement needs: stand-in packages behind an index, stand-in bases, and a builder whose cache can be emptied.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeOnce } from '../../parts/cache.ts';
import { type Parts, toolEnvironment } from '../../parts/environment.ts';
import { servePackages } from '../../parts/package-index.ts';
import { runOrThrow } from '../../parts/processes.ts';
import type { Log } from '../../parts/progress.ts';
import { isMissing } from '../../parts/progress.ts';
import { ensurePython } from '../../parts/python.ts';
import { bases, packages } from './projects.ts';

const standIn = 'wheelhouse-bench-slim:1';
/** The build backend of the projects, a real package. */
const backend = 'uv_build==0.13.6';

export interface World {
  /** A folder for the projects. */
  readonly folder: string;
  readonly index: string;
  readonly registry: string;
  docker(args: readonly string[]): Promise<string>;
  uv(args: readonly string[], cwd: string): Promise<void>;
  stop(): Promise<void>;
}

export async function makeWorld(parts: Parts, log: Log): Promise<World> {
  const { engine, registry } = parts;
  const python = await ensurePython(log);
  if (!engine?.baseImage || !registry || isMissing(python))
    throw new Error('Needs an engine, a registry and uv.');
  const env = { ...toolEnvironment(parts), DOCKER_BUILDKIT: '1' };
  const script = path.join(import.meta.dirname, 'stand-ins.py');
  const wheels = await makeOnce(
    'stand-in-wheels',
    [...packages, backend, 'compressed'].join(' '),
    log,
    async (folder) => {
      await runOrThrow(python.python, [script, folder, ...packages]);
      await runOrThrow(path.join(path.dirname(python.python), 'pip'), [
        'download',
        '--no-deps',
        `--dest=${folder}`,
        backend,
      ]);
    },
  );
  const { url, stop } = await servePackages(wheels);
  const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-optimize-'));
  const docker = async (args: readonly string[]) => (await runOrThrow('docker', args, { env })).stdout;
  // Its own name is given to another image below.
  await docker(['tag', engine.baseImage, standIn]);
  await makeBases(docker, url, folder, log);
  return {
    folder,
    index: url,
    registry,
    docker,
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
      await docker(['image', 'rm', '--force', standIn, ...Object.keys(bases)]).catch(() => {});
    },
  };
}

/** Bases are the stand-in of a slim Python with pip, uv and settings for the index, and noise for what else they hold. */
async function makeBases(docker: World['docker'], index: string, root: string, log: Log): Promise<void> {
  const folder = path.join(root, 'bases');
  mkdirSync(folder);
  const host = new URL(index).host;
  writeFileSync(
    path.join(folder, 'Dockerfile'),
    `FROM ${standIn}
RUN wheel=$(echo /usr/share/python-wheels/pip-*.whl) && \\
    PYTHONPATH=$wheel python3 -m pip install --quiet --no-index --no-cache-dir --root-user-action=ignore $wheel
RUN printf '[global]\\nindex-url = ${index}\\ntrusted-host = ${host}\\n' > /etc/pip.conf && \\
    mkdir -p /etc/uv && printf '[[index]]\\nurl = "${index}"\\ndefault = true\\n' > /etc/uv/uv.toml
ARG MEGABYTES=0
RUN if [ $MEGABYTES != 0 ]; then head -c \${MEGABYTES}000000 /dev/urandom > /opt/rest-of-the-base.bin; fi
`,
  );
  for (const [name, megabytes] of Object.entries(bases)) {
    log('bases', name);
    await docker(['build', '--quiet', `--build-arg=MEGABYTES=${megabytes}`, `--tag=${name}`, folder]);
  }
}
