import { imagesBuiltByRoot, imagesWithoutCache, imagesWithPlainRoot } from '../../../data/image-users.ts';
import { baseImage, fullName, staysRoot } from '../../../facts/base-images.ts';
import type { FileFacts } from '../../../facts/file-facts.ts';
import { effective, rootStage, type Stage } from '../../../facts/stages.ts';
import { runsAsRoot } from '../../../facts/users.ts';
import type { Instruction } from '../../../syntax/tree.ts';

/**
 * Whether the base image is known to leave HOME and the caches as they are: where one that is not known has another HOME, the
 * mount is of no use, and where it switches the cache off, too.
 */
export function leavesCaches(stage: Stage): boolean {
  const name = fullName(baseImage(stage));
  const isKnown = staysRoot(stage) || imagesWithPlainRoot.test(name) || imagesBuiltByRoot.test(name);
  return isKnown && !imagesWithoutCache.test(name);
}

/** Whether root runs an instruction, as the file or its base image tells. */
export const isRootAt = (facts: FileFacts, stage: Stage, at: Instruction): boolean =>
  runsAsRoot(facts.file, stage, at) ||
  (effective(stage, 'USER', at) === undefined && imagesBuiltByRoot.test(fullName(baseImage(stage))));

/** The build argument that names the repository of the base image, of which only the default is known. */
export function baseVariable(stage: Stage): string | undefined {
  const written = rootStage(stage).from.node.imageWord?.value ?? '';
  const repository = /^[^:@]*(?::\d+\/[^:@]*)?/.exec(written)?.[0] ?? '';
  return /\$\{?(\w+)/.exec(repository.slice(repository.lastIndexOf('/') + 1))?.[1];
}
