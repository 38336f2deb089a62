// What takes disk space in an engine, read from the answers of its API and of its command lines.
import * as z from 'zod';

export type ImageUse = {
  readonly id: string;
  readonly names: readonly string[];
  readonly bytes: number;
  /** What no other image has, as far as the engine tells. */
  readonly ownBytes: number;
};
export type ContainerUse = {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  /** What it wrote itself. */
  readonly bytes: number;
  readonly stopped: boolean;
};
/** The engine does not know the size of a volume that another driver keeps. */
export type VolumeUse = { readonly name: string; readonly bytes?: number; readonly used: boolean };
export type CacheUse = {
  readonly id: string;
  readonly bytes: number;
  readonly inUse: boolean;
  /** Its bytes belong to an image as well, and stay with that. */
  readonly shared: boolean;
  readonly lastUsed?: Date;
};

export type DiskUsage = {
  /** Of all images together, what they share counted once where the engine tells it. */
  readonly imageBytes: number;
  /** It does not tell it: they take so much at most. */
  readonly imagesAtMost: boolean;
  readonly images: readonly ImageUse[];
  readonly containers: readonly ContainerUse[];
  readonly volumes: readonly VolumeUse[];
  readonly cache: readonly CacheUse[];
};

const list = <T extends z.ZodType>(item: T) => z.array(item).nullish();
const bytes = z.number().nullish();

const images = list(
  z.object({
    Id: z.string(),
    RepoTags: list(z.string()),
    RepoDigests: list(z.string()),
    Size: bytes,
    SharedSize: bytes,
  }),
);
const containers = list(
  z.object({
    Id: z.string(),
    Names: list(z.string()),
    ImageID: z.string().nullish(),
    State: z.string().nullish(),
    SizeRw: bytes,
  }),
);
const volumes = list(
  z.object({ Name: z.string(), UsageData: z.object({ Size: bytes, RefCount: bytes }).nullish() }),
);
const cache = list(
  z.object({
    ID: z.string(),
    Size: bytes,
    InUse: z.boolean().nullish(),
    Shared: z.boolean().nullish(),
    LastUsedAt: z.string().nullish(),
    CreatedAt: z.string().nullish(),
  }),
);
const usage = <T extends z.ZodType>(items: T) => z.object({ TotalSize: bytes, Items: items }).nullish();

/** `/system/df`: lists up to API 1.51, then an object for each kind, with its list where that is asked for. */
const answer = z.object({
  LayersSize: bytes,
  Images: images,
  Containers: containers,
  Volumes: volumes,
  BuildCache: cache,
  ImageUsage: usage(images),
  ContainerUsage: usage(containers),
  VolumeUsage: usage(volumes),
  BuildCacheUsage: usage(cache),
});

