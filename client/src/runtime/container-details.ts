// What `inspect` says of a container, read at the edge. Docker and Podman spell it nearly alike.
import * as z from 'zod';

/** Source: NVIDIA Container Toolkit, "Specialized Configurations with Docker". */
const visibleGpus = 'NVIDIA_VISIBLE_DEVICES=';

const words = z.union([z.array(z.string()), z.string()]).nullish();

const inspected = z.object({
  Id: z.string(),
  Name: z.string(),
  Image: z.string().nullish(),
  ImageName: z.string().nullish(),
  Created: z.string().nullish(),
  Path: z.string().nullish(),
  Args: words,
  RestartCount: z.number().nullish(),
  State: z.object({
    Status: z.string(),
    Running: z.boolean().nullish(),
    OOMKilled: z.boolean().nullish(),
    ExitCode: z.number().nullish(),
    Error: z.string().nullish(),
    StartedAt: z.string().nullish(),
    FinishedAt: z.string().nullish(),
    Health: z.object({ Status: z.string().nullish() }).nullish(),
  }),
  Config: z
    .object({
      Image: z.string().nullish(),
      Tty: z.boolean().nullish(),
      Env: z.array(z.string()).nullish(),
      Labels: z.record(z.string(), z.string()).nullish().catch(undefined),
    })
    .nullish(),
  HostConfig: z
    .object({
      DeviceRequests: z
        .array(
          z.object({
            DeviceIDs: z.array(z.string()).nullish(),
            Capabilities: z.array(z.array(z.string())).nullish(),
          }),
        )
        .nullish(),
      Devices: z.array(z.object({ PathOnHost: z.string().nullish() })).nullish(),
      Runtime: z.string().nullish(),
    })
    .nullish(),
  NetworkSettings: z
    .object({
      Ports: z
        .record(
          z.string(),
          z.array(z.object({ HostIp: z.string().nullish(), HostPort: z.string().nullish() })).nullish(),
        )
        .nullish(),
    })
    .nullish(),
  Mounts: z
    .array(
      z.object({
        Type: z.string().nullish(),
        Name: z.string().nullish(),
        Source: z.string().nullish(),
        Destination: z.string(),
        RW: z.boolean().nullish(),
      }),
    )
    .nullish(),
});

export type ContainerDetails = {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  /** Of the image it was made of, whatever has that name now; nerdctl does not tell it. */
  readonly imageId?: string;
  readonly created?: Date;
  /** The engine's word: created, running, paused, restarting, removing, exited, dead. */
  readonly status: string;
  /** Also while it is paused. */
  readonly running: boolean;
  readonly outOfMemory: boolean;
  readonly exitCode: number;
  /** Why it could not start, in the engine's words. */
  readonly error?: string;
  readonly started?: Date;
  readonly finished?: Date;
  /** A person stopped it from here. */
  readonly stoppedHere?: boolean;
  /** Why it failed, as its own output says. */
  readonly said?: string;
  readonly health?: string;
  /** How often its restart policy started it again. */
  readonly restarts?: number;
  /** Published ports only. */
  readonly ports: readonly {
    /** Where it is not on all interfaces; of an IPv6 address with its brackets. */
    readonly address?: string;
    readonly host: number;
    readonly container: string;
  }[];
  readonly mounts: readonly { readonly from: string; readonly to: string; readonly readOnly: boolean }[];
  readonly command: readonly string[];
  readonly gpu: boolean;
  /** Its output is that of a terminal: one stream. */
  readonly hasTerminal: boolean;
  readonly labels?: Readonly<Record<string, string>>;
  /** As the list tells it, for the first rows of a view: what only `inspect` says is missing. */
  readonly isListed?: true;
  readonly raw: unknown;
};

export function containerDetails(raw: unknown): ContainerDetails {
  const container = inspected.parse(raw);
  const { State: state } = container;
  const args = container.Args ?? [];
  return {
    id: container.Id,
    name: container.Name.replace(/^\//, ''),
    image: container.ImageName || container.Config?.Image || container.Image || '',
    imageId: /^(?:sha256:)?([0-9a-f]{64})$/.exec(container.Image ?? '')?.[1],
    created: date(container.Created),
    status: state.Status,
    running: state.Running ?? state.Status === 'running',
    outOfMemory: state.OOMKilled ?? false,
    exitCode: state.ExitCode ?? 0,
    error: state.Error || undefined,
    started: date(state.StartedAt),
    finished: date(state.FinishedAt),
    health: state.Health?.Status || undefined,
    restarts: container.RestartCount || undefined,
    ports: publishedPorts(container.NetworkSettings?.Ports ?? {}),
    mounts: (container.Mounts ?? []).map(({ Name, Source, Destination, RW }) => ({
      from: Name || Source || '',
      to: Destination,
      readOnly: RW === false,
    })),
    command: [container.Path ?? '', ...(typeof args === 'string' ? [args] : args)].filter(Boolean),
    gpu: hasGpu(container),
    hasTerminal: container.Config?.Tty ?? false,
    labels: container.Config?.Labels ?? undefined,
    raw,
  };
}

/** By `--gpus`, by a name of the Container Device Interface, by device files, as Podman lists one of those, or by NVIDIA's runtime. */
function hasGpu({ HostConfig, Config }: z.infer<typeof inspected>): boolean {
  const { DeviceRequests, Devices, Runtime } = HostConfig ?? {};
  const visible = Config?.Env?.findLast((variable) => variable.startsWith(visibleGpus));
  return (
    (DeviceRequests ?? []).some(
      ({ Capabilities, DeviceIDs }) =>
        Capabilities?.flat().includes('gpu') || DeviceIDs?.some((id) => id.startsWith('nvidia.com/gpu=')),
    ) ||
    (Devices ?? []).some(({ PathOnHost }) => PathOnHost?.startsWith('/dev/nvidia')) ||
    // It may be the runtime of all containers, and gives a GPU to those that have the variable.
    (Runtime === 'nvidia' &&
      visible !== undefined &&
      !['', 'none', 'void'].includes(visible.slice(visibleGpus.length)))
  );
}

/** The same port is listed once for IPv4 and once for IPv6. */
function publishedPorts(
  ports: NonNullable<NonNullable<z.infer<typeof inspected>['NetworkSettings']>['Ports']>,
) {
  return Object.entries(ports).flatMap(([port, bindings]) => {
    const places = new Map(
      (bindings ?? []).flatMap(({ HostIp, HostPort }) => {
        const host = Number(HostPort);
        const address = publishedAddress(HostIp);
        return host ? [[`${address}:${host}`, { ...(address && { address }), host }]] : [];
      }),
    );
    return [...places.values()].map((place) => ({ ...place, container: port.replace(/\/tcp$/, '') }));
  });
}

/** Nothing for all interfaces. */
export function publishedAddress(address: string | null | undefined): string {
  if (!address || address === '0.0.0.0' || address === '::') return '';
  return address.includes(':') ? `[${address}]` : address;
}

/** What has not happened yet has the year 1. */
function date(text: string | null | undefined): Date | undefined {
  const at = new Date(text ?? '');
  return at.getTime() > 0 ? at : undefined;
}
