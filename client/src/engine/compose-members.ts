// The containers that Compose made, over the engine's API or by its command line.
import { t } from '@vscode/l10n';
import * as z from 'zod';
import { listMembers } from '../runtime/compose-commands.ts';
import { type ComposeLabels, composeLabels, projectLabel } from '../runtime/compose-labels.ts';
import { inspectContainers } from '../runtime/container-commands.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import { type EngineUser, overHttp } from './connection.ts';
import { inspectListed } from './inspect-listed.ts';
import { readContainers } from './reads.ts';

export type Member = ContainerDetails & { readonly compose: ComposeLabels };

const listed = z.array(z.object({ Id: z.string() }));

/** Of one project, or of all. */
export async function composeMembers(user: EngineUser, project?: string): Promise<readonly Member[]> {
  const label = project === undefined ? projectLabel : `${projectLabel}=${project}`;
  const filters = encodeURIComponent(JSON.stringify({ label: [label] }));
  const found =
    (await overHttp(user, async (http) => {
      const ids = listed.parse(await http.get(`/containers/json?all=1&filters=${filters}`));
      return ids.length
        ? readContainers(
            http,
            ids.map(({ Id }) => Id),
          )
        : [];
    })) ?? (await byCommandLine(user, project));
  return found.flatMap((container) => {
    const compose = composeLabels(container.raw);
    return compose && (project ?? compose.project) === compose.project ? [{ ...container, compose }] : [];
  });
}

async function byCommandLine(user: EngineUser, project?: string): Promise<readonly ContainerDetails[]> {
  const engine = await user.engine.get();
  const facts = { step: t('Listing the containers'), tool: 'engine' } as const;
  return inspectListed(
    () => user.run(listMembers(engine, project), facts),
    async (ids) => user.run(await inspectContainers(engine, ids), facts),
  );
}