export function dockerUsage(raw: unknown): DiskUsage {
  const told = answer.parse(raw);
  const found = (told.ImageUsage?.Items ?? told.Images ?? []).map((image) => {
    const size = image.Size ?? 0;
    const names = [...(image.RepoTags ?? []), ...(image.RepoDigests ?? [])];
    return {
      id: image.Id,
      names: names.filter((name) => !name.includes('<none>')),
      bytes: size,
      ownBytes: Math.max(0, size - Math.max(0, image.SharedSize ?? 0)),
    };
  });
  const total = told.ImageUsage?.TotalSize ?? told.LayersSize;
  return {
    imageBytes: total ?? sum(found),
    imagesAtMost: typeof total !== 'number' && found.some(shares),
    images: found,
    containers: (told.ContainerUsage?.Items ?? told.Containers ?? []).map((container) => ({
      id: container.Id,
      name: container.Names?.[0]?.replace(/^\//, '') ?? container.Id.slice(0, 12),
      image: container.ImageID ?? '',
      bytes: container.SizeRw ?? 0,
      stopped: isStopped(container.State),
    })),
    volumes: (told.VolumeUsage?.Items ?? told.Volumes ?? []).map(({ Name, UsageData }) => ({
      name: Name,
      bytes: typeof UsageData?.Size === 'number' && UsageData.Size >= 0 ? UsageData.Size : undefined,
      // −1 where it is not known: that one stays.
      used: UsageData?.RefCount !== 0,
    })),
    cache: (told.BuildCacheUsage?.Items ?? told.BuildCache ?? []).map((record) => ({
      id: record.ID,
      bytes: record.Size ?? 0,
      inUse: record.InUse ?? false,
      shared: record.Shared ?? false,
      lastUsed: dateOf(record.LastUsedAt ?? record.CreatedAt),
    })),
  };
}

const podmanImages = z.array(z.object({ Id: z.string(), Names: list(z.string()), Size: bytes }));
const podmanContainers = z.array(
  z.object({
    Id: z.string(),
    Names: list(z.string()),
    ImageID: z.string().nullish(),
    State: z.string().nullish(),
    Size: z.object({ rwSize: bytes }).nullish(),
    IsInfra: z.boolean().nullish(),
  }),
);
const podmanVolumes = z.array(z.object({ Name: z.string(), MountCount: bytes }));

export type PodmanLists = {
  readonly images: unknown;
  readonly containers: unknown;
  /** All of them, and those that no container has. */
  readonly volumes: unknown;
  readonly unusedVolumes: unknown;
  /** What `system df --verbose` prints, which alone tells sizes of volumes and what images share. */
  readonly table: string;
};

/** Podman's API counts layers as images and leaves out their names, so its lists are read. It keeps no build cache. */
export function podmanUsage(told: PodmanLists): DiskUsage {
  // Columns are two spaces apart, and an age such as "2 seconds" has one.
  const rows = told.table.split('\n').map((line) =>
    line
      .trim()
      .split('  ')
      .filter(Boolean)
      .map((cell) => cell.trim()),
  );
  const unique = new Map(rows.map((row) => [row[2], parseBytes(row.at(-2))]));
  const found = podmanImages.parse(told.images ?? []).map(({ Id, Names, Size }) => ({
    id: Id,
    names: Names ?? [],
    bytes: Size ?? 0,
    ownBytes: unique.get(Id.slice(0, 12)) ?? 0,
  }));
  const unused = new Set(podmanVolumes.parse(told.unusedVolumes ?? []).map(({ Name }) => Name));
  const sizes = new Map(
    rows.filter(({ length }) => length === 3).map(([name, , size]) => [name, parseBytes(size)]),
  );
  return {
    imageBytes: sum(found),
    imagesAtMost: found.some(shares),
    images: found,
    containers: podmanContainers.parse(told.containers ?? []).map((container) => ({
      id: container.Id,
      name: container.Names?.[0] ?? container.Id.slice(0, 12),
      image: container.ImageID ?? '',
      bytes: container.Size?.rwSize ?? 0,
      // What holds a pod together goes with the pod.
      stopped: !container.IsInfra && isStopped(container.State),
    })),
    volumes: podmanVolumes
      .parse(told.volumes ?? [])
      .map(({ Name }) => ({ name: Name, bytes: sizes.get(Name), used: !unused.has(Name) })),
    cache: [],
  };
}

/** `1.5GB` and `42.05kB`, as engines print sizes for people. */
export function parseBytes(text: string | undefined): number | undefined {
  const match = /^(\d+(?:\.\d+)?) ?([kKMGT]?)B$/.exec(text ?? '');
  if (!match) return undefined;
  const power = ['', 'K', 'M', 'G', 'T'].indexOf((match[2] ?? '').toUpperCase());
  return Math.round(Number(match[1]) * 1000 ** power);
}

const isStopped = (state: string | null | undefined) =>
  ['created', 'configured', 'exited', 'dead'].includes(state ?? '');

const shares = ({ bytes, ownBytes }: ImageUse) => ownBytes < bytes;

const sum = (things: readonly { readonly bytes: number }[]) =>
  things.reduce((total, { bytes }) => total + bytes, 0);

function dateOf(text: string | null | undefined): Date | undefined {
  const date = new Date(text ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
}
