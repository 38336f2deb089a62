// What is done with what a registry holds.
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { images } from '../engine/images.ts';
import { failed } from '../runtime/failures.ts';
import type { RegistryApi } from '../runtime/registry-api.ts';
import { isRepositoryName, isTagName } from '../runtime/registry-names.ts';
import { copy } from '../ui/copy.ts';
import { type Given, registerHandlers } from '../ui/handlers.ts';
import { inView, quietJob } from '../ui/quiet-job.ts';
import { showRawJson } from '../ui/raw-json.ts';
import { isNode, type Tree } from '../ui/tree.ts';
import { isAgreed, vouch } from '../ui/vouched.ts';
import type { Workbench } from '../ui/workbench.ts';
import { type RegistryAction, registryActions } from './actions.ts';
import { confirmDeletion, deleteTag, fateOf } from './delete-tag.ts';
import { denied, noSuchTag, notDeleted, nothingChosen } from './failures.ts';
import { checkHost, type RemoteTag, referenceOf, splitName } from './model.ts';
import { openRegistry } from './store.ts';

const viewId = 'wheelhouse.registries';

export function registerTags(workbench: Workbench, tree: Tree): void {
  const handlers: Readonly<Record<RegistryAction, (...given: Given) => Promise<unknown>>> = {
    pull: async (given) => pull(referenceOf(tagOf(given))),
    run: async (given) => run(workbench, tagOf(given)),
    copyReference: async (given) => copy([referenceOf(tagOf(given))]),
    async copyDigest(given) {
      const tag = tagOf(given);
      const digest = await asked(workbench, tag, (api) => api.digest(tag.repository, tag.tag));
      return copy([`${tag.registry}/${tag.repository}@${digest}`]);
    },
    async copyName(given) {
      const { registry, repository } = repositoryOf(given);
      return copy([`${registry}/${repository}`]);
    },
    async inspect(given) {
      const tag = tagOf(given);
      const { content } = await asked(workbench, tag, (api) => api.manifest(tag.repository, tag.tag));
      await showRawJson(referenceOf(tag), content);
      return content;
    },
    async deleteTag(given) {
      // A key comes to rows of all kinds.
      if (isNode(given) && !('tag' in valueOf(given))) return undefined;
      return remove(workbench, tagOf(given), isAgreed(given));
    },
  };
  registerHandlers(workbench, registryActions, tree, handlers);
}

const pull = (image: string) => vscode.commands.executeCommand('wheelhouse.images.pull', vouch({ image }));

async function remove(workbench: Workbench, tag: RemoteTag, agreed: boolean): Promise<unknown> {
  // It deletes by digest, and only what no tag is of (docs.docker.com, "Delete image manifest", 28 November 2026).
  if (tag.registry === 'docker.io') throw failed(notDeleted(referenceOf(tag), tag.registry, { status: 405 }));
  const fate = await asked(workbench, tag, (api) => fateOf(api, tag));
  if (!agreed && !(await confirmDeletion(tag, fate))) return undefined;
  return quietJob(workbench, viewId, {
    kind: 'registries.deleteTag',
    title: t('Delete {0}', referenceOf(tag)),
    async work() {
      try {
        await deleteTag(await openTag(workbench, tag), tag, fate);
        const value = { ...tag, digest: fate.digest, with: fate.same };
        return { value, message: t('{0} was deleted.', referenceOf(tag)) };
      } finally {
        workbench.changed('registry');
      }
    },
  });
}

/** Under its name this machine may have none, or one of before. */
async function run(workbench: Workbench, tag: RemoteTag): Promise<unknown> {
  const ref = referenceOf(tag);
  const isThere = (await isHere(workbench, tag)) || (await pull(ref)) !== undefined;
  return isThere ? vscode.commands.executeCommand('wheelhouse.images.run', vouch({ ref })) : undefined;
}

/** Where the registry gives no answer, what is here under that name is all that there is to run. */
async function isHere(workbench: Workbench, tag: RemoteTag): Promise<boolean> {
  const known = await workbench.resources.all(images).catch(() => []);
  const here = known.find(({ tags }) => tags.some((name) => isNameOf(tag, name)));
  if (!here) return false;
  const api = await openTag(workbench, tag);
  const digest = await api.digest(tag.repository, tag.tag).catch(() => 'missing');
  return !digest.startsWith('sha256:') || here.digests.some((each) => each.endsWith(`@${digest}`));
}

/** Docker leaves its own registry out of names. */
function isNameOf({ registry, repository, tag }: RemoteTag, name: string): boolean {
  const split = splitName(name);
  return split.host === registry && split.repository === repository && name.endsWith(`:${tag}`);
}

const openTag = (workbench: Workbench, { registry }: RemoteTag) =>
  openRegistry(workbench, { host: registry, state: 'logged-in' });

function asked<T>(
  workbench: Workbench,
  tag: RemoteTag,
  ask: (api: RegistryApi) => Promise<T | 'missing' | 'denied'>,
): Thenable<T> {
  return inView(viewId, async () => {
    const found = await ask(await openTag(workbench, tag));
    if (found === 'missing') throw failed(noSuchTag(referenceOf(tag)));
    if (found === 'denied') throw failed(denied(referenceOf(tag), tag.registry));
    return found as T;
  });
}

function tagOf(argument: unknown): RemoteTag {
  const repository = repositoryOf(argument);
  const { tag } = valueOf(argument);
  if (!isTagName(tag)) throw failed(nothingChosen());
  return { ...repository, tag };
}

function repositoryOf(argument: unknown): Omit<RemoteTag, 'tag'> {
  const { registry, repository } = valueOf(argument);
  if (typeof registry !== 'string' || checkHost(registry) || !isRepositoryName(repository))
    throw failed(nothingChosen());
  return { registry, repository };
}

/** Of a node, or of an object with the answers, which may hold anything. */
const valueOf = (argument: unknown): Partial<Record<keyof RemoteTag, unknown>> =>
  (isNode(argument) ? argument.value : argument) ?? {};
