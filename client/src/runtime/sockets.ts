// Where the command line looks for its engine by itself, and where engines of one's own listen that it does not know of.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import type { Place } from './place.ts';
import type { EngineName } from './probe.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const configuration = z.object({ currentContext: z.string().nullish() });
const largestConfiguration = 1_000_000;

export const dockerFolder = (environment: Environment = process.env) =>
  environment.DOCKER_CONFIG || path.join(homedir(), '.docker');

/** The context that Docker's command line takes by itself: what counts more stands first, as there. */
export function machineContext(environment: Environment = process.env): string {
  if (environment.DOCKER_HOST) return environment.DOCKER_HOST;
  if (environment.DOCKER_CONTEXT) return environment.DOCKER_CONTEXT;
  const file = path.join(dockerFolder(environment), 'config.json');
  try {
    if (statSync(file).size > largestConfiguration) return 'default';
    return configuration.parse(JSON.parse(readFileSync(file, 'utf8'))).currentContext || 'default';
  } catch {
    return 'default';
  }
}

/** Nobody said where it is: it is where it is by default, or has to be found. */
export function isMachinesOwn(name: EngineName, environment: Environment = process.env): boolean {
  if (name === 'docker') return machineContext(environment) === 'default';
  if (name !== 'podman') return !environment.CONTAINERD_ADDRESS;
  return !environment.CONTAINER_HOST && !environment.CONTAINER_CONNECTION;
}

/** Sources: the documentation of rootless Docker, Docker Desktop, Colima, Rancher Desktop, OrbStack, Lima and Podman. */
export function socketPlaces(
  environment: Environment = process.env,
  home = homedir(),
  isSocket = isSocketFile,
): readonly Place[] {
  if (process.platform === 'win32') return [];
  const running = environment.XDG_RUNTIME_DIR || `/run/user/${process.getuid?.() ?? 0}`;
  const docker = [
    path.join(running, 'docker.sock'),
    path.join(home, '.docker/run/docker.sock'),
    path.join(home, '.docker/desktop/docker.sock'),
    path.join(environment.COLIMA_HOME || path.join(home, '.colima'), 'default/docker.sock'),
    path.join(home, '.rd/docker.sock'),
    path.join(home, '.orbstack/run/docker.sock'),
    path.join(home, '.lima/docker/sock/docker.sock'),
  ];
  const podman = [
    path.join(running, 'podman/podman.sock'),
    path.join(home, '.local/share/containers/podman/machine/podman.sock'),
    '/run/podman/podman.sock',
  ];
  const at = (kind: Place['kind'], files: readonly string[]) =>
    files.filter(isSocket).map((file) => ({ kind, address: `unix://${file}` }));
  return [...at('docker', docker), ...at('podman', podman)];
}

/** Of a dev container, or of another one in which a VS Code runs. */
export function isInContainer(environment: Environment = process.env, exists = existsSync): boolean {
  return (
    environment.REMOTE_CONTAINERS === 'true' ||
    environment.CODESPACES === 'true' ||
    exists('/.dockerenv') ||
    exists('/run/.containerenv')
  );
}

function isSocketFile(file: string): boolean {
  try {
    return statSync(file).isSocket();
  } catch {
    return false;
  }
}
