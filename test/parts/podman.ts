import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cache } from './cache.ts';
import { installCommand, onPath } from './debian.ts';
import { onExit, run, startService, temporaryFolder, unmountBelow, waitUntil } from './processes.ts';
import type { Log, Missing } from './progress.ts';

export type Podman = {
  /** For a process that shall find this Podman: its storage, its limits, and its service's socket. */
  readonly environment: Readonly<Record<string, string>>;
};

/** A Podman with storage and networks of its own, empty, and its API on a socket of its own. */
export async function startPodman(log: Log): Promise<Podman | Missing> {
  const missing = (why: string) => ({ missing: 'podman', why, install: installCommand(['podman']) });
  const program = onPath('podman');
  if (!program || process.getuid?.() !== 0) return missing('no podman is on PATH that root could start');
  const folder = temporaryFolder('podman');
  const file = (name: string, text: string) => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  mkdirSync(path.join(folder, 'run'));
  const storage = (driver: string) =>
    file(
      `${driver}.conf`,
      `[storage]\ndriver = "${driver}"\ngraphroot = "${folder}/${driver}"\nrunroot = "${folder}/run"\n`,
    );
  const host = `unix://${folder}/podman.sock`;
  const local = {
    CONTAINERS_STORAGE_CONF: storage('overlay'),
    // Its default for open files is more than a container within a container may ask for.
    CONTAINERS_CONF: file(
      'containers.conf',
      `[containers]\ndefault_ulimits = []\n[engine]\nevents_logger = "file"\n[network]\nnetwork_config_dir = "${folder}/networks"\n`,
    ),
  };
  // The other one copies the whole image for each container; but no overlay lies on another.
  if ((await run(program, ['info'], { env: local })).code !== 0)
    local.CONTAINERS_STORAGE_CONF = storage('vfs');
  const service = startService(
    program,
    ['system', 'service', '--time=0', host],
    path.join(cache, 'log', `podman-${process.pid}.log`),
    { env: { ...process.env, ...local } },
  );
  onExit(async () => {
    await run(program, ['rm', '--all', '--force', '--time=0'], { env: local, timeout: 20_000 });
    await service.stop();
    await unmountBelow(folder);
  });
  const environment = { ...local, CONTAINER_HOST: host };
  const answers = async () => (await run(program, ['info'], { env: environment })).code === 0;
  if (!(await waitUntil(answers, { timeout: 30_000, while: service.running })))
    return missing(`it did not start: ${service.tail()}`);
  log('podman', `its service listens at ${host}`);
  return { environment };
}
