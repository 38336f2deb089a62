import { failed } from '../runtime/failures.ts';
import { code, joined, type Markdown, plain } from '../ui/plain-text.ts';
import type { Node } from '../ui/tree.ts';
import type { Workbench } from '../ui/workbench.ts';
import { unlisted } from './failures.ts';
import { describeManifest } from './manifest.ts';
import {
  contextFlags,
  type Registry,
  type RemoteTag,
  referenceOf,
  repositoriesOf,
  stateColor,
  stateWords,
  tagWords,
} from './model.ts';
import { imageNames, loadRegistries, openRegistry } from './store.ts';

/** What commands on registries, and on what they hold, work with. */
export type RegistryValue = Pick<RemoteTag, 'registry'> & Partial<RemoteTag>;

const mostRepositories = 100;

export async function loadRegistryNodes(workbench: Workbench): Promise<readonly Node<RegistryValue>[]> {
  return (await loadRegistries(workbench)).map((registry) => ({
    id: `registry:${registry.host}`,
    label: registry.host,
    description: stateWords(registry),
    tooltip: joined([code(registry.host), plain(stateWords(registry))]),
    icon: 'cloud',
    color: stateColor(registry),
    context: contextFlags(registry),
    value: { registry: registry.host },
    children: () => loadRepositories(workbench, registry),
  }));
}

/** What the registry lists, and what local images are tagged for: most public registries list nothing. */
async function loadRepositories(
  workbench: Workbench,
  registry: Registry,
): Promise<readonly Node<RegistryValue>[]> {
  const { host } = registry;
  const api = await openRegistry(workbench, registry);
  const [listed, names] = await Promise.all([api.repositories(), imageNames(workbench)]);
  const repositories = [...new Set([...(listed ?? []), ...repositoriesOf(host, names)])];
  if (!repositories.length && !listed) throw failed(unlisted(host));
  return Promise.all(
    repositories.slice(0, mostRepositories).map(async (repository) => {
      const tags = await api.tags(repository);
      const id = `remote:${host}/${repository}`;
      return {
        id,
        label: repository,
        description: tagWords(tags),
        tooltip: joined([code(`${host}/${repository}`), plain(tagWords(tags))]),
        icon: 'repo',
        context: ';remote;',
        collapsed: true,
        value: { registry: host, repository },
        // The same id twice would end the tree.
        children: (typeof tags === 'string' ? [] : [...new Set(tags)]).map((tag) => {
          const value = { registry: host, repository, tag };
          return {
            id: `${id}:${tag}`,
            label: tag,
            details: () => describeTag(workbench, registry, value),
            icon: 'tag',
            context: ';remotetag;',
            value,
          };
        }),
      };
    }),
  );
}

/** Docker Hub counts a manifest that is read as a pull (Docker documentation, "Pull usage and limits"), but no digest. */
async function describeTag(workbench: Workbench, registry: Registry, tag: RemoteTag): Promise<Markdown> {
  const name = code(referenceOf(tag));
  try {
    // Opened anew: what a registry gives as a pass is good for some minutes only.
    const api = await openRegistry(workbench, registry);
    const isCounted = tag.registry === 'docker.io';
    const digest = isCounted ? await api.digest(tag.repository, tag.tag) : undefined;
    const found = digest ?? (await api.manifest(tag.repository, tag.tag));
    if (found === 'missing' || found === 'denied') return joined([name, plain(tagWords(found))]);
    const told = typeof found === 'string' ? { digest: found, content: undefined } : found;
    return joined([name, describeManifest(told.digest, told.content)], '\n\n');
  } catch {
    return name;
  }
}
