import type { EngineUser } from '../engine/connection.ts';
import { volumeUses } from '../engine/uses.ts';
import { sizesInAMoment, volumes } from '../engine/volumes.ts';
import type { ArrangeNodes } from '../ui/arrange.ts';
import type { LoadNodes, Node } from '../ui/tree.ts';
import type { Workbench } from '../ui/workbench.ts';
import {
  describeVolume,
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

type Reader = Pick<Workbench, 'resources'>;

export type Sizes = ReadonlyMap<string, number>;

/** With who uses them, and with their sizes as far as they are known. */
export async function listVolumes({ resources }: Reader, sizes: Sizes): Promise<readonly Volume[]> {
  return withUsers(...(await Promise.all([resources.all(volumes), resources.all(volumeUses)])), sizes);
}

/** The same as they are now, for what is decided by who uses them. */
export async function volumesNow(reader: Reader, sizes: Sizes): Promise<readonly Volume[]> {
  reader.resources.invalidate(volumes);
  reader.resources.invalidate(volumeUses);
  return listVolumes(reader, sizes);
}

/** Measured where that takes no more than a moment. */
export async function withSizes(user: EngineUser, volumes: readonly Volume[]): Promise<readonly Volume[]> {
  if (sizeOf(volumes) !== undefined) return volumes;
  const sizes = await sizesInAMoment(user);
  return volumes.map((volume) => ({ ...volume, bytes: sizes?.get(volume.name) ?? volume.bytes }));
}

/** What other rooms show below a volume. */
export type InVolume = (volume: string) => Node;

export function volumeNodes(
  reader: Reader,
  sizes: () => Promise<Sizes>,
  arrange: ArrangeNodes<Volume>,
  inside?: InVolume,
): LoadNodes {
  return async () => arrange(await listVolumes(reader, await sizes()), (volume) => nodeOf(volume, inside));
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
    longest: 24,
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
