import { type OsRelease, osReleases } from '../data/os-releases.ts';
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

/** The release of Debian or Ubuntu that the base image's name says; undefined where it says none. */
export function baseRelease(stage: Stage): OsRelease | undefined {
  const { tag = '' } = baseImage(stage);
  if (rootStage(stage).base.unknown.length > 0) return undefined;
  const repository = officialName(baseImage(stage));
  return osReleases.find(({ distribution, version, codename }) => {
    if (new RegExp(`(?:^|[-_])${codename}(?=$|[-_])`).test(tag)) return true;
    if (distribution === 'ubuntu' && new RegExp(`ubuntu-?${version}(?=$|[-_])`).test(tag)) return true;
    const isOwn = new RegExp(`(?:^|/)${distribution}$`).test(repository);
    return isOwn && new RegExp(`^${version}(?=$|[-.])`).test(tag);
  });
}
