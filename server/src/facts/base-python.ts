import { type OsRelease, osReleases } from '../data/os-releases.ts';
import { remember } from '../text/remember.ts';
import { baseImage, officialName } from './base-images.ts';
import { rootStage, type Stage } from './stages.ts';

/** A minor release of Python. */
export interface PythonVersion {
  readonly major: number;
  readonly minor: number;
}

/** The Python that the base image's tag names: `python:3.12-slim`, `ghcr.io/astral-sh/uv:python3.13-bookworm`. */
export function basePython(stage: Stage): PythonVersion | undefined {
  const { tag = '' } = baseImage(stage);
  if (rootStage(stage).base.unknown.length > 0) return undefined;
  const repository = officialName(baseImage(stage));
  const isPython = /(?:^|\/)python$/.test(repository);
  const isUv = /(?:^|\/)(?:astral-sh|astral)\/uv$/.test(repository);
  if (!isPython && !isUv) return undefined;
  const match = (isPython ? /^(\d+)\.(\d+)(?=$|[.\-a-z])/ : /(?:^|-)python(\d+)\.(\d+)(?=$|-)/).exec(tag);
  return match ? { major: Number(match[1]), minor: Number(match[2]) } : undefined;
}

/**
 * Each release with what tells of it: in any tag, and in the tag of its distribution's own image. Codenames of Ubuntu's
 * short-lived releases are words that other tags use for something else, such as `disco`.
 */
const releasePatterns = osReleases.map((release) => {
  const { distribution, version, codename } = release;
  const isShortLived = distribution === 'ubuntu' && !/[02468]\.04$/.test(version);
  const named = [
    ...(isShortLived ? [] : [`(?:^|[-_])${codename}`]),
    ...(distribution === 'ubuntu' ? [`ubuntu-?${version}`] : []),
  ].join('|');
  return {
    release,
    inTag: new RegExp(`(?:${named})(?=$|[-_])`),
    repository: new RegExp(`(?:^|/)(?:${distribution}|buildpack-deps)$`),
    inOwnTag: new RegExp(`^(?:${version}|${codename})(?=$|[-.])`),
  };
});

/** The release of Debian or Ubuntu that the base image's name says; undefined where it says none. */
export const baseRelease = remember((stage: Stage): OsRelease | undefined => {
  const { tag = '' } = baseImage(stage);
  if (rootStage(stage).base.unknown.length > 0) return undefined;
  const name = officialName(baseImage(stage));
  return releasePatterns.find(
    ({ inTag, repository, inOwnTag }) => inTag.test(tag) || (repository.test(name) && inOwnTag.test(tag)),
  )?.release;
});
