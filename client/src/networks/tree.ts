import { networks } from '../engine/networks.ts';
import { type ContainerUse, uses } from '../engine/uses.ts';
import type { NetworkDetails } from '../runtime/network-commands.ts';
import type { ArrangeNodes } from '../ui/arrange.ts';
import { firstRows } from '../ui/first-rows.ts';
import type { LoadNodes, Node } from '../ui/tree.ts';
import type { Workbench } from '../ui/workbench.ts';
import {
  contextFlags,
  describeNetwork,
  hasUnknown,
  isJoinable,
  memberWords,
  type Network,
  networkWords,
  withUsers,
} from './model.ts';

/** What commands on networks work with; `member` is a network's id and a container's. */
export type NetworkValue = { readonly network: string } | { readonly member: string };

type Reader = Pick<Workbench, 'resources'>;

export async function listNetworks({ resources }: Reader): Promise<readonly Network[]> {
  const [known, users] = await Promise.all([resources.all(networks), resources.all(uses)]);
  return joinedBy({ resources }, known, users);
}

async function joinedBy(
  { resources }: Reader,
  known: readonly NetworkDetails[],
  users: readonly ContainerUse[],
): Promise<readonly Network[]> {
  if (!hasUnknown(known, users)) return withUsers(known, users);
  // Podman before 5 does not tell that a network was made.
  resources.invalidate(networks);
  return withUsers(await resources.all(networks), users);
}

/** The same as they are now, for what is decided by who is in them. */
export async function networksNow(reader: Reader): Promise<readonly Network[]> {
  reader.resources.invalidate(networks);
  reader.resources.invalidate(uses);
  return listNetworks(reader);
}

export function networkNodes(reader: Reader, arrange: ArrangeNodes<Network>): LoadNodes {
  return async (_events, later) => {
    const known = reader.resources.all(networks);
    // Whichever of the two fails says so.
    known.catch(() => {});
    return firstRows(reader.resources, uses, later, async (users) =>
      arrange(await joinedBy(reader, await known, users), nodeOf),
    );
  };
}

function nodeOf(network: Network): Node<NetworkValue> {
  return {
    id: `network:${network.id}`,
    label: network.name,
    longest: 24,
    description: networkWords(network),
    tooltip: describeNetwork(network),
    icon: 'type-hierarchy',
    color: network.users.length ? undefined : 'disabledForeground',
    context: contextFlags(network),
    collapsed: true,
    children: network.users.map((use) => ({
      id: `network:${network.id}:${use.id}`,
      label: use.name,
      description: memberWords(network, use),
      icon: 'server-process',
      context: isJoinable(network) ? ';member;' : ';user;',
      value: { member: `${network.id} ${use.id}` },
    })),
    value: { network: network.id },
  };
}
