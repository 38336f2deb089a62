import { imagesWithoutCache, imagesWithPlainRoot } from '../../../data/image-users.ts';
import { baseImage, fullName, staysRoot } from '../../../facts/base-images.ts';
import { rootStage, type Stage } from '../../../facts/stages.ts';

/**
 * Whether the base image is known to leave HOME and the caches as they are: where one that is not known has another HOME, the
 * mount is of no use, and where it switches the cache off, too.
 */
export function leavesCaches(stage: Stage): boolean {
  const name = fullName(baseImage(stage));
  return (staysRoot(stage) || imagesWithPlainRoot.test(name)) && !imagesWithoutCache.test(name);
}

/** The build argument that names the repository of the base image, of which only the default is known. */
export function baseVariable(stage: Stage): string | undefined {
  const written = rootStage(stage).from.node.imageWord?.value ?? '';
  const repository = /^[^:@]*(?::\d+\/[^:@]*)?/.exec(written)?.[0] ?? '';
  return /\$\{?(\w+)/.exec(repository.slice(repository.lastIndexOf('/') + 1))?.[1];
}
