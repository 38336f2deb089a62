// Networks without VS Code: who is in them, which can be joined and which can go, and what is said of them.
import { t } from '@vscode/l10n';
import type { ContainerUse } from '../engine/uses.ts';
import type { NetworkDetails } from '../runtime/network-commands.ts';
import { redact } from '../runtime/redact.ts';
import { code, facts, joined, type Markdown, plain } from '../ui/plain-text.ts';
import { formatUsers } from '../ui/words.ts';

export type Network = NetworkDetails & { readonly users: readonly ContainerUse[] };

/** A container in a network. */
export type Member = { readonly network: Network; readonly use: ContainerUse };

/** A person's own first, each in the order of their names. */
export function withUsers(
  networks: readonly NetworkDetails[],
  uses: readonly ContainerUse[],
): readonly Network[] {
  return networks
    .map((network) => ({ ...network, users: uses.filter((use) => isIn(network, use)) }))
    .toSorted((a, b) => Number(a.builtIn) - Number(b.builtIn) || a.name.localeCompare(b.name));
}

/** A container that was made with a network's id has it by that until it starts. */
export function isIn({ id, name }: Pick<NetworkDetails, 'id' | 'name'>, { networks }: ContainerUse): boolean {
  return networks.some((network) => network.name === name || network.name === id);
}

/** Whether a container that is active is in a network that is not known. */
export function hasUnknown(networks: readonly NetworkDetails[], uses: readonly ContainerUse[]): boolean {
  const known = new Set(networks.flatMap(({ id, name }) => [id, name]));
  return uses.some((use) => use.active && use.networks.some(({ name }) => !known.has(name)));
}

/** What `host` and `none` stand for is given when a container is made, and cannot be changed. */
export function isJoinable({ driver }: Pick<NetworkDetails, 'driver'>): boolean {
  return driver !== 'host' && driver !== 'null';
}

export function membersOf(networks: readonly Network[]): readonly Member[] {
  return networks
    .filter(isJoinable)
    .flatMap((network) => network.users.map((use) => ({ network, use }) satisfies Member));
}

export function isRemovable({ builtIn, users }: Network): boolean {
  return !builtIn && !users.length;
}

/** `built-in · used by 2 containers · bridge · 172.18.0.0/16`: what matters first, as a narrow view cuts the rest. */
export function networkWords({ driver, subnets, internal, builtIn, users }: Network): string {
  return [
    builtIn ? t('built-in') : '',
    builtIn && !users.length ? '' : formatUsers(users.length),
    internal ? t('internal') : '',
    driver === 'null' ? '' : driver,
    ...subnets,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** `running · 172.18.0.2`. */
export function memberWords({ name, id }: Pick<NetworkDetails, 'id' | 'name'>, use: ContainerUse): string {
  const address = use.networks.find((network) => network.name === name || network.name === id)?.address;
  return [use.active ? t('running') : t('not running'), address].filter(Boolean).join(' · ');
}

/** Menus match these flags. */
export function contextFlags(network: Network): string {
  const more = [
    isJoinable(network) ? 'joinable;' : '',
    network.builtIn ? '' : 'own;',
    isRemovable(network) ? 'unused;' : '',
  ];
  return `;network;${more.join('')}`;
}

/** Says what is wrong with a name for a network, if anything. Docker takes more than Podman, and than an address does. */
export function checkNetworkName(name: string): string | undefined {
  if (/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(name)) return undefined;
  return t('A name of a network has letters, digits, and . _ - after the first.');
}

export function describeNetwork(network: Network): Markdown {
  const { id, name, created, labels } = network;
  return joined(
    [
      joined([code(name), plain(networkWords(network))]),
      facts([
        [t('Id'), code(id)],
        [t('Created'), created && plain(`${created.toISOString().slice(0, 19).replace('T', ' ')} UTC`)],
        [
          t('Labels'),
          joined(
            labels.slice(0, 20).map((label) => code(redact(label))),
            ', ',
          ),
        ],
      ]),
    ],
    '\n\n',
  );
}
