// Volumes without VS Code: who uses them, what they are called, and what is said of them.
import { t } from '@vscode/l10n';
import type { ContainerUse } from '../engine/uses.ts';
import { redact } from '../runtime/redact.ts';
import type { VolumeDetails } from '../runtime/volume-commands.ts';
import { code, facts, joined, type Markdown, plain } from '../ui/plain-text.ts';
import { formatBytes, formatUsers } from '../ui/words.ts';

export type Volume = VolumeDetails & {
  readonly users: readonly ContainerUse[];
  /** Known once it was measured. */
  readonly bytes?: number;
};

/** In the order of their names. */
export function withUsers(
  volumes: readonly VolumeDetails[],
  uses: readonly ContainerUse[],
  sizes: ReadonlyMap<string, number>,
): readonly Volume[] {
  const users = new Map<string, ContainerUse[]>();
  for (const use of uses) {
    for (const name of new Set(use.volumes.map(({ name }) => name)))
      users.set(name, [...(users.get(name) ?? []), use]);
  }
  return volumes
    .map((volume) => ({ ...volume, users: users.get(volume.name) ?? [], bytes: sizes.get(volume.name) }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

/** Named by the engine, as `VOLUME` and `--volume /path` do. */
export function isAnonymous({ name }: Pick<Volume, 'name'>): boolean {
  return /^[0-9a-f]{64}$/.test(name);
}

export function isUnused({ users }: Pick<Volume, 'users'>): boolean {
  return users.length === 0;
}

export function parted(volumes: readonly Volume[]) {
  return { unused: volumes.filter(isUnused), used: volumes.filter((volume) => !isUnused(volume)) };
}

/** `used by 2 containers · 12 MB · local`: what matters first, as a narrow view cuts the rest. */
export function volumeWords({ driver, bytes, users }: Volume): string {
  return [formatUsers(users.length), bytes !== undefined && formatBytes(bytes), driver]
    .filter(Boolean)
    .join(' · ');
}

/** What is in a group, and what of it can go: `7 volumes, 5 unused · 120 MB`. */
export function groupWords(volumes: readonly Volume[]): string {
  const bytes = sizeOf(volumes);
  const unused = volumes.filter(isUnused).length;
  const counted = volumes.length === 1 ? t('1 volume') : t('{0} volumes', volumes.length);
  return [`${counted}, ${t('{0} unused', unused)}`, bytes !== undefined && formatBytes(bytes)]
    .filter(Boolean)
    .join(' · ');
}

/** Of all together, where each was measured. */
export function sizeOf(volumes: readonly Pick<Volume, 'bytes'>[]): number | undefined {
  let sum = 0;
  for (const { bytes } of volumes) {
    if (bytes === undefined) return undefined;
    sum += bytes;
  }
  return sum;
}

/** Where a container has it: `running · /data · read-only`. */
export function mountWords(volume: string, { active, volumes }: ContainerUse): string {
  const places = volumes
    .filter(({ name }) => name === volume)
    .map(({ to, readOnly }) => (readOnly ? t('{0} read-only', to) : to));
  return [active ? t('running') : t('not running'), ...places].join(' · ');
}

/** Says what is wrong with a name for a volume, if anything. Podman takes one letter; Docker wants two. */
export function checkVolumeName(name: string): string | undefined {
  if (/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) return undefined;
  return t('A name of a volume has letters, digits, and . _ - after the first; two at least.');
}

/** Options are left out: those of a share hold its password. */
export function describeVolume(volume: Volume): Markdown {
  const { name, mountpoint, created, labels } = volume;
  return joined(
    [
      joined([code(name), plain(volumeWords(volume))]),
      facts([
        [t('Created'), created && plain(`${created.toISOString().slice(0, 19).replace('T', ' ')} UTC`)],
        [t('Folder'), code(mountpoint)],
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
