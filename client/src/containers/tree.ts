import { t } from '@vscode/l10n';
import { overHttp } from '../engine/connection.ts';
import type { EngineEvent } from '../engine/events.ts';
import { inspectListed } from '../engine/inspect-listed.ts';
import { readContainers } from '../engine/reads.ts';
import { containerLogs, inspectContainers, listContainers } from '../runtime/container-commands.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import { failureOf } from '../runtime/failures.ts';
import { isStandIn } from '../runtime/stand-in-commands.ts';
import type { LoadNodes, Node } from '../ui/tree.ts';
import type { Workbench } from '../ui/workbench.ts';
import { containerPatterns } from './failures.ts';
import { describeUsage, usageWords } from './figures.ts';
import type { LiveFigures } from './live.ts';
import { contextFlags, describeContainer, hasFailed, inOrder, stateColor, stateWords } from './model.ts';

/** What commands on containers work with. */
export type ContainerValue = { readonly container: string };

type Runner = Pick<Workbench, 'engine' | 'run'>;

const lastLines = 10;
const keptLetters = 2_000;

export async function loadContainers(workbench: Runner): Promise<readonly ContainerDetails[]> {
  return inOrder((await overHttp(workbench, readContainers)) ?? (await byCommandLine(workbench)));
}

export async function byCommandLine(workbench: Runner): Promise<readonly ContainerDetails[]> {
  const engine = await workbench.engine.get();
  const facts = {
    step: t('Listing the containers'),
    tool: 'engine',
    patterns: containerPatterns,
  } as const;
  return inspectListed(
    async () => (await workbench.run(await listContainers(engine), facts)).map(({ id }) => id),
    async (ids) => workbench.run(await inspectContainers(engine, ids), facts),
    (error) => failureOf(error)?.id === 'container-gone',
  );
}

/** What other rooms show below a container. */
export type Below = (container: string, run: string) => readonly Node[];

/** The nodes of the view. After events only what they are about is asked for; with none of them, nothing is. */
export function containerNodes(workbench: Runner, live?: LiveFigures, below: Below = () => []): LoadNodes {
  let known: readonly ContainerDetails[] | undefined;
  return async (events) => {
    const before = known;
    // After a load that fails, events do not tell all that has changed.
    known = undefined;
    known =
      (events && before && (await afterEvents(workbench, before, events))) ??
      (await loadContainers(workbench));
    known = known.filter(({ raw }) => !isStandIn(raw));
    live?.follow(known);
    return known.map((container) => nodeOf(workbench, container, live, below));
  };
}

async function afterEvents(
  workbench: Runner,
  known: readonly ContainerDetails[],
  events: readonly EngineEvent[],
): Promise<readonly ContainerDetails[] | undefined> {
  const ids = new Set(events.filter(({ kind }) => kind === 'container').map(({ id }) => id));
  if (!ids.size) return known;
  const changed = await overHttp(workbench, (http) => readContainers(http, [...ids]));
  return changed && inOrder([...known.filter(({ id }) => !ids.has(id)), ...changed]);
}

function nodeOf(
  workbench: Runner,
  container: ContainerDetails,
  live: LiveFigures | undefined,
  below: Below,
): Node {
  return {
    id: idOf(container),
    label: container.name,
    description: liveWords(container, live),
    async details() {
      const said = await lastWords(workbench, container);
      const usage = live && describeUsage(await live.history(container));
      return describeContainer(container, said, new Date(), usage);
    },
    icon: 'server-process',
    color: stateColor(container),
    context: contextFlags(container),
    value: { container: container.id } satisfies ContainerValue,
    children: below(container.id, `${container.status} ${container.started?.getTime()}`),
    collapsed: true,
  };
}

/** What changes of the nodes as their containers go on running. */
export function liveChanges(containers: readonly ContainerDetails[], live: LiveFigures) {
  return containers.map((container) => ({
    id: idOf(container),
    description: liveWords(container, live),
  }));
}

const idOf = ({ id }: ContainerDetails) => `container:${id}`;

function liveWords(container: ContainerDetails, live?: LiveFigures): string {
  return stateWords(container, new Date(), usageWords(live?.latest(container.id)));
}

/** Why it failed, if it did, as its own output says. */
export async function lastWords(workbench: Runner, container: ContainerDetails): Promise<string> {
  if (!hasFailed(container)) return '';
  const engine = await workbench.engine.get();
  const step = t('Reading the logs of {0}', container.name);
  const facts = { step, tool: 'engine', tail: keptLetters } as const;
  const logs = await containerLogs(engine, container.id, { tail: lastLines });
  return workbench.run(logs, facts).catch(() => '');
}
