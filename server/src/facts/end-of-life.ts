import { ngcImages, ngcUbuntu } from '../data/ngc-systems.ts';
import { osReleases } from '../data/os-releases.ts';
import { centosEnds, pythonEnds } from '../data/release-dates.ts';
import { baseImage, officialName } from './base-images.ts';
import { baseRelease } from './base-python.ts';
import { rootStage, type Stage } from './stages.ts';
import { today } from './today.ts';

/** Something that gets no updates any more. */
export interface Ended {
  /** Such as `Debian 10 (buster)`, or `3.8` of Python. */
  readonly name: string;
  /** Its last day, as `2024-06-30`. */
  readonly end: string;
}

/** The minor release of Python, where it is past its last day. */
export function endedPython(version: string): Ended | undefined {
  const end = pythonEnds.get(version);
  return end !== undefined && end < today() ? { name: version, end } : undefined;
}

/** Whether a minor release of Python ended more than a year ago: new releases of packages leave it out by then. */
export function isLongEnded(version: string): boolean {
  const [year = '', day = ''] = (pythonEnds.get(version) ?? '').split(/-(.*)/);
  return year !== '' && `${Number(year) + 1}-${day}` < today();
}

/** The distribution that the name of a stage's base image says, where it is past its last day. */
export function endedSystem(stage: Stage): Ended | undefined {
  const release = baseRelease(stage) ?? ngcRelease(stage);
  if (!release) return endedCentos(stage);
  const { distribution, version, codename, end } = release;
  if (end >= today()) return undefined;
  return { name: distribution === 'ubuntu' ? `Ubuntu ${version}` : `Debian ${version} (${codename})`, end };
}

function endedCentos(stage: Stage): Ended | undefined {
  if (rootStage(stage).base.unknown.length > 0) return undefined;
  const { tag = '' } = baseImage(stage);
  const isOwn = officialName(baseImage(stage)) === 'centos';
  const version = (isOwn ? /^(?:centos)?(\d)(?=$|[-.])/ : /(?:^|-)centos(\d)(?=$|-)/).exec(tag)?.[1] ?? '';
  const end = centosEnds.get(version);
  return end !== undefined && end < today() ? { name: `CentOS ${version}`, end } : undefined;
}

/** The Ubuntu of an image of NVIDIA that names the month of its making. */
function ngcRelease(stage: Stage) {
  const { registry, repository, tag = '' } = baseImage(stage);
  if (registry !== 'nvcr.io' || !ngcImages.test(repository)) return undefined;
  if (rootStage(stage).base.unknown.length > 0) return undefined;
  const month = /^\d\d\.\d\d(?=-|$)/.exec(tag)?.[0] ?? '';
  const version = ngcUbuntu.findLast(([from]) => from <= month)?.[1];
  return osReleases.find((release) => release.distribution === 'ubuntu' && release.version === version);
}
