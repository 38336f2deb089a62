// What changes networks: done by the engine's command line, told once the engine shows that it is so.
import { t } from '@vscode/l10n';
import { loadNetworks } from '../engine/networks.ts';
import { type ContainerUse, loadUses } from '../engine/uses.ts';
import { failed } from '../runtime/failures.ts';
import {
  createNetwork,
  joinNetwork,
  type NetworkOptions,
  removeNetworks,
} from '../runtime/network-commands.ts';
import { changesOf } from '../ui/quiet-job.ts';
import { removeEach } from '../ui/remove-each.ts';
import type { Workbench } from '../ui/workbench.ts';
import { networkExists, networkGone, networkPatterns, notSo } from './failures.ts';
import { isIn, type Member, type Network } from './model.ts';

const change = changesOf({ name: 'networks', topic: 'network', patterns: networkPatterns });

export function create(workbench: Workbench, options: NetworkOptions) {
  const { name } = options;
  const step = t('Creating the network {0}', name);
  return change(workbench, 'create', step, async (facts) => {
    const named = async () => (await loadNetworks(workbench)).find((network) => network.name === name);
    if (await named()) throw failed(networkExists(name));
    await workbench.run(createNetwork(await workbench.engine.get(), options), facts);
    const made = await named();
    if (!made) throw failed(networkGone(name));
    const subnets = made.subnets.join(', ');
    const message = subnets
      ? t('The network {0} was created, with {1}.', name, subnets)
      : t('The network {0} was created.', name);
    return { value: { network: name, id: made.id }, message };
  });
}

/** The person has agreed to these. */
export function remove(workbench: Workbench, networks: readonly Network[]) {
  const names = networks.map(({ name }) => name);
  const [only = '', ...others] = names;
  const step = others.length ? t('Removing {0} networks', names.length) : t('Removing the network {0}', only);
  return change(workbench, 'remove', step, async (facts) => {
    const engine = await workbench.engine.get();
    await removeEach(
      networks.map(({ id }) => id),
      (some) => workbench.run(removeNetworks(engine, some), facts),
      async () => (await loadNetworks(workbench)).map(({ id }) => id),
    );
    const message = others.length
      ? t('{0} networks were removed.', names.length)
      : t('The network {0} was removed.', only);
    return { value: { networks: names }, message };
  });
}

export function connect(workbench: Workbench, network: Network, containers: readonly ContainerUse[]) {
  const members = containers.map((use) => ({ network, use }));
  return join(workbench, 'connect', t('Connecting to {0}', network.name), members);
}

export function disconnect(workbench: Workbench, members: readonly Member[]) {
  const names = members.map(({ use }) => use.name).join(', ');
  return join(workbench, 'disconnect', t('Disconnecting {0}', names), members);
}

function join(
  workbench: Workbench,
  verb: 'connect' | 'disconnect',
  step: string,
  members: readonly Member[],
) {
  return change(workbench, verb, step, async (facts) => {
    const engine = await workbench.engine.get();
    for (const { network, use } of members)
      await workbench.run(joinNetwork(engine, verb, network.id, use.id), facts);
    const uses = await loadUses(workbench);
    const odd = members.find(({ network, use }) => {
      const now = uses.find(({ id }) => id === use.id);
      return (now !== undefined && isIn(network, now)) !== (verb === 'connect');
    });
    if (odd) throw failed(notSo(odd));
    const [first] = members;
    const [container, network] = [first?.use.name ?? '', first?.network.name ?? ''];
    const value = members.map((member) => ({ network: member.network.name, container: member.use.name }));
    return { value, message: told(verb, members.length, container, network) };
  });
}

function told(verb: 'connect' | 'disconnect', count: number, container: string, network: string): string {
  if (verb === 'connect')
    return count > 1
      ? t('{0} containers are in {1} now.', count, network)
      : t('{0} is in {1} now.', container, network);
  return count > 1
    ? t('{0} containers were disconnected.', count)
    : t('{0} was disconnected from {1}.', container, network);
}
