import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { readRegularFileSync } from '../adapters/regular-file.ts';
import { UsageError } from './flags.ts';
import { describeFileError } from './text-files.ts';

const dotted = ['.hadolint.yaml', '.hadolint.yml'];
const plain = ['hadolint.yaml', 'hadolint.yml'];

export interface ConfigFiles {
  /** Path of the configuration file for a Dockerfile; for standard input the path is undefined. */
  find(dockerfile: string | undefined): string | undefined;
}

/**
 * Looks where hadolint does: in the working folder, then among the files of the user. Between the two, `upward` looks in
 * the Dockerfile's folder and in those above it, as the editor does.
 */
export function createConfigFiles(upward: boolean): ConfigFiles {
  const known = new Map<string, string | undefined>();
  const remember = (key: string, look: () => string | undefined) => {
    if (!known.has(key)) known.set(key, look());
    return known.get(key);
  };
  const above = (folder: string): string | undefined =>
    remember(folder, () => {
      const parent = path.dirname(folder);
      return firstOf(folder, dotted) ?? (parent === folder ? undefined : above(parent));
    });
  return {
    find(dockerfile) {
      const here = remember('.', () => firstOf(process.cwd(), dotted));
      if (here) return here;
      const found = upward && dockerfile && above(path.dirname(path.resolve(dockerfile)));
      return found || remember('~', ofUser);
    },
  };
}

/** A configuration file is not larger, in bytes. */
const largest = 1_000_000;

export const readConfigFile = (file: string) => readRegularFileSync(file, largest).toString('utf8');

/** A configuration file that was named must be there. */
export function readNamed(file: string): string {
  try {
    return readConfigFile(file);
  } catch (error) {
    throw new UsageError(describeFileError(file, 'read', error));
  }
}

function ofUser(): string | undefined {
  const home = homedir();
  const { APPDATA, XDG_CONFIG_HOME } = process.env;
  const windows = process.platform === 'win32' ? APPDATA : undefined;
  const config = XDG_CONFIG_HOME || windows || path.join(home, '.config');
  return (
    firstOf(config, plain) ??
    firstOf(windows ? path.join(windows, 'hadolint') : path.join(home, '.hadolint'), [
      ...plain,
      'config.yaml',
      'config.yml',
    ]) ??
    firstOf(home, dotted)
  );
}

function firstOf(folder: string, names: readonly string[]): string | undefined {
  return names.map((name) => path.join(folder, name)).find((file) => existsSync(file));
}

/** A path as a message shows it: relative where it lies below the working folder. */
export function shown(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith('..') ? file : relative;
}
