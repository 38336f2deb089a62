// Commands on volumes, as values. Docker and Podman share their words.
import * as z from 'zod';
import type { Engine } from './engine.ts';
import type { Command } from './exec.ts';
import { parseRecords } from './records.ts';
import { bytesOf } from './sizes.ts';

const record = z.object({
  Name: z.string(),
  Driver: z.string().nullish(),
  Mountpoint: z.string().nullish(),
  CreatedAt: z.string().nullish(),
  // Docker's list has them as one text.
  Labels: z.union([z.record(z.string(), z.string()), z.string()]).nullish(),
});

const sized = z.object({ Name: z.string(), Size: z.string() });

export type VolumeDetails = {
  readonly name: string;
  readonly driver: string;
  /** On the machine of the engine. */
  readonly mountpoint: string;
  readonly created?: Date;
  readonly labels: readonly string[];
};

export function volumeDetails(raw: unknown): VolumeDetails {
  const { Name, Driver, Mountpoint, CreatedAt, Labels } = record.parse(raw);
  const created = new Date(CreatedAt ?? '');
  return {
    name: Name,
    driver: Driver ?? '',
    mountpoint: Mountpoint ?? '',
    created: Number.isNaN(created.getTime()) ? undefined : created,
    labels:
      typeof Labels === 'string'
        ? Labels.split(',').filter(Boolean)
        : Object.entries(Labels ?? {}).map(([name, value]) => `${name}=${value}`),
  };
}

export function listVolumes({ file, kind }: Engine): Command<readonly VolumeDetails[]> {
  return {
    file,
    args: ['volume', 'ls', '--format', kind === 'docker' ? '{{json .}}' : 'json'],
    parse: async (stdout) => (await parseRecords(stdout)).map(volumeDetails),
  };
}

export function inspectVolume({ file, kind }: Engine, name: string): Command<unknown> {
  const format = kind === 'docker' ? '{{json .}}' : 'json';
  return {
    file,
    args: ['volume', 'inspect', '--format', format, '--', name],
    parse: async (stdout) => (await parseRecords(stdout))[0],
  };
}

export function createVolume({ file }: Engine, name: string, driver?: string): Command<unknown> {
  return { file, args: ['volume', 'create', ...(driver ? [`--driver=${driver}`] : []), '--', name] };
}

export function removeVolumes({ file }: Engine, names: readonly string[]): Command {
  return { file, args: ['volume', 'rm', '--', ...names] };
}

/** Reads what all volumes hold, which takes as long as there are files. */
export function measureVolumes({ file, nerdctl }: Engine): Command<ReadonlyMap<string, number>> {
  if (nerdctl)
    return {
      file,
      args: ['volume', 'ls', '--size', '--format', '{{json .}}'],
      parse: async (stdout) =>
        new Map(
          (await parseRecords(stdout)).map((raw) => {
            const { Name, Size } = sized.parse(raw);
            return [Name, bytesOf(Size) ?? 0] as const;
          }),
        ),
    };
  return { file, args: ['system', 'df', '--verbose'], parse: readSizes };
}

/** The lines below `VOLUME NAME  LINKS  SIZE`, which Docker and Podman print alike. */
export function readSizes(table: string): ReadonlyMap<string, number> {
  const lines = table.split(/\r?\n/);
  const head = lines.findIndex((line) => line.startsWith('VOLUME NAME'));
  const sizes = new Map<string, number>();
  for (const line of head < 0 ? [] : lines.slice(head + 1)) {
    const [, name, amount, unit = ''] = /^(\S+)\s+\d+\s+([\d.]+)\s?([kMGT]?B)$/.exec(line.trim()) ?? [];
    if (!name) break;
    sizes.set(name, Math.round(Number(amount) * 1000 ** ['B', 'kB', 'MB', 'GB', 'TB'].indexOf(unit)));
  }
  return sizes;
}
