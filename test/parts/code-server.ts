import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isMade, logFile, makeOnce } from './cache.ts';
import { installCommand, onPath } from './debian.ts';
import { runOrThrow } from './processes.ts';
import type { Log, Missing } from './progress.ts';

const codeServerVersion = '4.139.1';
const nodeVersion = '24.21.0';
const recipe = `code-server ${codeServerVersion}, node ${nodeVersion}`;

export type CodeServer = {
  /** The Node that code-server needs, whichever Node runs the tests. */
  readonly node: string;
  readonly entry: string;
};

/** VS Code as a server from npm: its own install script wants a download, so the steps it would do are here. */
export async function ensureCodeServer(log: Log): Promise<CodeServer | Missing> {
  const nodePackage = `node-${process.platform}-${process.arch}`;
  try {
    const folder = await makeOnce('code-server', recipe, log, (target) => install(target, nodePackage, log));
    return {
      node: path.join(folder, 'node_modules', nodePackage, 'bin/node'),
      entry: path.join(folder, 'node_modules/code-server/out/node/entry.js'),
    };
  } catch (error) {
    return {
      missing: 'code-server',
      why: error instanceof Error ? error.message : String(error),
      install: installCommand(['g++', 'make', 'python3']),
    };
  }
}

export function codeServerIsCached(): boolean {
  return isMade('code-server', recipe);
}

async function install(target: string, nodePackage: string, log: Log): Promise<void> {
  log(
    'code-server',
    `installing ${codeServerVersion} from npm (800 MB); takes about a minute the first time`,
  );
  const dependencies = { 'code-server': codeServerVersion, [nodePackage]: nodeVersion };
  writeFileSync(path.join(target, 'package.json'), JSON.stringify({ private: true, dependencies }));
  const nodeFolder = path.join(target, 'node_modules', nodePackage);
  const npm = async (folder: string, ...args: string[]) => {
    await runOrThrow('npm', [...args, '--no-fund', '--no-audit'], {
      cwd: folder,
      env: {
        // npm hands its own settings on to what it runs; those of our package are not for this one.
        ...Object.fromEntries(
          Object.keys(process.env)
            .filter((key) => key.startsWith('npm_'))
            .map((key) => [key, undefined]),
        ),
        PATH: `${path.join(nodeFolder, 'bin')}:${process.env.PATH}`,
        npm_config_nodedir: nodeFolder,
      },
      logFile: logFile(`code-server-npm-${args[0]}-${path.basename(folder)}`),
    });
  };
  await npm(target, 'install', '--ignore-scripts');
  const vscode = path.join(target, 'node_modules/code-server/lib/vscode');
  await npm(vscode, 'install', '--omit=dev', '--ignore-scripts');
  await npm(vscode, 'rebuild', '@vscode/spdlog', '@vscode/native-watchdog');
  await npm(path.join(vscode, 'extensions'), 'install', '--omit=dev', '--ignore-scripts');
  for (const [link, script] of [
    ['bin/remote-cli/code-server', 'code-linux.sh'],
    ['bin/helpers/browser.sh', 'browser-linux.sh'],
  ] as const) {
    rmSync(path.join(vscode, link), { force: true });
    symlinkSync(script, path.join(vscode, link));
  }
}

/** A browser of the Chromium family. */
export function ensureChromium(): string | Missing {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) {
    const file = onPath(name);
    if (file) return file;
  }
  return {
    missing: 'chromium',
    why: 'no browser of its family is on PATH',
    install: installCommand(['chromium']),
  };
}
