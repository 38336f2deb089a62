import { loadBundledShellParser } from '../adapters/bundled-shell-parser.ts';
import { listFolderUri, readFileUriAtOnce } from '../adapters/node-files.ts';
import type { RunShellcheck } from '../ports/ports.ts';
import { createService, type Service } from '../service.ts';
import { say } from './terminal.ts';

/** The service of one thread. */
export async function startService(
  sayThere: (message: string) => void = say,
  shellcheck?: Promise<RunShellcheck | undefined>,
): Promise<Service> {
  const [parseShell, runShellcheck] = await Promise.all([loadBundledShellParser(), shellcheck]);
  const log = (_level: string, message: string) => sayThere(message);
  return createService({
    ports: { readFile: readFileUriAtOnce, listFolder: listFolderUri, log, runShellcheck },
    parseShell,
  });
}
