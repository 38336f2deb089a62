import type { PythonVersion } from './base-python.ts';
import type { BuildContext, ContextFile } from './build-context.ts';
import { normalizeName } from './requirements.ts';

/** What a wheel's file name says (packaging.python.org, "Binary distribution format"). */
export interface WheelName {
  /** As names are compared. */
  readonly name: string;
  readonly version: string;
  /** Such as `py3` and `cp312`. */
  readonly pythons: readonly string[];
  /** Such as `abi3` and `cp312`. */
  readonly abis: readonly string[];
  /** Such as `any` and `manylinux_2_28_x86_64`. */
  readonly platforms: readonly string[];
}

export function readWheelName(path: string): WheelName | undefined {
  const file = path.slice(path.lastIndexOf('/') + 1);
  const match = /^([^-]+)-([^-]+)(?:-\d[^-]*)?-([^-]+)-([^-]+)-([^-]+)\.whl$/.exec(file);
  if (!match) return undefined;
  const [, name = '', version = '', pythons = '', abis = '', platforms = ''] = match;
  return {
    name: normalizeName(name),
    version,
    pythons: pythons.split('.'),
    abis: abis.split('.'),
    platforms: platforms.split('.'),
  };
}

/** Whether a wheel can be installed on some Linux. */
export const fitsLinux = ({ platforms }: WheelName) =>
  platforms.some((platform) => platform === 'any' || platform.includes('linux'));

/** Whether a wheel can be installed with a CPython, as far as its name says. */
export function fitsPython({ pythons, abis }: WheelName, { major, minor }: PythonVersion): boolean {
  return pythons.some((tag) => {
    const match = /^(py|cp)(\d)(\d*)$/.exec(tag);
    if (!match) return false;
    const [, kind, tagMajor, tagMinor = ''] = match;
    if (Number(tagMajor) !== major) return false;
    if (tagMinor === '' || Number(tagMinor) === minor) return true;
    // Wheels of pure Python and of the stable interface go with later releases too.
    return (kind === 'py' || abis.includes('abi3')) && Number(tagMinor) < minor;
  });
}

/** The newest of what a wheel is built from: the sources and the manifest; undefined where none of it is known. */
export function newestSource({ files }: BuildContext): ContextFile | undefined {
  const isSource = (path: string) =>
    path === 'pyproject.toml' || /^(?:src\/.*\.(?:py|pyi|pyx|c|cpp|rs|toml|json|ya?ml))$/.test(path);
  return (files?.files ?? [])
    .filter(({ path }) => isSource(path))
    .reduce<ContextFile | undefined>(
      (newest, file) => (newest && newest.changed >= file.changed ? newest : file),
      undefined,
    );
}

/** The wheels among files with what their names say, the one that changed last first. */
export function namedWheels(files: readonly ContextFile[]): readonly (ContextFile & WheelName)[] {
  return files
    .flatMap((file) => {
      const wheel = readWheelName(file.path);
      return wheel ? [{ ...file, ...wheel }] : [];
    })
    .sort((a, b) => b.changed - a.changed);
}
