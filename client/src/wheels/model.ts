// Packages and their wheels, without VS Code: what a wheel's name says, what is stale.
import { t } from '@vscode/l10n';
import type { Project } from '../runtime/pyproject.ts';

export type WheelName = { readonly distribution: string; readonly version: string; readonly tags: string };

/** `name-version(-build)?-python-abi-platform.whl`, binary distribution format of the PyPA specifications. */
export function parseWheelName(file: string): WheelName | undefined {
  const match = /^([^-]+)-([^-]+)(?:-\d[^-]*)?-([^-]+-[^-]+-[^-]+)\.whl$/.exec(file);
  const [, distribution, version, tags] = match ?? [];
  return distribution && version && tags ? { distribution, version, tags } : undefined;
}

/** As in wheel file names: lower case, runs of `-`, `_` and `.` as one underscore. */
export function distributionName(name: string): string {
  return name.replace(/[-_.]+/g, '_').toLowerCase();
}

/** Versions are compared as wheel names spell them: `1.0.0-rc.1` is written `1.0.0rc1`. */
function sameVersion(declared: string, inName: string): boolean {
  const canonical = (version: string) => {
    const [, publicPart = '', local = ''] =
      /^(.*\+)?([^+]*)$/s.exec(
        version
          .toLowerCase()
          .replace(/^v/, '')
          .replace(
            /[-_.]?(alpha|a|beta|b|preview|pre|rc|c)[-_.]?(\d*)/,
            (_, kind: string, number: string) => {
              const short = { alpha: 'a', beta: 'b', preview: 'rc', pre: 'rc', c: 'rc' }[kind] ?? kind;
              return `${short}${number || '0'}`;
            },
          )
          .replace(/[-_](?=(post|dev))/g, '.'),
      ) ?? [];
    return publicPart + local.replace(/[-_.]/g, '.');
  };
  return canonical(declared) === canonical(inName);
}

/** Says what is wrong with the name of a project, if anything (packaging.python.org, "Names and normalization"). */
export function checkProjectName(name: string): string | undefined {
  if (/^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i.test(name)) return undefined;
  return t('A name begins and ends with a letter or a digit, and has . _ - between them.');
}

/** What a folder's name makes of a project's; nothing where none of its letters may stand in one. */
export function offeredProjectName(folder: string): string {
  const words = folder
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return (words ?? []).join('-');
}

export type WheelFile = { readonly file: string; readonly modified: number; readonly bytes: number };
export type Wheel = WheelFile & WheelName & { readonly state: 'fresh' | 'stale' | 'old' };
export type PackageState = 'missing' | 'fresh' | 'stale' | 'several';

/** The wheels of a project among the files of a dist folder, newest first. */
export function wheelsOf(
  project: Project,
  files: readonly WheelFile[],
  sourcesModified: number,
): readonly Wheel[] {
  const wheels = files.flatMap((file) => {
    const name = parseWheelName(file.file);
    return name && distributionName(name.distribution) === distributionName(project.name)
      ? [{ ...file, ...name }]
      : [];
  });
  wheels.sort((a, b) => b.modified - a.modified);
  return wheels.map((wheel, index) => {
    const other = project.version ? !sameVersion(project.version, wheel.version) : index > 0;
    return { ...wheel, state: other ? 'old' : wheel.modified < sourcesModified ? 'stale' : 'fresh' };
  });
}

export function packageState(wheels: readonly Wheel[]): PackageState {
  const current = wheels.filter(({ state }) => state !== 'old');
  if (!current.length) return 'missing';
  // `COPY dist/*.whl` takes the old ones too, and two versions of a package cannot be installed together.
  if (wheels.length > 1) return 'several';
  return current[0]?.state === 'stale' ? 'stale' : 'fresh';
}
