import { failed } from '../runtime/failures.ts';
import { code, joined, type Markdown, plain } from '../ui/plain-text.ts';
import type { Node, Tree } from '../ui/tree.ts';
import type { Workbench } from '../ui/workbench.ts';
import { unlisted } from './failures.ts';
import {
  contextFlags,
  type Registry,
  type RemoteTag,
  referenceOf,
  repositoriesOf,
  stateColor,
  stateIcon,
  stateWords,
  tagWords,
} from './model.ts';
import { imageNames, loadRegistries, openRegistry } from './store.ts';
import { describeTagFacts, readTag, tagRowWords } from './tag-facts.ts';

/** What commands on registries, and on what they hold, work with. */
export type RegistryValue = Pick<RemoteTag, 'registry'> & Partial<RemoteTag>;

const mostRepositories = 100;
/** Of each repository that is opened; each takes a registry three questions. */
const mostTold = 30;
const atOnce = 4;

type Patch = Tree['patch'];

export async function loadRegistryNodes(
  workbench: Workbench,
  patch: Patch,
): Promise<readonly Node<RegistryValue>[]> {
  return (await loadRegistries(workbench)).map((registry) => ({
    id: `registry:${registry.host}`,
    label: registry.host,
    description: stateWords(registry),
    tooltip: joined([code(registry.host), plain(stateWords(registry))]),
    icon: stateIcon(registry),
    color: stateColor(registry),
    context: contextFlags(registry),
    value: { registry: registry.host },
    children: () => loadRepositories(workbench, registry, patch),
  }));
}

/** What the registry lists, and what local images are tagged for: most public registries list nothing. */
async function loadRepositories(
  workbench: Workbench,
  registry: Registry,
  patch: Patch,
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
        value: { registry: host, repository },
        children:
          typeof tags === 'string' || !tags.length
            ? []
            : async () => {
                // The same id twice would end the tree.
                const nodes = [...new Set(tags)].map((tag) =>
                  tagNode(workbench, registry, id, repository, tag),
                );
                void tellTags(workbench, registry, nodes, patch);
                return nodes;
              },
      };
    }),
  );
}

type TagNode = Node<RemoteTag> & { readonly value: RemoteTag };

function tagNode(
  workbench: Workbench,
  registry: Registry,
  above: string,
  repository: string,
  tag: string,
): TagNode {
  const value = { registry: registry.host, repository, tag };
  return {
    id: `${above}:${tag}`,
    label: tag,
    details: () => describeTag(workbench, registry, value),
    icon: 'tag',
    context: ';remotetag;',
    value,
  };
}

/** Rows do not wait for it. Of Docker Hub it would be so many pulls. */
async function tellTags(
  workbench: Workbench,
  registry: Registry,
  nodes: readonly TagNode[],
  patch: Patch,
): Promise<void> {
  if (registry.host === 'docker.io') return;
  const waiting = nodes.slice(0, mostTold);
  try {
    const api = await openRegistry(workbench, registry);
    const tellNext = async () => {
      for (let node = waiting.shift(); node; node = waiting.shift()) {
        const found = await readTag(api, node.value.repository, node.value.tag);
        patch([
          { id: node.id, description: typeof found === 'string' ? tagWords(found) : tagRowWords(found) },
        ]);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, tellNext));
  } catch {
    // A registry that went silent is not asked for the rest; pointing at a tag asks once more.
    waiting.length = 0;
  }
}

/** Docker Hub counts a manifest that is read as a pull (Docker documentation, "Pull usage and limits"), but no digest. */
async function describeTag(workbench: Workbench, registry: Registry, tag: RemoteTag): Promise<Markdown> {
  const name = code(referenceOf(tag));
  try {
    // Opened anew: what a registry gives as a pass is good for some minutes only.
    const api = await openRegistry(workbench, registry);
    const isCounted = tag.registry === 'docker.io';
    const digest = isCounted ? await api.digest(tag.repository, tag.tag) : undefined;
    if (digest === 'missing' || digest === 'denied') return joined([name, plain(tagWords(digest))]);
    const found = digest ? { digest, platforms: [] } : await readTag(api, tag.repository, tag.tag);
    if (typeof found === 'string') return joined([name, plain(tagWords(found))]);
    return joined([name, describeTagFacts(found)], '\n\n');
  } catch {
    return name;
  }
}
