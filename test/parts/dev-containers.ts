import path from 'node:path';
import { logFile, makeOnce } from './cache.ts';
import { runOrThrow } from './processes.ts';
import type { Log, Missing } from './progress.ts';

const version = '0.89.0';

/** The path of the reference implementation of Dev Containers, which starts them as VS Code does. */
export async function ensureDevContainers(log: Log): Promise<string | Missing> {
  try {
    const folder = await makeOnce('dev-containers', version, log, async (target) => {
      log('dev containers', `installing @devcontainers/cli ${version}`);
      const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', target];
      await runOrThrow('npm', [...args, `@devcontainers/cli@${version}`], {
        logFile: logFile('dev-containers'),
      });
    });
    return path.join(folder, 'node_modules/@devcontainers/cli/devcontainer.js');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { missing: 'devcontainer', why, install: 'npm install @devcontainers/cli' };
  }
}
