import { type CudaRelease, cudaReleases, readOn } from '../data/nvidia-cuda-tags.ts';
import { type CudaTag, tagIn } from '../facts/cuda-tags.ts';
import type { Completion, Offer } from './completion.ts';

/** What the parts between version and system stand for, the smallest image first. */
const flavours: readonly (Pick<CudaTag, 'cudnn' | 'flavour'> & {
  readonly holds: string;
  readonly use: string;
})[] = [
  {
    cudnn: undefined,
    flavour: 'base',
    holds: 'CUDA runtime alone',
    use: 'Enough where the packages bring the rest of CUDA along, as the wheels of PyTorch do.',
  },
  {
    cudnn: undefined,
    flavour: 'runtime',
    holds: 'CUDA with its math libraries, no compiler',
    use: 'Runs what was compiled against cuBLAS, cuFFT and their like.',
  },
  {
    cudnn: 'cudnn',
    flavour: 'runtime',
    holds: 'CUDA with its math libraries and cuDNN, no compiler',
    use: 'Runs what takes cuDNN from the system, such as ONNX Runtime.',
  },
  {
    cudnn: undefined,
    flavour: 'devel',
    holds: 'CUDA with nvcc and headers',
    use: 'Compiles CUDA code. It is by far larger: let a stage of its own build with it.',
  },
  {
    cudnn: 'cudnn',
    flavour: 'devel',
    holds: 'CUDA with nvcc, headers and cuDNN',
    use: 'Compiles CUDA code that needs cuDNN. It is the largest: let a stage of its own build with it.',
  },
];

/** All tags that the table knows of: those that NVIDIA supports first, of them the newest. */
const offers: readonly Offer[] = [
  ...cudaReleases.filter(({ isPastSupport }) => !isPastSupport).reverse(),
  ...cudaReleases.filter(({ isPastSupport }) => isPastSupport).reverse(),
].flatMap(offersOf);

function offersOf(release: CudaRelease): Offer[] {
  const { major, minor, patch, isPastSupport } = release;
  return [...release.ubuntu].reverse().flatMap((ubuntu) =>
    flavours.flatMap(({ cudnn, flavour, holds, use }) => {
      const label = tagIn(release, { major, minor, patch, cudnn, flavour, os: undefined }, ubuntu);
      if (label === undefined) return [];
      const support = isPastSupport
        ? `CUDA ${major}.${minor} gets no more updates, and NVIDIA may delete its tags`
        : `NVIDIA supports CUDA ${major}.${minor}`;
      return {
        label,
        detail: isPastSupport ? `${holds}; no longer supported` : holds,
        documentation: `${holds}, on Ubuntu ${ubuntu}. ${use}\n\n${support} (as known on ${readOn}).`,
      };
    }),
  );
}

/** A tag of nvidia/cuda that is being typed; with a variable in it, its parts are not known. */
const tagBeingTyped = /(?:^|[\s="'])(?:(?:index\.)?docker\.io\/|nvcr\.io\/)?nvidia\/cuda:([\w.-]*)$/;
/** What stands before the image, a FROM that goes on in another line included. */
const beforeImage = /(?:^|\n)[ \t]*(?:FROM(?:\s|[\\`]\r?\n)+(?:--\S+(?:\s|[\\`]\r?\n)+)*|ARG\s+\w+=["']?)$/i;
/** A FROM with its flags is not longer than this. */
const longest = 400;

/** The tags of nvidia/cuda, where one is typed behind FROM or as the default of an ARG. */
export function completeCudaTag(text: string, offset: number): Completion | undefined {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const typed = tagBeingTyped.exec(line)?.[1];
  if (typed === undefined) return undefined;
  const before = text.slice(Math.max(0, offset - longest), offset).replace(/[\w./-]+:[\w.-]*$/, '');
  if (!beforeImage.test(before)) return undefined;
  const rest = /^[\w.-]*/.exec(text.slice(offset, offset + longest))?.[0] ?? '';
  return { typed: { start: offset - typed.length, end: offset + rest.length }, offers };
}
