import { failed } from '../runtime/failures.ts';
import { code, joined, plain } from '../ui/plain-text.ts';
import type { Node } from '../ui/tree.ts';
import type { Workbench } from '../ui/workbench.ts';
import { unlisted } from './failures.ts';
import { contextFlags, type Registry, repositoriesOf, stateColor, stateWords, tagWords } from './model.ts';
import { imageNames, loadRegistries, openRegistry } from './store.ts';

/** What commands on registries work with. */
export type RegistryValue = { readonly registry: string };

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
        // The same id twice would end the tree.
        children: (typeof tags === 'string' ? [] : [...new Set(tags)]).map((tag) => ({
          id: `${id}:${tag}`,
          label: tag,
          tooltip: code(`${host}/${repository}:${tag}`),
          icon: 'tag',
          context: ';remotetag;',
        })),
      };
    }),
  );
}
