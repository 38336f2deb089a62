// The containers of an image, stopped ones included.
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { containers } from '../engine/containers.ts';
import { images } from '../engine/images.ts';
import type { ContainerUse } from '../engine/uses.ts';
import { inspectContainers } from '../runtime/container-commands.ts';
import { failed } from '../runtime/failures.ts';
import { type ImageDetails, inspectImages } from '../runtime/image-commands.ts';
import { readInspectedRun } from '../runtime/inspected-run.ts';
import { ask } from '../ui/pickers.ts';
import type { Tree } from '../ui/tree.ts';
import { vouch } from '../ui/vouched.ts';
import type { Workbench } from '../ui/workbench.ts';
import { imagePatterns } from './failures.ts';
import { chooseRef, containerRef } from './recreate.ts';

const bare = (id: string) => id.replace(/^sha256:/, '');

/** Who uses an image. Containers of nerdctl tell its name in place of its id. */
export function usersOf(
  uses: readonly ContainerUse[],
): (image: Pick<ImageDetails, 'id' | 'tags'>) => readonly ContainerUse[] {
  const byId = Map.groupBy(uses, ({ image }) => image);
  const named = uses.filter(({ image }) => image && !/^[0-9a-f]{12,}$/.test(image));
  return ({ id, tags }) => [
    ...(byId.get(bare(id)) ?? []),
    ...named.filter(({ image }) => tags.some((tag) => image === tag || image.endsWith(`/${tag}`))),
  ];
}

/** Shows the image of a container in the view of images, under the name that it was run by where it has that still. */
export async function revealImageOf(
  workbench: Workbench,
  tree: Pick<Tree, 'reveal'>,
  argument: unknown,
): Promise<{ ref: string } | undefined> {
  const container = containerRef(argument) ?? (await chooseRef(workbench, l10n.t('Show Image of Container')));
  if (container === undefined) return undefined;
  const step = l10n.t('Inspecting {0}', container);
  const facts = { step, tool: 'engine', patterns: imagePatterns } as const;
  const engine = await workbench.engine.get();
  const [made] = await workbench.run(await inspectContainers(engine, [container]), facts);
  if (!made) return undefined;
  const all = await workbench.resources.all(images);
  const image =
    all.find(({ id }) => bare(id) === bare(made.imageId ?? '-')) ??
    (engine.nerdctl && all.find(({ tags }) => tags.some((tag) => isSame(made.image, tag))));
  if (!image)
    throw failed({
      id: 'image-gone',
      message: l10n.t('The image of {0} is not here any more.', made.name),
      remedy: l10n.t('Pull {0} to have it again.', made.image),
      action: {
        label: l10n.t('Pull'),
        command: 'wheelhouse.images.pull',
        arguments: [{ image: made.image }],
      },
    });
  const tag = image.tags.find((tag) => isSame(made.image, tag)) ?? image.tags[0];
  await vscode.commands.executeCommand('wheelhouse.images.focus');
  await tree.reveal(tag === undefined ? `image:${image.id}` : `tag:${tag}`);
  return { ref: tag ?? image.id };
}

/** Podman tells whole names, and somebody may have typed one without its tag. */
const isSame = (said: string, tag: string) =>
  [tag, tag.replace(/:latest$/, '')].some((name) => said === name || said.endsWith(`/${name}`));

/** Lists them to pick one, which is then shown in the view of containers. */
export async function showUses(
  workbench: Workbench,
  ref: string,
): Promise<{ containers: readonly string[] }> {
  const engine = await workbench.engine.get();
  const step = l10n.t('Looking for the containers of {0}', ref);
  const facts = { step, tool: 'engine', image: ref, patterns: imagePatterns } as const;
  const [image] = await workbench.run(await inspectImages(engine, [ref]), facts);
  const all = await workbench.resources.all(containers);
  const isOf = (used: string) =>
    engine.nerdctl
      ? image?.tags.some((tag) => used === tag || used.endsWith(`/${tag}`))
      : bare(used) === bare(image?.id ?? '-');
  const mine = all.filter(({ raw }) => isOf(readInspectedRun(raw).Image ?? ''));
  if (!mine.length)
    throw failed({
      id: 'image-unused',
      message: l10n.t('No container uses {0}.', ref),
      remedy: l10n.t('It can be removed, or run.'),
      action: { label: l10n.t('Run'), command: 'wheelhouse.images.run', arguments: [{ ref }] },
    });
  const choices = mine.map(({ id, name, status }) => ({ label: name, description: status, value: id }));
  const answers = await ask(l10n.t('Containers of {0}', ref), [
    () => ({ key: 'id', kind: 'pick', title: l10n.t('Container'), choices }),
  ]);
  if (answers)
    await vscode.commands.executeCommand('wheelhouse.containers.reveal', vouch({ container: answers.id }));
  return { containers: mine.map(({ name }) => name) };
}
