// A command as people read it: to copy, to show before it runs, to log.
import type { Command } from './exec.ts';

const secretName = /token|secret|passw|pwd|api_?key|access_?key|private_?key|credential|auth/i;
const assigning = new Set(['--env', '-e', '--build-arg']);

export function looksSecret(name: string): boolean {
  return secretName.test(name);
}

/** The command line with secret-looking values hidden. For a log, all values of the environment are. */
export function commandLine(command: Command<unknown>, audience: 'person' | 'log' = 'person'): string {
  const args = command.args.map((arg, index) => {
    const name = assigning.has(command.args[index - 1] ?? '') ? /^([^=]+)=/.exec(arg)?.[1] : undefined;
    if (name && (audience === 'log' || looksSecret(name))) return `${name}=***`;
    return arg;
  });
  return redact([command.file, ...args].map(quote).join(' '));
}

/** Hides the given secrets, and passwords within addresses, in text that others may read. */
export function redact(text: string, secrets: readonly string[] = []): string {
  let safe = text.replace(/(:\/\/[^\s/:@]*):[^\s/@]+@/g, '$1:***@');
  for (const secret of secrets) if (secret.trim()) safe = safe.replaceAll(secret.trim(), '***');
  return safe;
}

/** Quotes for the shell that people paste into; nothing of ours is ever run from this text. */
function quote(arg: string): string {
  if (/^[\w@%+=:,./\\*-]+$/.test(arg) && !arg.includes('*')) return arg;
  if (process.platform === 'win32') return `"${arg.replaceAll('"', '""')}"`;
  return `'${arg.replaceAll("'", "'\\''")}'`;
}
