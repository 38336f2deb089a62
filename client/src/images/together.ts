// What several images take. Layers that they share are there once; an engine tells no size of a single layer, but the size of
// an image is that of all its layers, so that what is below it in another one is known where the image itself is there.
import type { ImageDetails } from '../runtime/image-commands.ts';

export type Together = {
  readonly bytes: number;
  /** False where it is at most so much: the size of some layers that they share is not known. */
  readonly isExact: boolean;
  /** Some of their layers are the same. */
  readonly share: boolean;
};

/** `bytes` are those of all layers down from here, where an image ends here. */
type Layer = { readonly above: Map<string, Layer>; bytes?: number };
type Image = Pick<ImageDetails, 'id' | 'bytes' | 'layers'>;

/** @param all that the engine has, by which sizes are known */
export function layersOf(all: readonly Image[]): (images: readonly Image[]) => Together {
  const root: Layer = { above: new Map() };
  for (const { layers, bytes } of all) {
    let at = root;
    for (const layer of layers) {
      const next = at.above.get(layer) ?? { above: new Map() };
      at.above.set(layer, next);
      at = next;
    }
    if (layers.length) at.bytes = bytes;
  }
  return (images) => {
    const different = [...new Map(images.map((image) => [image.id, image])).values()];
    const counted = new Set<Layer>();
    let [bytes, isExact, share] = [0, true, false];
    for (const image of different) {
      let at: Layer | undefined = root;
      let [shared, isKnown] = [0, image.layers.length > 0 || different.length === 1];
      for (const layer of image.layers) {
        at = at?.above.get(layer);
        if (!at || !counted.has(at)) isKnown &&= at !== undefined;
        else {
          share = true;
          isKnown = at.bytes !== undefined;
          shared = at.bytes ?? shared;
        }
        if (at) counted.add(at);
      }
      bytes += Math.max(0, image.bytes - shared);
      isExact &&= isKnown;
    }
    return { bytes, isExact, share };
  };
}
