import type { EngineUser } from '../engine/connection.ts';
import { loadNetworks } from '../engine/networks.ts';
import { loadUses } from '../engine/uses.ts';
import type { ArrangeNodes } from '../ui/arrange.ts';
import type { LoadNodes, Node } from '../ui/tree.ts';
import {
  contextFlags,
  describeNetwork,
  isJoinable,
  memberWords,
  type Network,
  networkWords,
  withUsers,
} from './model.ts';

/** What commands on networks work with; `member` is a network's id and a container's. */
export type NetworkValue = { readonly network: string } | { readonly member: string };

export async function listNetworks(user: EngineUser): Promise<readonly Network[]> {
  const [networks, uses] = await Promise.all([loadNetworks(user), loadUses(user)]);
  return withUsers(networks, uses);
}

export function networkNodes(user: EngineUser, arrange: ArrangeNodes<Network>): LoadNodes {
  return async () => arrange(await listNetworks(user), nodeOf);
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
