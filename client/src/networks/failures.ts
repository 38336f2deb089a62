// What goes wrong with networks. Wordings: Docker 20.10 to 28, Podman 4.
import { t } from '@vscode/l10n';
import type { Failure, Pattern } from '../runtime/failures.ts';
import { inLine } from '../runtime/sign.ts';
import { containerGonePattern } from '../ui/container-failures.ts';
import type { Member, Network } from './model.ts';

const refresh = () => ({ label: t('Refresh'), command: 'wheelhouse.networks.refresh' });
const showContainers = () => ({ label: t('Show Containers'), command: 'wheelhouse.containers.focus' });

export function noNetwork(): Failure {
  return {
    id: 'no-network',
    message: t('There is no network for this.'),
    remedy: t('Create one first.'),
    action: { label: t('Create Network'), command: 'wheelhouse.networks.create' },
  };
}

export function noneUnused(): Failure {
  return {
    id: 'no-unused-network',
    message: t('No network that was created is unused.'),
    remedy: t('There is nothing to remove.'),
  };
}

export function networkGone(name: string): Failure {
  return {
    id: 'network-gone',
    message: t('There is no network {0}.', name),
    remedy: t('It may have been removed meanwhile; refresh the view.'),
    action: refresh(),
  };
}

export function networkExists(name: string): Failure {
  return {
    id: 'network-exists',
    message: t('A network named {0} exists already.', name),
    remedy: t('Choose another name, or use that network.'),
  };
}

export function networkBuiltIn(name: string): Failure {
  return {
    id: 'network-built-in',
    message: t('{0} is a network of the engine itself.', name),
    remedy: t('It stays; only networks that were created can be removed.'),
  };
}

/** Docker would remove it from under containers that are stopped, which then start no more. */
export function networkInUse({ name, users }: Network): Failure {
  return {
    id: 'network-in-use',
    message: t('{0} is used by {1}.', name, users.map((user) => user.name).join(', ')),
    remedy: t('Disconnect or remove these containers first; those that are stopped need it to start again.'),
    action: showContainers(),
  };
}

export function notJoinable(name: string): Failure {
  return {
    id: 'network-not-joinable',
    message: t('No container can be connected to {0} or disconnected from it once it is made.', name),
    remedy: t('Connect it to another network, or run it anew.'),
  };
}

export function noContainerToConnect(name: string): Failure {
  return {
    id: 'no-container-to-connect',
    message: t('There is no container outside of {0}.', name),
    remedy: t('Run one first.'),
    action: { label: t('Run Container'), command: 'wheelhouse.images.run' },
  };
}

export function connectedAlready(network: string, container: string): Failure {
  return {
    id: 'connected-already',
    message: t('{0} is in {1} already.', container, network),
    remedy: t('There is nothing to connect.'),
  };
}

export function noMember(): Failure {
  return {
    id: 'not-connected',
    message: t('There is no such container in a network.'),
    remedy: t('It may have been disconnected meanwhile; refresh the view.'),
    action: refresh(),
  };
}

/** The engine reported success, and shows otherwise. */
export function notSo({ network, use }: Member): Failure {
  return {
    id: 'network-not-changed',
    message: t('The engine did it, but shows {0} in {1} as before.', use.name, network.name),
    remedy: t('Refresh the view in a moment.'),
    action: refresh(),
  };
}

export function badNetworkName(why: string): Failure {
  return { id: 'network-name', message: why, remedy: t('Choose another name.') };
}

export const networkPatterns: readonly Pattern[] = [
  {
    id: 'network-in-use',
    when: [
      /network (\S+) (?:id \S+ )?has active endpoints/i,
      /network (\S+) is in use by service/i,
      /"([^"\s]{1,255})" has associated containers with it/i,
    ],
    say: (match) => ({
      message: t('Containers use the network {0}.', match[1] ?? ''),
      remedy: t('Disconnect or remove them first, then try again.'),
      action: showContainers(),
    }),
  },
  {
    id: 'network-built-in',
    when: [
      /daemon: (\S+) is a pre-defined network/i,
      /operation is not permitted on predefined (\S+) network/i,
      /default network (\S+) cannot be removed/i,
    ],
    say: (match) => networkBuiltIn(match[1] ?? ''),
  },
  {
    id: 'network-exists',
    when: [/network with name (\S+) already exists/i, /network name (\S+) already used/i],
    say: (match) => networkExists(match[1] ?? ''),
  },
  {
    id: 'subnet-taken',
    when: [/pool overlaps with other one/i, inLine(/subnet (\S+)/i, /already (?:used|being used)/i)],
    say: () => ({
      message: t('Another network has addresses of this subnet already.'),
      remedy: t('Choose another subnet, or leave it to the engine.'),
    }),
  },
  {
    id: 'subnet-invalid',
    when: [/invalid CIDR address:? ?(\S+)?/i, /invalid subnet (\S+)/i],
    say: (match) => ({
      message: t('{0} is no subnet.', match[1] ?? ''),
      remedy: t('Write it like 10.1.0.0/16.'),
    }),
  },
  {
    id: 'network-driver-missing',
    when: [/plugin "([^"]+)" not found/i, /unsupported driver ([^\s:]+)/i],
    say: (match) => ({
      message: t('The engine has no network driver {0}.', match[1] ?? ''),
      remedy: t('Use the driver "bridge", or install the plugin.'),
    }),
  },
  {
    id: 'no-swarm',
    when: [/this node is not a swarm manager/i],
    say: () => ({
      message: t('This driver is for machines in a swarm, and this one is in none.'),
      remedy: t('Use the driver "bridge".'),
    }),
  },
  {
    id: 'network-not-joinable',
    when: [
      /sharing network namespace with another container/i,
      /networks in private \(none\) mode/i,
      /disconnected from host network or connected to host network/i,
      /is not supported: invalid network mode/i,
    ],
    say: () => ({
      message: t('This container has no network of its own: it shares one, or was made without.'),
      remedy: t('Run it anew with a network.'),
    }),
  },
  {
    id: 'connected-already',
    when: [/endpoint with name (\S+) already exists in network (\S+)/i],
    say: (match) => connectedAlready(match[2] ?? '', match[1] ?? ''),
  },
  {
    id: 'not-connected',
    when: [/container (\S+) is not connected to (?:the )?network (\S+)/i],
    say: () => noMember(),
  },
  containerGonePattern,
  {
    id: 'network-gone',
    when: [
      /network (\S+) not found/i,
      inLine(/network with name or ID (\S+?):? /i, /not found/i),
      /no such network:? ?(\S+)?/i,
    ],
    say: (match) => networkGone(match[1] ?? ''),
  },
];
