// Images without VS Code: names, groups, and what is derived from project and git remote.
import * as l10n from '@vscode/l10n';
import type { ImageDetails } from '../runtime/image-commands.ts';
import type { Choice } from '../ui/pickers.ts';
import { shortImage } from '../ui/short.ts';
import { formatAge, formatBytes } from '../ui/words.ts';

export type Reference = {
  /** As written, without tag and digest: `ghcr.io/owner/bikes`. */
  readonly repository: string;
  readonly registry?: string;
  readonly tag?: string;
  readonly digest?: string;
};

export function parseReference(text: string): Reference {
  const [name = '', digest] = text.split('@');
  const slash = name.lastIndexOf('/');
  const colon = name.indexOf(':', slash + 1);
  const repository = colon < 0 ? name : name.slice(0, colon);
  const [first = ''] = repository.split('/');
  // The first part is a registry when it could not be a user of Docker Hub (distribution/reference).
  const registry =
    repository.includes('/') && (/[.:]/.test(first) || first === 'localhost') ? first : undefined;
  return { repository, registry, tag: colon < 0 ? undefined : name.slice(colon + 1), digest };
}

/** Says what is wrong with the name of an image to be made, if anything. */
export function checkReference(text: string): string | undefined {
  if (!text.trim()) return l10n.t('An image needs a name.');
  if (/\s/.test(text)) return l10n.t('A name of an image has no spaces.');
  const { repository, registry, tag } = parseReference(text);
  const path = registry ? repository.slice(registry.length + 1) : repository;
  if (/[A-Z]/.test(path)) return l10n.t('A name of an image is in lower case: {0}', repository.toLowerCase());
  if (!/^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/.test(path)) {
    return l10n.t('A name of an image has letters, digits, and single separators (. _ - /) between them.');
  }
  if (tag !== undefined && !/^\w[\w.-]{0,127}$/.test(tag)) {
    return l10n.t('A tag has letters, digits, and . _ - after the first.');
  }
  return undefined;
}

/** A name for an image out of any text: lower case, without accents, other runs as one dash. */
export function imageName(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return (
    plain
      .replace(/[^a-z0-9._]+/g, '-')
      .replace(/[._-]+/g, (run) => (/[._]/.test(run) ? (run[0] ?? '-') : run))
      .replace(/^[._-]+|(?<![._-])[._-]+$/g, '') || 'image'
  );
}

/** A version as a tag: `+` of local versions is not allowed in tags. */
export function imageTag(version: string | undefined): string {
  return version?.replace(/[^\w.-]+/g, '-').replace(/^[.-]+/, '') || 'latest';
}

/** The page where a pushed image is seen, for the registries that have one. */
export function packagePage(ref: string): string | undefined {
  const { repository, registry } = parseReference(ref);
  const path = registry ? repository.slice(registry.length + 1).split('/') : repository.split('/');
  if (registry === 'ghcr.io' && path.length >= 2) {
    return `https://github.com/${path[0]}/${path[1]}/pkgs/container/${path.slice(1).join('%2F')}`;
  }
  return !registry && path.length === 2 ? `https://hub.docker.com/r/${path.join('/')}` : undefined;
}

export type Repository = { readonly name: string; readonly tags: readonly TaggedImage[] };
export type TaggedImage = {
  readonly ref: string;
  readonly tag: string;
  readonly image: ImageDetails;
  readonly sameAs?: string;
  readonly digest?: string;
};

/** Images by repository; within one the newest first, and `latest` before other tags of the same image. */
export function groupImages(images: readonly ImageDetails[]): {
  repositories: readonly Repository[];
  untagged: readonly ImageDetails[];
} {
  type Group = { readonly tags: TaggedImage[]; readonly firstTags: Map<string, string> };
  const byName = new Map<string, Group>();
  // By seconds, as the list tells them, so that those of one second stand alike from the first rows on.
  const seconds = ({ created }: ImageDetails) => Math.floor((created?.getTime() ?? 0) / 1000);
  const nameOf = ({ tags, id }: ImageDetails) => tags[0] ?? id;
  const newestFirst = images.toSorted(
    (a, b) => seconds(b) - seconds(a) || nameOf(a).localeCompare(nameOf(b)),
  );
  for (const image of newestFirst) {
    for (const ref of image.tags.toSorted(
      (a, b) => Number(b.endsWith(':latest')) - Number(a.endsWith(':latest')),
    )) {
      const { repository, tag = 'latest' } = parseReference(ref);
      const group: Group = byName.get(repository) ?? { tags: [], firstTags: new Map() };
      const sameAs = group.firstTags.get(image.id);
      if (sameAs === undefined) group.firstTags.set(image.id, tag);
      const digest = image.digests.find((digest) => digest.startsWith(`${repository}@`))?.split('@')[1];
      group.tags.push({ ref, tag, image, sameAs, digest });
      byName.set(repository, group);
    }
  }
  const repositories = [...byName].map(([name, { tags }]) => ({ name, tags }));
  repositories.sort((a, b) => a.name.localeCompare(b.name));
  return { repositories, untagged: newestFirst.filter(({ tags }) => !tags.length) };
}

/** `bikes-1`, `bikes-2`, …: the first that no container has. */
export function containerName(image: string, taken: readonly string[]): string {
  const base = imageName(parseReference(image).repository.split('/').at(-1) ?? '');
  const names = new Set(taken);
  for (let number = 1; ; number++) if (!names.has(`${base}-${number}`)) return `${base}-${number}`;
}

/** Each name of an image, and each that has none. */
export function imageChoices(images: readonly ImageDetails[], now = new Date()): readonly Choice[] {
  return images.flatMap(({ id, tags, bytes, created }) => {
    const words = [
      tags.length ? undefined : l10n.t('untagged'),
      formatBytes(bytes),
      created && formatAge(created, now),
    ];
    const description = words.filter(Boolean).join(' · ');
    return (tags.length ? tags : [id]).map((ref) => ({ label: shortImage(ref), description, value: ref }));
  });
}
