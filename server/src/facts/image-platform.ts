import {
  crossCompilers,
  platformNamespaces,
  platformRepository,
  platformTag,
} from '../data/platform-images.ts';
import type { ImageReference } from '../syntax/image-reference.ts';
import { architectureName } from '../syntax/platform.ts';
import { officialName } from './base-images.ts';

/** The architecture that an image is made for, where its name says so. */
export function architectureOf(image: ImageReference): string | undefined {
  const repository = officialName(image);
  const isHub = image.registry === undefined || image.registry === 'docker.io';
  const [namespace = '', name] = repository.split('/');
  if (isHub && name !== undefined && Object.hasOwn(platformNamespaces, namespace))
    return platformNamespaces[namespace];
  if (crossCompilers.test(`${repository}:${image.tag ?? ''}`)) return undefined;
  const named = platformRepository.exec(repository)?.[1] ?? platformTag.exec(image.tag ?? '')?.[1];
  if (named === undefined) return undefined;
  if (named === 'i686') return '386';
  return /^arm(?:v7l|32)/.test(named) ? 'arm' : architectureName(named.replace(/v8$/, ''));
}
