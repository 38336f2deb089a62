// What a manifest tells of an image without the image (OCI image specification, "Image Manifest" and "Image Index").
import * as z from 'zod';

// What is none is left out one by one: for an answer of other things zod would make a complaint of each.
const lists = z.object({
  layers: z.array(z.unknown()).nullish(),
  manifests: z.array(z.unknown()).nullish(),
});
const layer = z.object({ size: z.number().nonnegative() });
const entry = z.object({
  platform: z.object({ os: z.string(), architecture: z.string(), variant: z.string().optional() }),
});

export type ManifestFacts = {
  /** Of all layers, as they are kept and sent. */
  readonly bytes?: number;
  readonly platforms: readonly string[];
};

export function manifestFacts(content: unknown): ManifestFacts {
  const { layers, manifests } = lists.safeParse(content).data ?? {};
  const sizes = layers?.map((each) => layer.safeParse(each).data?.size ?? 0);
  const platforms = (manifests ?? []).flatMap((each) => {
    const { os, architecture, variant } = entry.safeParse(each).data?.platform ?? {};
    // BuildKit keeps an attestation as an image for this platform (docs.docker.com, "Attestation storage").
    return !os || os === 'unknown' ? [] : [[os, architecture, variant].filter(Boolean).join('/')];
  });
  return {
    ...(sizes && { bytes: sizes.reduce((sum, size) => sum + size, 0) }),
    platforms: [...new Set(platforms)],
  };
}

/** Whether a list has an image with this digest. */
export const leadsToImage = (content: unknown, wanted: string): boolean =>
  !!lists
    .safeParse(content)
    .data?.manifests?.some((each) => described.safeParse(each).data?.digest === wanted);

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const described = z.object({ digest });

/** Where more is told of it: by its config, or, of a list, by the manifest of its first image. */
export function leadsTo(content: unknown): { readonly config?: string; readonly image?: string } {
  const { manifests } = lists.safeParse(content).data ?? {};
  const first = manifests?.find((each) => manifestFacts({ manifests: [each] }).platforms.length);
  const config = z.object({ config: described }).safeParse(content).data?.config;
  return { config: config?.digest, image: described.safeParse(first).data?.digest };
}

const config = z.object({
  created: z.string().optional(),
  os: z.string().optional(),
  architecture: z.string().optional(),
  variant: z.string().optional(),
});
/** Builds that are to come out alike each time name a day of their own, such as 1970; Docker is of 2013. */
const firstYear = 2013;

export function configFacts(content: unknown): { readonly platform?: string; readonly created?: Date } {
  const { created, os, architecture, variant } = config.safeParse(content).data ?? {};
  const date = new Date(created ?? Number.NaN);
  return {
    ...(os && { platform: [os, architecture, variant].filter(Boolean).join('/') }),
    ...(date.getUTCFullYear() >= firstYear && { created: date }),
  };
}
