// The image that another one was made on, and whether its registry has a newer one by now.
import * as z from 'zod';
import { type ImageDetails, inspectImages, listImageIds } from '../runtime/image-commands.ts';
import type { RegistryApi } from '../runtime/registry-api.ts';
import type { Workbench } from '../ui/workbench.ts';
import { registryOf } from './failures.ts';
import { parseReference } from './model.ts';

/** Speaks with a registry as whoever is logged in there. */
export type OpenRegistry = (host: string, signal: AbortSignal) => Promise<RegistryApi>;

export type ComparedBase = {
  readonly ref: string;
  readonly state: 'same' | 'newer';
  readonly digest: string;
};

const layered = z.object({ RootFS: z.object({ Layers: z.array(z.string()).nullish() }).nullish() });
const layersOf = ({ raw }: ImageDetails) => layered.safeParse(raw).data?.RootFS?.Layers ?? [];

/**
 * No image names its base (OCI annotations may, and builders leave them out), so it is known by its layers.
 * @returns of the images that came from a registry the one whose layers most of the image's own begin with
 */
export function baseOf(image: ImageDetails, others: readonly ImageDetails[]): ImageDetails | undefined {
  const own = layersOf(image);
  const begins = (other: ImageDetails) => {
    const layers = layersOf(other);
    return layers.length > 0 && layers.length < own.length && layers.every((layer, at) => layer === own[at]);
  };
  return others
    .filter((other) => other.digests.length > 0 && other.tags.length > 0 && begins(other))
    .toSorted((a, b) => layersOf(b).length - layersOf(a).length)[0];
}

/** What a reference is called at its registry. */
export function atRegistry(ref: string): {
  readonly host: string;
  readonly path: string;
  readonly tag: string;
} {
  const { repository, registry, tag = 'latest' } = parseReference(ref);
  const host = registryOf(ref);
  const path = registry ? repository.slice(registry.length + 1) : repository;
  return { host, path: host === 'docker.io' && !path.includes('/') ? `library/${path}` : path, tag };
}

/** Of the base of an image; undefined where none is here, or where its registry does not tell. */
export async function compareBase(
  workbench: Workbench,
  open: OpenRegistry,
  image: ImageDetails,
  signal: AbortSignal,
  facts: Parameters<Workbench['run']>[1],
): Promise<ComparedBase | undefined> {
  const engine = await workbench.engine.get();
  const ids = await workbench.run(await listImageIds(engine), facts);
  const base = baseOf(image, await workbench.run(await inspectImages(engine, ids), facts));
  const ref = base?.tags.find((tag) => parseReference(tag).registry !== 'localhost');
  if (!base || !ref) return undefined;
  const { host, path, tag } = atRegistry(ref);
  const digest = await (await open(host, signal)).digest(path, tag);
  if (digest === 'missing' || digest === 'denied') return undefined;
  const isHere = base.digests.some((each) => each.endsWith(`@${digest}`));
  return { ref, state: isHere ? 'same' : 'newer', digest };
}
