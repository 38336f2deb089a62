// Which containers a command is for: those of the tree, the one named beforehand, else the one picked.

import { t } from '@vscode/l10n';
import { containers } from '../engine/containers.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import { type Failure, failed } from '../runtime/failures.ts';
import { asksBeforeRemoval, stopAskingBeforeRemoval } from '../settings/settings.ts';
import { containerGone, noContainer } from '../ui/container-failures.ts';
import { meantOnes } from '../ui/members.ts';
import { ask } from '../ui/pickers.ts';
import { asText } from '../ui/plain-text.ts';
import { choose, confirm } from '../ui/say.ts';
import { isNode } from '../ui/tree.ts';
import type { Workbench } from '../ui/workbench.ts';
import { findContainer, inOrder, stateWords } from './model.ts';
import type { ContainerValue } from './tree.ts';

/** What every command on containers takes instead of a tree node. */
export type ContainerRequest = {
  /** Name or id. */ readonly container: string;
};

export type Wanted = {
  readonly title: string;
  readonly fits?: (container: ContainerDetails) => boolean;
  /** Said when containers are named and none of them fits. */
  readonly unfit?: (name: string) => Failure;
  /** Asks even if there is only one to pick. */
  readonly always?: boolean;
};

export async function chooseContainers(
  workbench: Workbench,
  wanted: Wanted,
  argument: unknown,
  selection?: unknown,
): Promise<readonly ContainerDetails[] | undefined> {
  const { fits = () => true } = wanted;
  const refs = named(argument, selection);
  // A row that is no container.
  if (!refs.length && isNode(argument)) return undefined;
  if (refs.length) {
    const now = await workbench.resources.now(containers, (all) =>
      refs.map((ref) => findContainer(all, ref)),
    );
    const found = refs.map((ref, index) => {
      const container = now[index];
      if (!container) throw failed(containerGone(nameOf(argument) ?? ref.slice(0, 12)));
      return container;
    });
    const fitting = found.filter(fits);
    if (!fitting.length && wanted.unfit) throw failed(wanted.unfit(found[0]?.name ?? ''));
    return fitting;
  }
  const candidates = inOrder(await workbench.resources.all(containers)).filter(fits);
  if (!candidates.length) throw failed(noContainer());
  if (candidates.length === 1 && !wanted.always) return candidates;
  const choices = candidates.map((container) => ({
    label: container.name,
    description: stateWords(container),
    detail: container.image,
    value: container.id,
  }));
  const answers = await ask(wanted.title, [
    () => ({ key: 'container', kind: 'pick', title: t('Container'), choices }),
  ]);
  return answers && candidates.filter(({ id }) => id === answers.container);
}

export async function chooseContainer(
  ...choice: Parameters<typeof chooseContainers>
): Promise<ContainerDetails | undefined> {
  return (await chooseContainers(...choice))?.[0];
}

function named(argument: unknown, selection: unknown): readonly string[] {
  return meantOnes(argument, selection).flatMap((given: unknown) => {
    const value = isNode(given) ? (given.value as ContainerValue | undefined) : (given as ContainerRequest);
    return typeof value?.container === 'string' ? [value.container] : [];
  });
}

function nameOf(argument: unknown): string | undefined {
  return isNode(argument) ? argument.label : undefined;
}

/**
 * Whether to go on. Only a modal question is certain to be seen before something is lost.
 * @param image that nothing else uses, which can go as well: the answer is `image` then
 */
export async function confirmRemoval(
  containers: readonly ContainerDetails[],
  running: number,
  isAgreed: boolean,
  image?: string,
): Promise<boolean | 'image'> {
  const [first, ...others] = containers;
  const isSingle = !running && !others.length;
  if (isSingle && (isAgreed || !asksBeforeRemoval())) return true;
  const question = others.length
    ? running
      ? t('Remove {0} containers, {1} of them running?', containers.length, running)
      : t('Remove {0} containers?', containers.length)
    : running
      ? t('{0} is running. Stop and remove it?', first?.name ?? '')
      : t('Remove the container {0}?', first?.name ?? '');
  const detail = others.length
    ? t(
        '{0}\n\nWhat they wrote outside of their mounts is lost.',
        containers.map(({ name }) => asText(name)).join(', '),
      )
    : t('What it wrote outside of its mounts is lost.');
  const withImage = image === undefined ? [] : [t('Remove It and Its Image')];
  if (!isSingle && !withImage.length) return confirm(question, detail, t('Remove'));
  const unasked = isSingle ? [t('Remove, and Do Not Ask Again')] : [];
  const more =
    image === undefined ? '' : t('Nothing else uses its image {0}, which can go as well.', asText(image));
  const said = [detail, more].filter(Boolean).join('\n\n');
  const answer = await choose(question, said, t('Remove'), ...unasked, ...withImage);
  if (answer !== undefined && unasked.includes(answer)) await stopAskingBeforeRemoval();
  return answer !== undefined && withImage.includes(answer) ? 'image' : answer !== undefined;
}
