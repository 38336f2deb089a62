// What the list of the API says of a container, in the form that `inspect` has, so that it is read by the same reader. The
// list tells in words when it ended, and neither why nor how often it was started again.
import * as z from 'zod';
import { type ContainerDetails, containerDetails } from './container-details.ts';

const listed = z.object({
  Id: z.string(),
  Names: z.array(z.string()).nullish(),
  Image: z.string().nullish(),
  ImageID: z.string().nullish(),
  Command: z.string().nullish(),
  Created: z.number().nullish(),
  State: z.string(),
  Status: z.string().nullish(),
  Labels: z.record(z.string(), z.string()).nullish(),
  Ports: z
    .array(
      z.object({
        IP: z.string().nullish(),
        PrivatePort: z.number(),
        PublicPort: z.number().nullish(),
        Type: z.string().nullish(),
      }),
    )
    .nullish(),
  Mounts: z.array(z.unknown()).nullish(),
});

const secondsOf: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3_600,
  day: 86_400,
  week: 604_800,
  month: 2_592_000,
  year: 31_536_000,
};

export function listedContainer(raw: unknown, now = Date.now()): ContainerDetails {
  const container = listed.parse(raw);
  const { State: status, Labels, Image } = container;
  const { exitCode, started, finished, health } = readStatus(container.Status ?? '', now);
  return {
    ...containerDetails({
      Id: container.Id,
      Name: ownName(container.Names ?? [], container.Id),
      Image: container.ImageID,
      Created: container.Created && new Date(container.Created * 1000).toISOString(),
      Path: container.Command,
      State: {
        Status: status,
        Running: ['running', 'paused', 'restarting'].includes(status),
        ExitCode: exitCode,
        StartedAt: started?.toISOString(),
        FinishedAt: finished?.toISOString(),
        Health: { Status: health },
      },
      Config: { Image, Labels },
      NetworkSettings: { Ports: portsOf(container.Ports ?? []) },
      Mounts: container.Mounts,
    }),
    isListed: true,
  };
}

/** A link gives a container a second name, `/other/alias`. */
export function ownName(names: readonly string[], id: string): string {
  return names.find((each) => each.lastIndexOf('/') <= 0) ?? names[0] ?? id.slice(0, 12);
}

/**
 * Those to be asked for before rows are drawn, as the list does not tell when they ended, or their image, whose name another
 * one has now: the first that a view shows, which are those that run, then those that ended last.
 */
export function askedFirst(containers: readonly ContainerDetails[], most: number): readonly string[] {
  const time = ({ finished, started, created }: ContainerDetails) =>
    (finished ?? started ?? created)?.getTime() ?? 0;
  return containers
    .filter(({ status, image }) => status !== 'created' || /^(?:sha256:)?[0-9a-f]{12,64}$/.test(image))
    .sort((a, b) => Number(b.running) - Number(a.running) || time(b) - time(a))
    .slice(0, most)
    .map(({ id }) => id);
}

/** `Up 5 minutes (healthy)`, `Exited (137) 2 weeks ago`; source: moby, container/state.go. */
function readStatus(words: string, now: number) {
  const up = /^Up (.{1,40}?)(?: \((?:Paused|(?:health: )?([a-z]{1,20}))\))?$/.exec(words);
  if (up) return { started: ago(up[1], now), health: up[2] };
  const ended = /^(?:Exited|Restarting) \((-?\d{1,10})\) (.{1,40}) ago$/.exec(words);
  return ended ? { exitCode: Number(ended[1]), finished: ago(ended[2], now) } : {};
}

/** `Less than a second`, `About an hour`, `3 weeks`; source: docker/go-units, duration.go. */
function ago(words: string | undefined, now: number): Date | undefined {
  const span = /^(\d{1,6}|About an?|Less than a) (second|minute|hour|day|week|month|year)s?$/.exec(
    words ?? '',
  );
  if (!span) return undefined;
  const seconds = (Number(span[1]) || 1) * (secondsOf[span[2] ?? ''] ?? 0);
  return new Date(now - seconds * 1000);
}

/** As `inspect` has them, in the order of their names. */
function portsOf(ports: NonNullable<z.infer<typeof listed>['Ports']>) {
  const published = new Map<string, { HostIp?: string; HostPort: string }[]>();
  for (const { IP, PrivatePort, PublicPort, Type } of ports) {
    const port = `${PrivatePort}/${Type ?? 'tcp'}`;
    if (PublicPort)
      published.set(port, [
        ...(published.get(port) ?? []),
        { HostIp: IP ?? undefined, HostPort: `${PublicPort}` },
      ]);
  }
  return Object.fromEntries([...published].sort(([a], [b]) => (a < b ? -1 : 1)));
}
