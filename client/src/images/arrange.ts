// How the images of the view can stand: by the names that they have, as an image may have several, or none.
import { t } from '@vscode/l10n';
import type { ImageDetails } from '../runtime/image-commands.ts';
import { byDate, byText, type Facets, type Group, type Sum } from '../ui/arrange.ts';
import { code, facts, joined, plain } from '../ui/plain-text.ts';
import { formatBytes } from '../ui/words.ts';
import type { TaggedImage } from './model.ts';

/** A row of the view. */
export type NamedImage = {
  readonly image: ImageDetails;
  /** Nothing of an image without a name. */
  readonly tagged?: TaggedImage;
  readonly repository?: string;
};

export function imageFacets(): Facets<NamedImage> {
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
    sum: sumOf,
  };
}

/** `3 images · 412 MB`. Layers that they share are counted for each, as the engine does. */
function sumOf(rows: readonly NamedImage[], { label }: Group): Sum {
  const images = new Map(rows.map(({ image }) => [image.id, image.bytes]));
  const bytes = [...images.values()].reduce((sum, one) => sum + one, 0);
  const counted = images.size === 1 ? t('1 image') : t('{0} images', images.size);
  const told = facts([
    [t('Images'), plain(String(images.size))],
    [t('Names'), plain(String(rows.filter(({ tagged }) => tagged).length))],
    [
      t('Size'),
      plain(
        images.size === 1
          ? formatBytes(bytes)
          : t('{0} together; layers that they share are counted for each', formatBytes(bytes)),
      ),
    ],
  ]);
  return {
    description: `${counted} · ${formatBytes(bytes)}`,
    tooltip: joined([code(label), told], '\n\n'),
  };
}
