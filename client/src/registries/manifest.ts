// What a manifest tells of an image without the image (OCI image specification, "Image Manifest" and "Image Index").
import { t } from '@vscode/l10n';
import * as z from 'zod';
import { facts, type Markdown, plain } from '../ui/plain-text.ts';
import { formatBytes } from '../ui/words.ts';

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

export function describeManifest(digest: string | undefined, content: unknown): Markdown {
  const { bytes, platforms } = manifestFacts(content);
  return facts([
    [t('Digest'), digest === undefined ? undefined : plain(digest)],
    [t('Size'), bytes === undefined ? undefined : plain(t('{0}, compressed', formatBytes(bytes)))],
    [t('Platforms'), platforms.length ? plain(platforms.join(', ')) : undefined],
  ]);
}
