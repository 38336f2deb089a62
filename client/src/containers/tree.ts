import { containers } from '../engine/containers.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import { isStandIn } from '../runtime/stand-in-commands.ts';
import type { ArrangeNodes } from '../ui/arrange.ts';
import { firstRows } from '../ui/first-rows.ts';
import { type LoadNodes, type Node, selectOnly } from '../ui/tree.ts';
import type { Workbench } from '../ui/workbench.ts';
import { describeUsage, usageWords } from './figures.ts';
import { type LogReader, lastWords } from './last-words.ts';
import type { LiveFigures } from './live.ts';
import { contextFlags, describeContainer, inOrder, stateColor, stateWords } from './model.ts';

/** What commands on containers work with. */
export type ContainerValue = { readonly container: string };

type Reader = LogReader & Pick<Workbench, 'resources'>;

/** What other rooms show below a container. */
export type Below = (container: string, run: string) => readonly Node[];

/** The nodes of the view; what is known of them and followed is not asked for again. */
export function containerNodes(
  workbench: Reader,
  live?: LiveFigures,
  below: Below = () => [],
  arrange: ArrangeNodes<ContainerDetails> = (containers, node) => containers.map((one) => node(one, false)),
): LoadNodes {
  return (_events, later) =>
    firstRows(workbench.resources, containers, later, (all, isWhole) => {
      const known = inOrder(all.filter(({ raw }) => !isStandIn(raw)));
      if (isWhole) live?.follow(known);
      return arrange(known, (container) => nodeOf(workbench, container, live, below));
    });
}

function nodeOf(
  workbench: LogReader,
  container: ContainerDetails,
  live: LiveFigures | undefined,
  below: Below,
): Node {
  return {
    id: idOf(container),
    label: container.name,
    longest: 26,
    description: liveWords(container, live),
    async details() {
      const { reason, lines } = await lastWords(workbench, container);
      const usage = live && describeUsage(await live.history(container));
      return describeContainer({ ...container, said: reason }, lines, new Date(), usage);
    },
    icon: 'server-process',
    color: stateColor(container),
    context: contextFlags(container),
    value: { container: container.id } satisfies ContainerValue,
    children: below(container.id, `${container.status} ${container.started?.getTime()}`),
    collapsed: true,
    open: selectOnly,
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
