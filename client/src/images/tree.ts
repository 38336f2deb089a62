import * as l10n from '@vscode/l10n';
import { images } from '../engine/images.ts';
import { type ContainerUse, uses } from '../engine/uses.ts';
import type { ImageDetails } from '../runtime/image-commands.ts';
import type { ArrangeNodes } from '../ui/arrange.ts';
import { code, facts, joined, type Markdown, plain } from '../ui/plain-text.ts';
import type { LoadNodes, Node } from '../ui/tree.ts';
import { formatAge, formatBytes, formatUsers } from '../ui/words.ts';
import type { Workbench } from '../ui/workbench.ts';
import type { NamedImage } from './arrange.ts';
import type { BelowImage } from './layers/nodes.ts';
import { groupImages } from './model.ts';
import { usersOf } from './uses.ts';

/** What commands on images work with: a tag, or the id where there is none. */
export type ImageValue = { readonly ref: string };

/** The nodes of the view; after events only images that are new are asked for. */
export function imageNodes(
  { resources, engine }: Pick<Workbench, 'resources' | 'engine'>,
  arrange: ArrangeNodes<NamedImage>,
  below?: BelowImage,
): LoadNodes {
  const draw = async (all: readonly ImageDetails[], used: readonly ContainerUse[]) => {
    const { platform } = await engine.get();
    const users = usersOf(used);
    return arrange(rowsOf(all), (row, isGrouped) =>
      nodeOf(row, users(row.image), isGrouped, platform, below),
    );
  };
  return async (_events, later) => {
    // Images are shown even where nobody tells who uses them, and before many containers are told of.
    const used = resources.all(uses).catch(() => []);
    if (!later) return draw(await resources.all(images), await used);
    const { things, rest } = await resources.first(images);
    later(Promise.all([rest ?? things, used]).then(([all, them]) => draw(all, them)));
    return draw(things, []);
  };
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
  users: readonly ContainerUse[],
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
      users.length > 0 && formatUsers(users.length),
      image.platform === native ? undefined : image.platform,
      tagged?.digest && l10n.t('digest {0}', shortId(tagged.digest)),
    ]
      .filter(Boolean)
      .join(' · '),
    tooltip: describeImage(image, ref, users),
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
function describeImage(image: ImageDetails, ref: string, users: readonly ContainerUse[]): Markdown {
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
        [
          l10n.t('Used by'),
          users.length ? names(users.map(({ name }) => name)) : plain(l10n.t('no container')),
        ],
        // In whichever repositories they are.
        [l10n.t('Same image as'), names(image.tags.filter((tag) => tag !== ref))],
      ]),
    ],
    '\n\n',
  );
}

/** An image may have a thousand names, and each of its rows this tooltip. */
function names(all: readonly string[]): Markdown {
  const more = all.length - mostNames;
  const shown = all.slice(0, mostNames).map((name) => code(name));
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
