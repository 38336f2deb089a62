// A VS Code started from a desktop often lacks the user's PATH additions, so tools are looked for where
// their installers put them.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** The configured file; else the first known place that has it; else the bare name, for PATH to resolve. */
export function locate(name: string, configured: string): string {
  if (configured) return configured.replace(/^~(?=[/\\])/, homedir());
  const windows = process.platform === 'win32';
  const file = windows ? `${name}.exe` : name;
  const onPath = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const usual = windows
    ? [path.join(homedir(), '.local', 'bin')]
    : [
        path.join(homedir(), '.local', 'bin'),
        path.join(homedir(), '.cargo', 'bin'),
        '/usr/local/bin',
        '/opt/homebrew/bin',
        path.join(homedir(), '.docker', 'bin'),
      ];
  const folder = [...onPath, ...usual].find((folder) => existsSync(path.join(folder, file)));
  return folder ? path.join(folder, file) : name;
}
