import type { CudaFlavour } from '../data/cuda-packages.ts';
import { baseImage } from './base-images.ts';
import { rootStage, type Stage } from './stages.ts';

/** A CUDA version, as far as a tag or suffix says it. */
export interface CudaVersion {
  readonly major: number;
  /** Undefined in `cuda12`. */
  readonly minor: number | undefined;
}

/** What the name of an nvidia/cuda image says. */
export interface CudaImage extends CudaVersion {
  readonly flavour: CudaFlavour;
  readonly hasCudnn: boolean;
}

/** The nvidia/cuda image that a stage rests on; undefined where it is another, or its tag is not known. */
export function cudaImage(stage: Stage): CudaImage | undefined {
  const { repository, tag = '' } = baseImage(stage);
  if (!/(?:^|\/)nvidia\/cuda(?:-\w+)?$/.test(repository) || rootStage(stage).base.unknown.length > 0)
    return undefined;
  const match = /^(\d+)\.(\d+)(?:\.\d+)?-(?:(cudnn\d*)-)?(base|runtime|devel)(?=-|$)/.exec(tag);
  if (!match) return undefined;
  const [, major, minor, cudnn, flavour] = match;
  return {
    major: Number(major),
    minor: Number(minor),
    flavour: flavour as CudaFlavour,
    hasCudnn: cudnn !== undefined,
  };
}

/** The CUDA of the image that a stage rests on, of nvidia/cuda or pytorch/pytorch. */
export function baseCuda(stage: Stage): CudaVersion | undefined {
  const { repository, tag = '' } = baseImage(stage);
  if (rootStage(stage).base.unknown.length > 0) return undefined;
  const isPytorch = /(?:^|\/)pytorch\/pytorch$/.test(repository);
  if (!isPytorch && !/(?:^|\/)nvidia\/cuda(?:-\w+)?$/.test(repository)) return undefined;
  const match = (isPytorch ? /-cuda(\d+)\.(\d+)/ : /^(\d+)\.(\d+)/).exec(tag);
  return match ? { major: Number(match[1]), minor: Number(match[2]) } : undefined;
}

/** The version in the digits of a wheel's `cu118`, `cu124`, `cu92`, whose last one is the minor version, or of `cu12`. */
export function wheelCuda(digits: string): CudaVersion | undefined {
  if (!/^\d{2,3}$/.test(digits)) return undefined;
  // There has been no CUDA 1.x for wheels.
  if (digits.length === 2 && digits.startsWith('1')) return { major: Number(digits), minor: undefined };
  return { major: Number(digits.slice(0, -1)), minor: Number(digits.slice(-1)) };
}
