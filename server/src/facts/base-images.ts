import { type OsFamily, osImages } from '../data/os-images.ts';
import { imagesWithUser, plainImages, pythonImages } from '../data/python-images.ts';
import { wellKnownImages } from '../data/well-known-images.ts';
import type { ImageReference } from '../syntax/image-reference.ts';
import { rootStage, type Stage } from './stages.ts';

/** The image from outside that a stage rests on. */
export function baseImage(stage: Stage): ImageReference {
  return rootStage(stage).base.image;
}

/** The operating system of a stage, where the name of its base tells. */
export function osFamily(stage: Stage): OsFamily | undefined {
  const { tag = '' } = baseImage(stage);
  const repository = officialName(baseImage(stage));
  return osImages.find(
    (os) => (os.repository?.test(repository) ?? true) && (os.tag === undefined || os.tag.test(tag)),
  )?.family;
}

/** Whether the base image is known to stay root; one that is not known may have a user of its own. */
export function staysRoot(stage: Stage): boolean {
  const image = baseImage(stage);
  return !matches(imagesWithUser, image) && (matches(pythonImages, image) || matches(plainImages, image));
}

/** Whether the base image is made for Python, machine learning or GPUs. */
export function isPythonImage(stage: Stage): boolean {
  return matches(pythonImages, baseImage(stage));
}

/** Whether the Dockerfile of the base image is known: it starts a CMD as it is written, and leaves Python buffered. */
export function isWellKnown(stage: Stage): boolean {
  return wellKnownImages.some((pattern) => pattern.test(fullName(baseImage(stage))));
}

/** A repository without the `library/` of Docker's official images. */
export function officialName({ repository }: ImageReference): string {
  return repository.replace(/^library\//, '');
}

function matches(patterns: readonly RegExp[], image: ImageReference): boolean {
  const name = `${fullName(image)}:${image.tag ?? ''}`;
  return patterns.some((pattern) => pattern.test(name));
}

/** `registry/repository`, without the registry and the `library/` of Docker Hub. */
export function fullName(image: ImageReference): string {
  const registry = image.registry && image.registry !== 'docker.io' ? `${image.registry}/` : '';
  return registry + officialName(image);
}
