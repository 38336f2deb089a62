// The files of an image as a FileTree that cannot be written to: those of a container that is made of it and never started.
import type { EngineUser } from '../engine/connection.ts';
import { type FileTree, refusing } from '../engine/file-tree.ts';
import { makeLasting } from '../engine/stand-in.ts';
import { failed } from '../runtime/failures.ts';
import { imagePatterns, imageReadOnly } from './failures.ts';
import { createHeld } from './held.ts';

export function createImageFiles(user: EngineUser) {
  const held = createHeld(user, (image) =>
    makeLasting(user, [], { image: `sha256:${image}`, patterns: imagePatterns }),
  );
  const refuse = async () => {
    throw failed(imageReadOnly());
  };
  return {
    /** @param image the 64 digits of its id */
    treeOf(image: string): FileTree {
      const { within, read } = held.of(image);
      return {
        ...refusing(refuse),
        stat: (path) => within((tree) => tree.stat(path)),
        list: (path) => within((tree) => tree.list(path)),
        read,
      };
    },
    release: held.release,
  };
}
