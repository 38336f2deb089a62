import { loadBundledShellParser } from '../adapters/bundled-shell-parser.ts';
import { listFolderUri, readFileUri } from '../adapters/node-files.ts';
import type { RunShellcheck } from '../ports/ports.ts';
import { createService, type Service } from '../service.ts';
import { say } from './terminal.ts';

/** So many scripts go to one ShellCheck process, whose start takes as long as three of them. */
const batch = 32;

/** The service of one thread. */
export async function startService(shellcheck?: Promise<RunShellcheck | undefined>): Promise<Service> {
  const [parseShell, runShellcheck] = await Promise.all([loadBundledShellParser(), shellcheck]);
  const log = (_level: string, message: string) => say(message);
  return createService({
    ports: { readFile: readFileUri, listFolder: listFolderUri, log, runShellcheck },
    parseShell,
  });
}

/** The ShellCheck on PATH, where there is one. */
export async function findShellcheck(): Promise<RunShellcheck | undefined> {
  const adapter = await import('../adapters/shellcheck.ts');
  const found = await adapter.findShellcheck({ batch, onFailure: say });
  return found?.run;
}
