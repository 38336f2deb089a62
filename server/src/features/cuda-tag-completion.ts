import { cudaFlavours } from '../data/cuda-flavours.ts';
import { type CudaRelease, cudaReleases, readOn } from '../data/nvidia-cuda-tags.ts';
import { tagIn } from '../facts/cuda-tags.ts';
import type { Completion, Offer } from './completion.ts';

/** All tags that the table knows of: those that NVIDIA supports first, of them the newest. */
const offers: readonly Offer[] = [
  ...cudaReleases.filter(({ isPastSupport }) => !isPastSupport).reverse(),
  ...cudaReleases.filter(({ isPastSupport }) => isPastSupport).reverse(),
].flatMap(offersOf);

function offersOf(release: CudaRelease): Offer[] {
  const { major, minor, patch, isPastSupport } = release;
  return [...release.ubuntu].reverse().flatMap((ubuntu) =>
    cudaFlavours.flatMap(({ cudnn, flavour, holds, use }) => {
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
const beforeImage =
  /(?:^|\n)[ \t]*(?:FROM(?:\s|[\\`](?=\r?\n))+(?:--\S+\s(?:\s|[\\`](?=\r?\n))*)*|ARG\s+\w+=["']?)$/i;
/** A FROM with its flags is not longer than this. */
const longest = 400;

/** The tags of nvidia/cuda, where one is typed behind FROM or as the default of an ARG. */
export function completeCudaTag(text: string, offset: number): Completion | undefined {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const typed = tagBeingTyped.exec(line)?.[1];
  if (typed === undefined) return undefined;
  const before = text
    .slice(Math.max(0, offset - longest), offset)
    .replace(/(?<![\w./-])[\w./-]+:[\w.-]*$/, '');
  if (!beforeImage.test(before)) return undefined;
  const rest = /^[\w.-]*/.exec(text.slice(offset, offset + longest))?.[0] ?? '';
  return { typed: { start: offset - typed.length, end: offset + rest.length }, offers };
}
