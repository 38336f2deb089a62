// A VS Code started from a desktop often lacks the user's PATH additions, so tools are looked for where
// their installers put them. None is ever looked for in the working folder, which holds what strangers wrote:
// Windows would, for a bare name, and so does POSIX for a relative entry of PATH.
import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

export type Machine = {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly isProgram: (file: string) => boolean;
};

const here = (): Machine => ({
  platform: process.platform,
  env: process.env,
  home: homedir(),
  isProgram,
});

/** The configured file; else the first place of PATH or of installers that has it; else the bare name. */
export function locate(name: string, configured: string, machine = here()): string {
  const given = configured.replace(/^~(?=[/\\])/, () => machine.home);
  if (given) return findProgram(given, machine) ?? given;
  return findProgram(name, machine) ?? inFolders(name, usualFolders(machine), machine) ?? name;
}

/** The whole path of a program: as it is given, or by PATH for a bare name. Relative paths lead nowhere. */
export function findProgram(file: string, machine = here()): string | undefined {
  const { platform, env } = machine;
  if (isWhole(file, platform)) return file;
  if (!file || /[/\\]/.test(file) || (platform === 'win32' && file.includes(':'))) return undefined;
  const windows = platform === 'win32';
  // Windows spells it `Path`, and only process.env itself knows that the case does not matter.
  const listed = windows ? valueOf(env, 'PATH') : env.PATH;
  const folders = (listed ?? '').split(windows ? ';' : ':').map((folder) => folder.replaceAll('"', ''));
  return inFolders(file, folders, machine);
}

/** A program of Windows itself. */
export function systemProgram(name: string, env: Machine['env'] = process.env): string {
  const root = valueOf(env, 'SystemRoot');
  return path.win32.join(root && isWhole(root, 'win32') ? root : 'C:\\Windows', 'System32', name);
}

function inFolders(name: string, folders: readonly string[], machine: Machine): string | undefined {
  const { join } = machine.platform === 'win32' ? path.win32 : path.posix;
  for (const folder of folders) {
    if (!isWhole(folder, machine.platform)) continue;
    for (const file of fileNames(name, machine)) {
      const whole = join(folder, file);
      if (machine.isProgram(whole)) return whole;
    }
  }
  return undefined;
}

/** Of PATHEXT what starts without a shell; the others are scripts. */
function fileNames(name: string, { platform, env }: Machine): readonly string[] {
  if (platform !== 'win32' || /\.(?:com|exe)$/i.test(name)) return [name];
  const extensions = (valueOf(env, 'PATHEXT') || '.COM;.EXE').split(';');
  const direct = extensions.filter((extension) => /^\.(?:com|exe)$/i.test(extension));
  return direct.map((extension) => name + extension.toLowerCase());
}

function usualFolders({ platform, home }: Machine): readonly string[] {
  const { join } = platform === 'win32' ? path.win32 : path.posix;
  if (platform === 'win32') return [join(home, '.local', 'bin')];
  return [
    join(home, '.local', 'bin'),
    join(home, '.cargo', 'bin'),
    '/usr/local/bin',
    '/opt/homebrew/bin',
    join(home, '.docker', 'bin'),
  ];
}

/** With a drive or a share on Windows: `\tools` is relative to the current drive, `C:tools` to a folder of it. */
function isWhole(file: string, platform: NodeJS.Platform): boolean {
  return platform === 'win32' ? /^(?:[a-z]:[\\/]|\\\\[^\\])/i.test(file) : file.startsWith('/');
}

function valueOf(env: Machine['env'], name: string): string | undefined {
  if (env[name] !== undefined) return env[name];
  const key = Object.keys(env).find((key) => key.toUpperCase() === name.toUpperCase());
  return key === undefined ? undefined : env[key];
}

function isProgram(file: string): boolean {
  try {
    if (!statSync(file).isFile()) return false;
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
