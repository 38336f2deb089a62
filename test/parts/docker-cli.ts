import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { run } from './processes.ts';

/**
 * A DOCKER_CONFIG folder of the tests' own: what is logged in to or plugged in there never touches ~/.docker.
 * With a plugin, buildx is the builder; without, the CLI's built-in one.
 */
export function makeDockerConfig(
  folder: string,
  buildxPlugin: string | undefined,
  composePlugin?: string | undefined,
): string {
  mkdirSync(path.join(folder, 'cli-plugins'), { recursive: true });
  writeFileSync(path.join(folder, 'config.json'), '{}\n');
  const users = path.join(homedir(), '.docker/cli-plugins/docker-buildx');
  const plugin = buildxPlugin ?? (existsSync(users) ? users : undefined);
  if (plugin) symlinkSync(plugin, path.join(folder, 'cli-plugins/docker-buildx'));
  if (composePlugin) symlinkSync(composePlugin, path.join(folder, 'cli-plugins/docker-compose'));
  return folder;
}

/** Whether the machine's own CLI brings buildx, seen from the tests' DOCKER_CONFIG. */
export async function systemBuildx(dockerConfig: string): Promise<boolean> {
  return (await run('docker', ['buildx', 'version'], { env: { DOCKER_CONFIG: dockerConfig } })).code === 0;
}
