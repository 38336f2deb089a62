import { cudaReleases } from '../../../data/nvidia-cuda-tags.ts';
import type { BuildContext } from '../../../facts/build-context.ts';
import { type CudaVersion, wheelCuda } from '../../../facts/cuda.ts';
import type { Requirement } from '../../../facts/requirements.ts';
import { mirroredBuild, torchRelease } from '../../../facts/torch.ts';
import { type Answers, ask, type Found } from '../found.ts';
import type { ReleaseLimit } from './releases.ts';

export interface Gpu {
  /** The framework that is asked for, if any. */
  readonly framework: string | undefined;
  /** The builds are those for CPUs. */
  readonly isCpu: boolean;
  /** The release of CUDA that the locked wheels bring; undefined where that is not known. */
  readonly cuda: CudaVersion | undefined;
  /** Something looks for the CUDA libraries of the system. */
  readonly needsSystemCuda: boolean;
}

/** The parts of an nvidia/cuda tag: `12.8.1`, `cudnn`, `24.04`. */
export interface CudaTag {
  readonly version: string;
  readonly cudnn: string;
  readonly ubuntu: string;
}

const gpuFrameworks =
  'torch tensorflow jax pytorch-lightning lightning vllm sglang deepspeed unsloth ultralytics onnxruntime-gpu paddlepaddle-gpu cupy-cuda12x cupy-cuda13x'.split(
    ' ',
  );
/** Wheels that link to the CUDA libraries of the system (installation pages of each, 2026-11). */
const systemCuda = /^(?:onnxruntime-gpu|cupy-cuda1\dx|ctranslate2|paddlepaddle-gpu|faiss-gpu.*)$/;

export function gpuOf(
  context: BuildContext,
  asked: readonly Requirement[],
  packages: ReadonlySet<string>,
): Gpu {
  const direct = new Set(asked.map(({ name }) => name));
  const tags = torchTags(context);
  const runtime = (context.lock?.packages ?? []).find(({ name }) =>
    /^nvidia-cuda-runtime(?:-cu\d+)?$/.test(name),
  );
  const [major, minor] = (runtime?.version ?? '').split('.').map(Number);
  const locked = tags.flatMap((tag) => wheelCuda(tag.replace('cu', '')) ?? [])[0];
  return {
    framework: gpuFrameworks.find((name) => direct.has(name)),
    isCpu:
      !runtime &&
      !locked &&
      (tags.includes('cpu') || asked.some(({ name, exact }) => name === 'torch' && exact?.endsWith('+cpu'))),
    cuda: locked ?? (major !== undefined && minor !== undefined ? { major, minor } : pypiCuda(asked)),
    needsSystemCuda:
      [...packages].some((name) => systemCuda.test(name)) ||
      (direct.has('tensorflow') && !packages.has('nvidia-cudnn-cu12')),
  };
}

/** The CUDA of the torch that is pinned without an index, which is then that of PyPI. */
function pypiCuda(asked: readonly Requirement[]): CudaVersion | undefined {
  const version = asked.find(({ name }) => name === 'torch')?.exact;
  const [major, minor] = (torchRelease(version ?? '')?.cuda ?? '').split('.').map(Number);
  return major !== undefined && minor !== undefined ? { major, minor } : undefined;
}

/** The builds of PyTorch that are locked or that the project takes its torch from, such as `cpu` and `cu128`. */
export function torchTags({ project, lock, requirementFiles = [] }: BuildContext): string[] {
  const named = new Set(project?.uv.sources.get('torch'));
  const addresses = lock
    ? lock.packages.flatMap(({ name, registry }) => (name === 'torch' ? (registry ?? []) : []))
    : [
        ...(project?.uv.indexes ?? []).flatMap(({ name, url }) => (name && named.has(name) ? url : [])),
        ...requirementFiles.flatMap(({ indexes }) => indexes),
      ];
  return [...new Set(addresses.flatMap((address) => mirroredBuild(address) ?? []))];
}

/** Why no image of CUDA is for a TensorFlow, in a sentence: 2.15 of November 2023 is the first one for CUDA 12 (TensorFlow, "Tested build configurations"). */
export function oldCudaOf(asked: readonly Requirement[], limit: ReleaseLimit | null): string | undefined {
  const found = asked.find(({ name }) => /^tensorflow(?:-gpu)?$/.test(name));
  const isOld =
    found?.exact === undefined
      ? limit !== null && limit.date < '2023-11'
      : found.exact.localeCompare('2.15', 'en', { numeric: true }) < 0;
  return found && isOld
    ? 'TensorFlow before 2.15 is built for CUDA 11 or older, of which no image is kept: add the files for another kind of image, which runs it without a GPU, or write that Dockerfile by hand.'
    : undefined;
}

/**
 * The nvidia/cuda image for a GPU: the oldest that fits the wheels, as each newer one asks for a newer driver. Null where
 * none is needed, since the wheels bring their CUDA and nothing says which.
 */
export function cudaTagOf({ isCpu, cuda, needsSystemCuda }: Gpu, answers: Answers): Found<CudaTag | null> {
  const kept = cudaReleases.filter(({ isPastSupport }) => !isPastSupport);
  if (isCpu || (!cuda && !needsSystemCuda)) return { value: null };
  const sameMajor = kept.filter(({ major }) => major === cuda?.major);
  const fit =
    sameMajor.find(({ minor }) => minor >= (cuda?.minor ?? 0)) ??
    sameMajor.at(-1) ??
    kept.find(({ major, minor }) => `${major}.${minor}` === answers.cuda);
  // Wheels with their own CUDA do not look at that of the image.
  if (!fit && !needsSystemCuda) return { value: null };
  if (!fit)
    return ask(
      'cuda',
      kept.map(({ major, minor }) => ({ value: `${major}.${minor}`, because: null })),
    );
  const { major, minor, patch, cudnn, ubuntu } = fit;
  return { value: { version: `${major}.${minor}.${patch}`, cudnn, ubuntu: ubuntu.at(-1) ?? '' } };
}
