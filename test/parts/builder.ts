import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { cache } from './cache.ts';
import { installCommand, onPath } from './debian.ts';
import { onExit, run, startService, temporaryFolder, unmountBelow, waitUntil } from './processes.ts';
import type { Log, Missing } from './progress.ts';

/** A builder that can build for several platforms, which the engine's own cannot. Its name, for `--builder`. */
export async function startBuilder(
  log: Log,
  buildkitd: string,
  dockerConfig: string,
  plainRegistries: readonly string[],
): Promise<string | Missing> {
  if (!onPath('runc') || process.getuid?.() !== 0) {
    return { missing: 'BuildKit daemon', why: 'it needs root and runc', install: installCommand(['runc']) };
  }
  const folder = temporaryFolder('buildkit');
  const registries = plainRegistries.map((address) => `[registry."${address}"]\nhttp = true\n`);
  writeFileSync(path.join(folder, 'buildkitd.toml'), registries.join(''));
  const address = `unix://${folder}/buildkit.sock`;
  const data = path.join(folder, 'data');
  onExit(() => unmountBelow(data));
  const service = startService(
    buildkitd,
    [
      ...['--config', path.join(folder, 'buildkitd.toml'), '--root', data, '--addr', address],
      ...[
        '--oci-worker-binary',
        onPath('runc') ?? 'runc',
        '--containerd-worker=false',
        '--otel-socket-path',
        path.join(folder, 'otel.sock'),
      ],
    ],
    path.join(cache, 'log', `buildkitd-${path.basename(folder)}.log`),
  );
  const name = 'wheelhouse-platforms';
  const env = { DOCKER_CONFIG: dockerConfig };
  await run('docker', ['buildx', 'create', '--name', name, '--driver', 'remote', address], { env });
  const ready = await waitUntil(
    async () =>
      (await run('docker', ['buildx', 'inspect', '--bootstrap', '--timeout', '5s', name], { env })).code ===
      0,
    { timeout: 20_000, every: 200, while: service.running },
  );
  if (!ready) {
    const why = `buildkitd did not become ready: ${service.tail().split('\n').at(-1)}`;
    await service.stop();
    return { missing: 'BuildKit daemon', why, install: `nothing; read ${service.logFile}` };
  }
  log('builder', `${name} builds for several platforms`);
  return name;
}
