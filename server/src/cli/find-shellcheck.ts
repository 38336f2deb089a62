import type { RunShellcheck } from '../ports/ports.ts';
import { say } from './terminal.ts';

/** So many scripts go to one ShellCheck process, whose start takes as long as three of them. */
const batch = 32;

/** The ShellCheck on PATH, where there is one. */
export async function findShellcheck(
  sayThere: (message: string) => void = say,
): Promise<RunShellcheck | undefined> {
  const adapter = await import('../adapters/shellcheck.ts');
  const found = await adapter.findShellcheck({ batch, onFailure: sayThere });
  return found?.run;
}
