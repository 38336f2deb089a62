import * as l10n from '@vscode/l10n';
import { images } from '../engine/images.ts';
import type { ImageDetails } from '../runtime/image-commands.ts';
import { code, facts, joined, plain } from '../ui/plain-text.ts';
import type { LoadNodes, Node } from '../ui/tree.ts';
import { formatAge, formatBytes } from '../ui/words.ts';
import type { Workbench } from '../ui/workbench.ts';
import { groupImages, type TaggedImage } from './model.ts';

/** What commands on images work with: a tag, or the id where there is none. */
export type ImageValue = { readonly ref: string };

/** The nodes of the view; after events only images that are new are asked for. */
export function imageNodes({ resources }: Pick<Workbench, 'resources'>): LoadNodes {
  return async () => nodesOf(await resources.all(images));
}

function nodesOf(images: readonly ImageDetails[]): readonly Node[] {
  const { repositories, untagged } = groupImages(images);
  const nodes: Node[] = repositories.map(({ name, tags }) => ({
    id: `repository:${name}`,
    label: name,
    icon: 'repo',
    context: ';repository;',
    children: tags.map(tagNode),
  }));
  if (untagged.length) {
    nodes.push({
      id: 'untagged',
      label: l10n.t('<untagged> ({0})', untagged.length),
      description: formatBytes(untagged.reduce((sum, { bytes }) => sum + bytes, 0)),
      icon: 'circle-slash',
      context: ';untagged;',
      collapsed: true,
      children: untagged.map((image) =>
        imageNode(image, { ref: image.id }, shortId(image.id), `image:${image.id}`),
      ),
    });
  }
  return nodes;
}

function tagNode(tagged: TaggedImage): Node {
  const node = imageNode(tagged.image, { ref: tagged.ref }, tagged.tag, `tag:${tagged.ref}`);
  const described = tagged.sameAs ? l10n.t('same image as {0}', tagged.sameAs) : node.description;
  const digest = tagged.digest ? l10n.t('digest {0}', shortId(tagged.digest)) : undefined;
  return { ...node, description: [described, digest].filter(Boolean).join(' · '), context: ';image;tagged;' };
}

function imageNode(image: ImageDetails, value: ImageValue, label: string, id: string): Node {
  const age = image.created && formatAge(image.created);
  return {
    id,
    label,
    description: [formatBytes(image.bytes), age, image.platform].filter(Boolean).join(' · '),
    tooltip: joined(
      [
        code(value.ref),
        facts([
          [l10n.t('Id'), code(image.id)],
          ...image.digests.map((digest) => [l10n.t('Digest'), code(digest)] as const),
          [l10n.t('Platform'), plain(image.platform)],
          [l10n.t('Ports'), plain(image.ports.join(', '))],
        ]),
      ],
      '\n\n',
    ),
    icon: 'layers',
    context: ';image;',
    value,
  };
}

export function shortId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 12);
}
