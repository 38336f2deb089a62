// How the images of the view can stand: by the names that they have, as an image may have several, or none.
import { t } from '@vscode/l10n';
import type { ImageDetails } from '../runtime/image-commands.ts';
import { byDate, byText, type Facets, type Group, type Sum } from '../ui/arrange.ts';
import { code, facts, joined, plain } from '../ui/plain-text.ts';
import { formatBytes } from '../ui/words.ts';
import type { TaggedImage } from './model.ts';
import { layersOf, type Together } from './together.ts';

/** A row of the view. */
export type NamedImage = {
  readonly image: ImageDetails;
  /** Nothing of an image without a name. */
  readonly tagged?: TaggedImage;
  readonly repository?: string;
};

export function imageFacets(): Facets<NamedImage> {
  /** For all heads of one drawing. */
  const known = new WeakMap<readonly NamedImage[], ReturnType<typeof layersOf>>();
  return {
    things: t('images'),
    sorts: {
      // Within a repository as they come, the newest first: names of tags have no order.
      name: {
        title: t('Sort by Name'),
        said: t('by name'),
        compare: (a, b) =>
          Number(!a.repository) - Number(!b.repository) || byText(a.repository ?? '', b.repository ?? ''),
      },
      newest: {
        title: t('Sort by Age, Newest First'),
        said: t('newest first'),
        compare: (a, b) => byDate(a.image.created, b.image.created),
      },
      size: {
        title: t('Sort by Size, Largest First'),
        said: t('largest first'),
        compare: (a, b) => b.image.bytes - a.image.bytes,
      },
    },
    groups: {
      repository: {
        title: t('Group by Repository'),
        said: t('by repository'),
        of: ({ repository }) =>
          repository === undefined
            ? {
                id: 'untagged',
                label: t('<untagged>'),
                icon: 'circle-slash',
                rank: 1,
                flags: 'untagged;',
                collapsed: true,
              }
            : {
                id: `repository:${repository}`,
                label: repository,
                icon: 'repo',
                longest: 26,
                flags: 'repository;',
              },
      },
      none: { title: t('Do Not Group'), said: t('not grouped'), of: () => undefined },
    },
    sum(rows, group, all) {
      const together = known.get(all) ?? layersOf(all.map(({ image }) => image));
      known.set(all, together);
      return sumOf(rows, group, together(rows.map(({ image }) => image)));
    },
  };
}

/** `3 images · 412 MB`, or `3 images · up to 412 MB` where they share layers whose size is not known. */
function sumOf(rows: readonly NamedImage[], { label }: Group, { bytes, isExact, share }: Together): Sum {
  const count = new Set(rows.map(({ image }) => image.id)).size;
  const counted = count === 1 ? t('1 image') : t('{0} images', count);
  const size = isExact ? formatBytes(bytes) : t('up to {0}', formatBytes(bytes));
  const words = !isExact
    ? t('{0} together; how large the layers are that they share is not known', size)
    : share
      ? t('{0} together, with the layers that they share once', size)
      : t('{0} together', size);
  const told = facts([
    [t('Images'), plain(String(count))],
    [t('Names'), plain(String(rows.filter(({ tagged }) => tagged).length))],
    [t('Size'), plain(count === 1 ? size : words)],
  ]);
  return {
    description: `${counted} · ${size}`,
    tooltip: joined([code(label), told], '\n\n'),
  };
}
