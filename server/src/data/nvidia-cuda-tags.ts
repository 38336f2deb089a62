/** When this table was read: YYYY-MM-DD. */
export const readOn = '2026-11-23';

/** A minor release of CUDA, as the tags of nvidia/cuda have it. */
export interface CudaRelease {
  readonly major: number;
  readonly minor: number;
  /** The newest patch level that has a tag. */
  readonly patch: number;
  /** How tags with cuDNN spell it. */
  readonly cudnn: string;
  /** The releases of Ubuntu that it was built for. */
  readonly ubuntu: readonly string[];
  /** The driver branch that it came with gets no more updates, so NVIDIA may delete its tags. */
  readonly isPastSupport: boolean;
}

type Row = readonly [release: string, cudnn: string, ubuntu: string, support: 'past' | 'supported'];

/**
 * The releases of nvidia/cuda from 11.0 on. Sources: pkg/config/cuda_compatibility.json of replicate/cog of 2026-08-21,
 * which lists the cuDNN tags of Docker Hub for Ubuntu; NVIDIA's support policy for its containers (a tag may be deleted
 * six months after the end of its driver branch) as quoted in cupy/cupy#7548 and prefix-dev/pixi-docker#80; the notice
 * that such images print when they start, as in alicevision/AliceVision#1792. Which tags are gone on a day is not listed;
 * 12.1 on Ubuntu 18.04 is not in the list either and was there once.
 */
const rows: readonly Row[] = [
  ['11.0.3', 'cudnn8', '16.04 18.04 20.04', 'past'],
  ['11.1.1', 'cudnn8', '16.04 18.04 20.04', 'past'],
  ['11.2.2', 'cudnn8', '16.04 18.04 20.04', 'past'],
  ['11.3.1', 'cudnn8', '16.04 18.04 20.04', 'past'],
  ['11.4.3', 'cudnn8', '18.04 20.04', 'past'],
  ['11.5.2', 'cudnn8', '18.04 20.04', 'past'],
  ['11.6.2', 'cudnn8', '18.04 20.04', 'past'],
  ['11.7.1', 'cudnn8', '18.04 20.04 22.04', 'past'],
  ['11.8.0', 'cudnn8', '18.04 20.04 22.04', 'past'],
  ['12.0.1', 'cudnn8', '18.04 20.04 22.04', 'past'],
  ['12.1.1', 'cudnn8', '18.04 20.04 22.04', 'past'],
  ['12.2.2', 'cudnn8', '20.04 22.04', 'past'],
  ['12.3.2', 'cudnn9', '20.04 22.04', 'past'],
  ['12.4.1', 'cudnn', '20.04 22.04', 'past'],
  ['12.5.1', 'cudnn', '20.04 22.04', 'past'],
  ['12.6.3', 'cudnn', '20.04 22.04 24.04', 'supported'],
  ['12.8.1', 'cudnn', '20.04 22.04 24.04', 'supported'],
  ['12.9.1', 'cudnn', '20.04 22.04 24.04', 'supported'],
  ['13.0.3', 'cudnn', '22.04 24.04', 'supported'],
  ['13.1.2', 'cudnn', '22.04 24.04', 'supported'],
  ['13.2.1', 'cudnn', '22.04 24.04', 'supported'],
];

export const cudaReleases: readonly CudaRelease[] = rows.map(([release, cudnn, ubuntu, support]) => {
  const [major = 0, minor = 0, patch = 0] = release.split('.').map(Number);
  return { major, minor, patch, cudnn, ubuntu: ubuntu.split(' '), isPastSupport: support === 'past' };
});

/**
 * The newest major whose tags were all deleted, in July 2023 (NVIDIA/nvidia-docker#1768, cupy/cupy-release-tools#359),
 * and the releases that had tags with two numbers, which were deleted as well (NVIDIA/nvidia-docker#1735).
 */
export const newestDeletedMajor = 10;
export const deletedShortReleases: readonly string[] = ['11.0', '11.1'];
