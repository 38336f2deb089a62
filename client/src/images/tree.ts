import * as l10n from '@vscode/l10n';
import { images } from '../engine/images.ts';
import type { ImageDetails } from '../runtime/image-commands.ts';
import type { ArrangeNodes } from '../ui/arrange.ts';
import { firstRows } from '../ui/first-rows.ts';
import { code, facts, joined, type Markdown, plain } from '../ui/plain-text.ts';
import type { LoadNodes, Node } from '../ui/tree.ts';
import { formatAge, formatBytes } from '../ui/words.ts';
import type { Workbench } from '../ui/workbench.ts';
import type { NamedImage } from './arrange.ts';
import type { BelowImage } from './layers/nodes.ts';
import { groupImages } from './model.ts';

/** What commands on images work with: a tag, or the id where there is none. */
export type ImageValue = { readonly ref: string };

/** The nodes of the view; after events only images that are new are asked for. */
export function imageNodes(
  { resources, engine }: Pick<Workbench, 'resources' | 'engine'>,
  arrange: ArrangeNodes<NamedImage>,
  below?: BelowImage,
): LoadNodes {
  return (_events, later) =>
    firstRows(resources, images, later, async (all) => {
      const { platform } = await engine.get();
      return arrange(rowsOf(all), (row, isGrouped) => nodeOf(row, isGrouped, platform, below));
    });
}

function rowsOf(images: readonly ImageDetails[]): readonly NamedImage[] {
  const { repositories, untagged } = groupImages(images);
  return [
    ...repositories.flatMap(({ name, tags }) =>
      tags.map((tagged) => ({ image: tagged.image, tagged, repository: name })),
    ),
    ...untagged.map((image) => ({ image })),
  ];
}

const mostNames = 20;
const mostDigests = 5;

/** Letters that leave room for the size in a sidebar of 300 pixels. */
const longest = { grouped: 20, alone: 24 };

function nodeOf(
  { image, tagged }: NamedImage,
  isGrouped: boolean,
  native: string,
  below: BelowImage | undefined,
): Node {
  const { ref, tag, sameAs } = tagged ?? { ref: image.id, tag: shortId(image.id), sameAs: undefined };
  return {
    id: tagged ? `tag:${ref}` : `image:${image.id}`,
    label: isGrouped || !tagged ? tag : ref,
    longest: isGrouped ? longest.grouped : longest.alone,
    description: [
      formatBytes(image.bytes),
      sameAs === undefined ? image.created && formatAge(image.created) : l10n.t('same image as {0}', sameAs),
      image.platform === native ? undefined : image.platform,
      tagged?.digest && l10n.t('digest {0}', shortId(tagged.digest)),
    ]
      .filter(Boolean)
      .join(' · '),
    tooltip: describeImage(image, ref),
    icon: 'layers',
    context: tagged ? ';image;tagged;' : ';image;',
    value: { ref } satisfies ImageValue,
    children:
      below &&
      (() =>
        below(
          { id: image.id, name: tagged ? ref : shortId(image.id), bytes: image.bytes },
          tagged ? `tag:${ref}` : `image:${image.id}`,
        )),
  };
}

/** What the row has no room for. Ids and digests are cut: with all their 64 digits they cover the rows below. */
function describeImage(image: ImageDetails, ref: string): Markdown {
  const created = image.created;
  return joined(
    [
      code(ref.startsWith('sha256:') ? shortId(ref) : ref),
      facts([
        [l10n.t('Size'), plain(formatBytes(image.bytes))],
        [
          l10n.t('Created'),
          created && plain(`${formatAge(created)} (${created.toISOString().slice(0, 10)})`),
        ],
        [l10n.t('Id'), code(shortId(image.id))],
        ...image.digests
          .slice(0, mostDigests)
          .map((digest) => [l10n.t('Digest'), code(shortDigest(digest))] as const),
        [l10n.t('Platform'), plain(image.platform)],
        [l10n.t('Ports'), plain(image.ports.join(', '))],
        [l10n.t('Other names'), otherNames(image.tags, ref)],
      ]),
    ],
    '\n\n',
  );
}

/** An image may have a thousand names, and each of its rows this tooltip. */
function otherNames(tags: readonly string[], ref: string): Markdown {
  const others = tags.filter((tag) => tag !== ref);
  const more = others.length - mostNames;
  const shown = others.slice(0, mostNames).map((tag) => code(tag));
  return joined([...shown, ...(more > 0 ? [plain(l10n.t('and {0} more', more))] : [])], ', ');
}

/** `ghcr.io/owner/bikes@sha256:0123456789ab…`. */
function shortDigest(digest: string): string {
  const at = digest.indexOf('sha256:');
  return at < 0 ? digest : `${digest.slice(0, at + 'sha256:'.length + 12)}…`;
}

export function shortId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 12);
}
