import { lastUvOfOldSystems, newestUv, oldUvSystems } from '../data/uv.ts';
import { parseImageReference } from '../syntax/image-reference.ts';

/** The tag of an image of uv, and what it should be. */
export interface UvTag {
  /** Empty where the image is named without one. */
  readonly tag: string;
  /** The tag begins with a version of uv. */
  readonly isPinned: boolean;
  /** The system or Python for which uv has no newer images, as the tag names it. */
  readonly old: string | undefined;
  /** uv of this version never had an image for it. */
  readonly isMissing: boolean;
  /** The image with a version of uv that there is. */
  readonly better: string;
}

/** Reads an image; undefined where it is none of uv, or is not named by a tag that is known here. */
export function readUvTag(image: string): UvTag | undefined {
  const { repository, tag = '', digest } = parseImageReference(image);
  if (!/(?:^|\/)astral(?:-sh)?\/uv$/.test(repository) || digest !== undefined || image.includes('$'))
    return undefined;
  const name = tag === '' ? image : image.slice(0, -tag.length - 1);
  const [first = '', ...rest] = tag.split('-');
  const [, major = '', minor = ''] = /^v?(\d{1,9})\.(\d{1,9})(?=\.|$)/.exec(first) ?? [];
  const version = major === '' ? undefined : first;
  const parts = version === undefined ? [first, ...rest] : rest;
  const old = parts.find((part) => Object.hasOwn(oldUvSystems, part));
  const isMissing = old !== undefined && version !== undefined && (Number(major) > 0 || Number(minor) >= 10);
  const next = parts.map((part) => (part === old ? oldUvSystems[part] : part));
  const kept = next.includes(undefined) ? parts : next;
  const release = next.includes(undefined) ? lastUvOfOldSystems : (isMissing && version) || newestUv;
  const system = kept.filter((part) => part !== '' && part !== 'latest').join('-');
  return {
    tag,
    isPinned: version !== undefined,
    old,
    isMissing,
    better: `${name}:${release}${system === '' ? '' : `-${system}`}`,
  };
}
