// Images go with the containers that use them, where the person says so.
import * as l10n from '@vscode/l10n';
import { images } from '../engine/images.ts';
import { type ContainerUse, uses } from '../engine/uses.ts';
import { listContainers, removeContainers } from '../runtime/container-commands.ts';
import { failed, failureOf } from '../runtime/failures.ts';
import { type ImageDetails, removeImages } from '../runtime/image-commands.ts';
import type { RunFacts } from '../ui/jobs.ts';
import { asText } from '../ui/plain-text.ts';
import { choose } from '../ui/say.ts';
import { shortImage } from '../ui/short.ts';
import type { Workbench } from '../ui/workbench.ts';
import { imagePatterns, usedBy } from './failures.ts';
import { usersOf } from './uses.ts';

export type Removed = { readonly ref: string; readonly refs: readonly string[] };

const mostNames = 5;

export async function remove(
  workbench: Workbench,
  refs: readonly string[],
  agreed: boolean,
): Promise<Removed | undefined> {
  const plan = agreed ? { refs, users: [] } : await agreedOn(workbench, refs);
  if (!plan) return undefined;
  const engine = await workbench.engine.get();
  const [ref = ''] = plan.refs;
  const facts: RunFacts = {
    step: l10n.t('Removing {0}', plan.refs.map(shortImage).join(', ')),
    tool: 'engine',
    image: ref,
    patterns: imagePatterns,
  };
  try {
    const ids = plan.users.map(({ id }) => id);
    const isActive = plan.users.some(({ active }) => active);
    if (ids.length) await workbench.run(await removeContainers(engine, ids, isActive), facts);
    await workbench.run(await removeImages(engine, plan.refs, false), facts);
  } catch (error) {
    throw await namingUser(workbench, error);
  } finally {
    // Of several, those before the one that failed are gone.
    workbench.changed('image');
    if (plan.users.length) workbench.changed('container');
  }
  return { ref, refs: plan.refs };
}

type Plan = { readonly refs: readonly string[]; readonly users: readonly ContainerUse[] };

async function agreedOn(workbench: Workbench, refs: readonly string[]): Promise<Plan | undefined> {
  const [ref = '', ...others] = refs;
  const all = await workbench.resources.all(images).catch(() => []);
  const used = await usedRefs(workbench, all, refs);
  const users = [...new Map([...used.values()].flat().map((user) => [user.id, user])).values()];
  const question = others.length
    ? l10n.t('Remove {0} images?', refs.length)
    : l10n.t('Remove the image {0}?', shortImage(ref));
  // Of an id no name is left.
  const kept = others.length
    ? undefined
    : all.find(({ tags }) => tags.includes(ref))?.tags.find((tag) => tag !== ref);
  const detail = [
    others.length ? refs.map(shortImage).join(', ') : '',
    users.length ? usedWords(users) : '',
    kept === undefined
      ? l10n.t(
          'Layers that no other image uses are deleted from this machine; what was pushed stays in its registry.',
        )
      : l10n.t('Only this name goes; the image stays as {0}.', kept),
    users.length ? l10n.t('What a container wrote outside of its mounts is lost with it.') : '',
  ]
    .filter(Boolean)
    .join('\n\n');
  const unused = refs.filter((each) => !used.has(each));
  const [only, ...more] = users;
  const together = more.length
    ? l10n.t('Remove with {0} Containers', users.length)
    : l10n.t('Remove with {0}', asText(only?.name ?? '', 60));
  const rest = l10n.t('Remove Unused Only ({0})', unused.length);
  const answers = users.length ? [...(unused.length ? [rest] : []), together] : [l10n.t('Remove')];
  const answer = await choose(question, detail, ...answers);
  if (answer === undefined) return undefined;
  return answer === rest && users.length ? { refs: unused, users: [] } : { refs, users };
}

function usedWords(users: readonly ContainerUse[]): string {
  const words = users
    .slice(0, mostNames)
    .map(({ name, active }) => (active ? l10n.t('{0} (running)', asText(name)) : asText(name)));
  const more = users.length - words.length;
  const listed = more ? l10n.t('{0} and {1} more', words.join(', '), more) : words.join(', ');
  return users.length === 1
    ? l10n.t('The container {0} uses it, and has to go first.', listed)
    : l10n.t('These containers use what goes, and have to go first: {0}.', listed);
}

/** The names whose image goes, as no other name of it is left, with the containers that hold it. */
async function usedRefs(
  workbench: Workbench,
  all: readonly ImageDetails[],
  refs: readonly string[],
): Promise<ReadonlyMap<string, readonly ContainerUse[]>> {
  const users = usersOf(await workbench.resources.all(uses).catch(() => []));
  const isNamed = (image: ImageDetails, ref: string) =>
    image.tags.includes(ref) || image.id === ref || image.id === `sha256:${ref}`;
  return new Map(
    all
      .filter(
        (image) =>
          refs.some((ref) => isNamed(image, ref) && !image.tags.includes(ref)) ||
          (image.tags.length > 0 && image.tags.every((tag) => refs.includes(tag))),
      )
      .flatMap((image) => {
        const own = users(image);
        return own.length ? refs.filter((ref) => isNamed(image, ref)).map((ref) => [ref, own] as const) : [];
      }),
  );
}

/** Engines name the container by its id. */
async function namingUser(workbench: Workbench, error: unknown): Promise<unknown> {
  const failure = failureOf(error);
  const [request] = (failure?.id === 'image-in-use' ? failure.action?.arguments : undefined) ?? [];
  const id = (request as { container?: string } | undefined)?.container;
  if (!failure || !id) return error;
  const step = l10n.t('Listing the containers');
  const list = await listContainers(await workbench.engine.get());
  const all = await workbench.run(list, { step, tool: 'engine' }).catch(() => []);
  const user = all.find((each) => each.id.startsWith(id) || id.startsWith(each.id));
  return user ? failed({ ...failure, ...usedBy(user) }) : error;
}
