// Containers, over the engine's API or by its command line.
import { t } from '@vscode/l10n';
import type { ResourceKind } from '../resources/kind.ts';
import { inspectContainers, listContainers } from '../runtime/container-commands.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import { type EngineUser, overHttp } from './connection.ts';
import { inspectListed } from './inspect-listed.ts';
import { readContainers } from './reads.ts';

/** All as they are now; of these ids at least those that are there. */
export async function loadContainers(
  user: EngineUser,
  ids?: readonly string[],
  soon?: (listed: readonly ContainerDetails[]) => void,
): Promise<readonly ContainerDetails[]> {
  // The list of Podman says other things in other words.
  const told = (await user.engine.get()).kind === 'docker' ? soon : undefined;
  const all = await overHttp(user, (http) => readContainers(http, ids, told));
  return all ?? containersByCommandLine(user);
}

export async function containersByCommandLine(user: EngineUser): Promise<readonly ContainerDetails[]> {
  const engine = await user.engine.get();
  const facts = { step: t('Listing the containers'), tool: 'engine' } as const;
  return inspectListed(
    async () => (await user.run(await listContainers(engine), facts)).map(({ id }) => id),
    async (ids) => user.run(await inspectContainers(engine, ids), facts),
  );
}

export const containers: ResourceKind<ContainerDetails, EngineUser> = {
  name: 'container',
  idOf: ({ id }) => id,
  all: (user, _known, soon) => loadContainers(user, undefined, soon),
  some: (user, ids) => overHttp(user, (http) => readContainers(http, ids)),
};
