import type { CudaFlavour } from '../data/cuda-packages.ts';
import {
  type CudaRelease,
  cudaReleases,
  deletedShortReleases,
  newestDeletedMajor,
} from '../data/nvidia-cuda-tags.ts';
import { isMalformedFrom } from './malformed-from.ts';
import type { Stage } from './stages.ts';

/** What a tag of nvidia/cuda says. */
export interface CudaTag {
  readonly major: number;
  readonly minor: number;
  readonly patch: number | undefined;
  /** `cudnn`, `cudnn8` …, as written. */
  readonly cudnn: string | undefined;
  readonly flavour: CudaFlavour | undefined;
  /** `ubuntu22.04`, `ubi9` …, as written. */
  readonly os: string | undefined;
}

/**
 * What is wrong with a tag. `deleted`: NVIDIA took it away; `noPatch`: the version has two numbers where all have three;
 * `cudnnBase`: there is no cuDNN in a base image; `cudnn`: another spelling; `os`: it was not built for this Ubuntu;
 * `ended`: there, and out of support.
 */
export type CudaTagFault = 'deleted' | 'noPatch' | 'cudnnBase' | 'cudnn' | 'os' | 'ended';

/** The tag of NVIDIA's own nvidia/cuda that a FROM names, `latest` where it names none; undefined for mirrors, a digest and what is not known. */
export function ownCudaTag({ base, from }: Stage): string | undefined {
  if (isMalformedFrom(from.node)) return undefined;
  const { registry, repository, tag, digest } = base.image;
  const isOwn = registry === undefined || /^(?:(?:index\.)?docker\.io|nvcr\.io)$/.test(registry);
  if (!isOwn || repository !== 'nvidia/cuda' || digest !== undefined || base.unknown.length > 0)
    return undefined;
  return tag ?? 'latest';
}

/** Reads `12.4.1-cudnn-devel-ubuntu22.04`, each part behind the version being optional; undefined for other tags. */
export function readCudaTag(tag: string): CudaTag | undefined {
  const match =
    /^(\d+)\.(\d+)(?:\.(\d+))?(?:-(cudnn[\d.]*))?(?:-(base|runtime|devel))?(?:-([a-z]+[\d.]*))?$/.exec(tag);
  if (!match) return undefined;
  const [, major, minor, patch, cudnn, flavour, os] = match;
  return {
    major: Number(major),
    minor: Number(minor),
    patch: patch === undefined ? undefined : Number(patch),
    cudnn,
    flavour: flavour as CudaFlavour | undefined,
    os,
  };
}

/** The release of CUDA that a tag is about, with what is known of its tags. */
export function releaseOf({ major, minor }: Pick<CudaTag, 'major' | 'minor'>): CudaRelease | undefined {
  return cudaReleases.find((release) => release.major === major && release.minor === minor);
}

/** What is wrong with a tag of nvidia/cuda; undefined where nothing is, or the table does not know the release. */
export function cudaTagFault(tag: string): CudaTagFault | undefined {
  // Tags without a version followed `latest`, and went with it.
  if (tag === 'latest' || /^(?:cudnn\d*-)?(?:base|runtime|devel)(?=-|$)/.test(tag)) return 'deleted';
  const parts = readCudaTag(tag);
  if (!parts) return undefined;
  const short = parts.patch === undefined;
  const isDeleted = short && deletedShortReleases.includes(`${parts.major}.${parts.minor}`);
  if (parts.major <= newestDeletedMajor || isDeleted) return 'deleted';
  const release = releaseOf(parts);
  if (!release) return undefined;
  return shapeFault(parts, release) ?? (release.isPastSupport ? 'ended' : undefined);
}

function shapeFault(tag: CudaTag, release: CudaRelease): CudaTagFault | undefined {
  if (tag.cudnn?.includes('.')) return 'cudnn';
  if (tag.patch === undefined) return 'noPatch';
  if (tag.cudnn !== undefined && tag.flavour === 'base') return 'cudnnBase';
  // The patch levels of 12.3 before the last one are not known.
  const isKnown = release.minor !== 3 || release.major !== 12 || tag.patch === release.patch;
  if (tag.cudnn !== undefined && tag.cudnn !== release.cudnn && isKnown) return 'cudnn';
  const ubuntu = ubuntuOf(tag);
  const isLater = ubuntu !== undefined && ubuntu > (release.ubuntu.at(-1) ?? '');
  // New releases of Ubuntu are added to a CUDA that lives; old ones are not.
  const isNews = isLater && !release.isPastSupport;
  return ubuntu !== undefined && !release.ubuntu.includes(ubuntu) && !isNews ? 'os' : undefined;
}

/** The release of Ubuntu in a tag. */
export function ubuntuOf({ os }: CudaTag): string | undefined {
  return /^ubuntu(\d\d\.\d\d)$/.exec(os ?? '')?.[1];
}

/** The tag of the newest patch level of a release, with flavour, cuDNN and system of another tag; undefined where there is none. */
export function tagIn(release: CudaRelease, tag: CudaTag, ubuntu = ubuntuOf(tag)): string | undefined {
  if (ubuntu === undefined || !tag.flavour || !release.ubuntu.includes(ubuntu)) return undefined;
  const { major, minor, patch } = release;
  const cudnn = tag.cudnn !== undefined && tag.flavour !== 'base' ? [release.cudnn] : [];
  return [`${major}.${minor}.${patch}`, ...cudnn, tag.flavour, `ubuntu${ubuntu}`].join('-');
}

/** The newest release of a major. */
export function newestOf(major: number): CudaRelease | undefined {
  return cudaReleases.findLast((release) => release.major === major);
}
