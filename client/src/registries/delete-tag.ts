// Deletes a tag of a registry, with all that goes with it: registries delete what a tag stands for, not the tag.
import { t } from '@vscode/l10n';
import { failed } from '../runtime/failures.ts';
import type { RegistryApi } from '../runtime/registry-api.ts';
import { confirm } from '../ui/say.ts';
import { listNames } from '../ui/words.ts';
import { notDeleted, stillThere } from './failures.ts';
import { leadsToImage } from './manifest.ts';
import { type RemoteTag, referenceOf } from './model.ts';

/** Of one repository; each is a question to the registry. */
const mostLookedAt = 500;
const atOnce = 8;

export type Fate = {
  readonly digest: string;
  /** Other tags of the same manifest, which go with it. */
  readonly same: readonly string[];
  /** Tags of lists that it is a part of, which are then incomplete. */
  readonly lists: readonly string[];
  /** So many were not looked at; undefined where the registry does not list the tags, or more than are read. */
  readonly unknown: number | undefined;
};

export async function fateOf(
  api: RegistryApi,
  { repository, tag }: Omit<RemoteTag, 'registry'>,
): Promise<Fate | 'missing' | 'denied'> {
  const digest = await api.digest(repository, tag);
  if (digest === 'missing' || digest === 'denied') return digest;
  const listed = await api.tags(repository);
  const others = typeof listed === 'string' ? [] : [...new Set(listed)].filter((other) => other !== tag);
  const waiting = others.slice(0, mostLookedAt);
  const same: string[] = [];
  const lists: string[] = [];
  let unknown = others.length - waiting.length;
  const lookAtNext = async () => {
    for (let other = waiting.shift(); other !== undefined; other = waiting.shift()) {
      const found = await api.manifest(repository, other);
      if (found === 'missing') continue;
      if (found === 'denied' || !found.digest) unknown++;
      else if (found.digest === digest) same.push(other);
      else if (leadsToImage(found.content, digest)) lists.push(other);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lookAtNext));
  return {
    digest,
    same: same.toSorted(),
    lists: lists.toSorted(),
    unknown: typeof listed === 'string' || listed.areCut ? undefined : unknown,
  };
}

export function confirmDeletion({ registry, repository, tag }: RemoteTag, fate: Fate): Promise<boolean> {
  const question = t('Delete {0} from {1}?', `${repository}:${tag}`, registry);
  const yes = fate.same.length ? t('Delete {0} Tags', fate.same.length + 1) : t('Delete');
  return confirm(question, fateWords(fate), yes);
}

export function fateWords({ same, lists, unknown }: Fate): string {
  const [only = ''] = same;
  const together =
    same.length > 1
      ? t('{0} other tags are of the same image and go with it: {1}', same.length, listNames(same))
      : t('Another tag is of the same image and goes with it: {0}', only);
  return [
    same.length ? together : '',
    lists.length
      ? t('These tags have it for one of their platforms, and lose that: {0}', listNames(lists))
      : '',
    unknown === undefined
      ? t('Not all tags of the repository are known. Others of the same image go with it.')
      : unknown
        ? t('Tags that were not looked at: {0}. Those of the same image go with it.', unknown)
        : '',
    t('It cannot be brought back. Images of this machine stay.'),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** What the registry says of it does not tell whether it is gone: only asking for it does. */
export async function deleteTag(api: RegistryApi, tag: RemoteTag, { digest }: Fate): Promise<void> {
  const answer = await api.remove(tag.repository, digest);
  const isDone = answer.status < 300 || answer.status === 404;
  if (!isDone) throw failed(notDeleted(referenceOf(tag), tag.registry, answer));
  const left = await api.digest(tag.repository, tag.tag);
  if (left.startsWith('sha256:'))
    throw failed(
      answer.status === 404
        ? notDeleted(referenceOf(tag), tag.registry, answer)
        : stillThere(referenceOf(tag), tag.registry),
    );
}
