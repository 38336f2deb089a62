import * as l10n from '@vscode/l10n';
import { type EngineUser, overHttp } from '../engine/connection.ts';
import { readImages } from '../engine/reads.ts';
import { type ImageDetails, inspectImages, listImageIds } from '../runtime/image-commands.ts';
import { code, facts, joined, plain } from '../ui/plain-text.ts';
import type { LoadNodes, Node } from '../ui/tree.ts';
import { formatAge, formatBytes } from '../ui/words.ts';
import type { BelowImage } from './layers/nodes.ts';
import { groupImages, type TaggedImage } from './model.ts';

/** What commands on images work with: a tag, or the id where there is none. */
export type ImageValue = { readonly ref: string };

export async function listImages(
  workbench: EngineUser,
  known?: ReadonlyMap<string, ImageDetails>,
): Promise<readonly ImageDetails[]> {
  const images = await overHttp(workbench, (http) => readImages(http, known));
  if (images) return images;
  const engine = await workbench.engine.get();
  const facts = { step: l10n.t('Listing the images'), tool: 'engine' } as const;
  const ids = await workbench.run(await listImageIds(engine), facts);
  // One call for all: a call for each made a refresh take seconds (microsoft/vscode-docker#3779).
  return ids.length ? workbench.run(await inspectImages(engine, ids), facts) : [];
}

/** The nodes of the view. After events only images that are new are asked for. */
export function imageNodes(workbench: EngineUser, below?: BelowImage): LoadNodes {
  let known = new Map<string, ImageDetails>();
  return async (events) => {
    const images = await listImages(workbench, events && known);
    known = new Map(images.map((image) => [image.id, image]));
    return nodesOf(images, below);
  };
}

function nodesOf(images: readonly ImageDetails[], below: BelowImage | undefined): readonly Node[] {
  const { repositories, untagged } = groupImages(images);
  const nodes: Node[] = repositories.map(({ name, tags }) => ({
    id: `repository:${name}`,
    label: name,
    icon: 'repo',
    context: ';repository;',
    children: tags.map((tagged) => tagNode(tagged, below)),
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
        imageNode(image, { ref: image.id }, shortId(image.id), `image:${image.id}`, below),
      ),
    });
  }
  return nodes;
}

function tagNode(tagged: TaggedImage, below: BelowImage | undefined): Node {
  const node = imageNode(tagged.image, { ref: tagged.ref }, tagged.tag, `tag:${tagged.ref}`, below);
  const described = tagged.sameAs ? l10n.t('same image as {0}', tagged.sameAs) : node.description;
  const digest = tagged.digest ? l10n.t('digest {0}', shortId(tagged.digest)) : undefined;
  return { ...node, description: [described, digest].filter(Boolean).join(' · '), context: ';image;tagged;' };
}

function imageNode(
  image: ImageDetails,
  value: ImageValue,
  label: string,
  id: string,
  below: BelowImage | undefined,
): Node {
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
    children: below && (() => below(image.id, id)),
  };
}

export function shortId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 12);
}
