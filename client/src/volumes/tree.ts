import { t } from '@vscode/l10n';
import type { EngineUser } from '../engine/connection.ts';
import { loadUses } from '../engine/uses.ts';
import { loadVolumes, sizesInAMoment } from '../engine/volumes.ts';
import type { LoadNodes, Node } from '../ui/tree.ts';
import {
  describeVolume,
  groupWords,
  isAnonymous,
  isUnused,
  mountWords,
  sizeOf,
  type Volume,
  volumeWords,
  withUsers,
} from './model.ts';

/** What commands on volumes work with. */
export type VolumeValue = { readonly volume: string };

export type Sizes = ReadonlyMap<string, number>;

/** With who uses them, and with their sizes as far as they are known. */
export async function listVolumes(user: EngineUser, sizes: Sizes): Promise<readonly Volume[]> {
  const [volumes, uses] = await Promise.all([loadVolumes(user), loadUses(user)]);
  return withUsers(volumes, uses, sizes);
}

/** Measured where that takes no more than a moment. */
export async function withSizes(user: EngineUser, volumes: readonly Volume[]): Promise<readonly Volume[]> {
  if (sizeOf(volumes) !== undefined) return volumes;
  const sizes = await sizesInAMoment(user);
  return volumes.map((volume) => ({ ...volume, bytes: sizes?.get(volume.name) ?? volume.bytes }));
}

/** What other rooms show below a volume. */
export type InVolume = (volume: string) => Node;

export function volumeNodes(user: EngineUser, sizes: () => Sizes, inside?: InVolume): LoadNodes {
  return async () => {
    const volumes = await listVolumes(user, sizes());
    const anonymous = volumes.filter(isAnonymous);
    const named = volumes.filter((volume) => !isAnonymous(volume));
    const nodes = named.map((volume) => nodeOf(volume, inside));
    return anonymous.length ? [...nodes, groupOf(anonymous, inside)] : nodes;
  };
}

function groupOf(volumes: readonly Volume[], inside: InVolume | undefined): Node {
  return {
    id: 'anonymous',
    label: t('Anonymous ({0})', volumes.length),
    description: groupWords(volumes),
    icon: 'circle-slash',
    context: ';anonymous;',
    collapsed: true,
    children: volumes.map((volume) => nodeOf(volume, inside)),
  };
}

function nodeOf(volume: Volume, inside: InVolume | undefined): Node {
  const users = volume.users.map((use) => ({
    id: `volume:${volume.name}:${use.id}`,
    label: use.name,
    description: mountWords(volume.name, use),
    icon: 'server-process',
    context: ';user;',
  }));
  return {
    id: `volume:${volume.name}`,
    label: isAnonymous(volume) ? volume.name.slice(0, 12) : volume.name,
    description: volumeWords(volume),
    tooltip: describeVolume(volume),
    icon: 'database',
    color: isUnused(volume) ? 'disabledForeground' : undefined,
    context: isUnused(volume) ? ';volume;unused;' : ';volume;',
    collapsed: true,
    children: inside ? [inside(volume.name), ...users] : users,
    value: { volume: volume.name } satisfies VolumeValue,
  };
}
