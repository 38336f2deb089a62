// What `inspect` says of how a container was made, and of what its image gave it. Docker and Podman spell it nearly alike.
import * as z from 'zod';

const text = z.string().nullish();
const texts = z.array(z.string()).nullish();
const table = z.record(z.string(), z.string()).nullish();
const places = z.record(z.string(), z.unknown()).nullish();
const number = z.number().nullish();
const flag = z.boolean().nullish();
const words = z.union([z.array(z.string()), z.string()]).nullish();

const health = z
  .object({ Test: texts, Interval: number, Timeout: number, StartPeriod: number, Retries: number })
  .nullish();

const config = z.object({
  Hostname: text,
  Domainname: text,
  User: text,
  Tty: flag,
  OpenStdin: flag,
  Env: texts,
  Cmd: words,
  Image: text,
  WorkingDir: text,
  Entrypoint: words,
  Labels: table,
  Volumes: places,
  ExposedPorts: places,
  StopSignal: z.union([z.string(), z.number()]).nullish(),
  StopTimeout: number,
  Healthcheck: health,
  MacAddress: text,
  CreateCommand: texts,
});

const hostConfig = z.object({
  Binds: texts,
  Mounts: z
    .array(
      z.object({
        Type: z.string(),
        Source: text,
        Target: z.string(),
        ReadOnly: flag,
        Consistency: text,
        BindOptions: z.object({ Propagation: text }).nullish(),
        VolumeOptions: z
          .object({ NoCopy: flag, DriverConfig: z.object({ Name: text, Options: table }).nullish() })
          .nullish(),
        TmpfsOptions: z.object({ SizeBytes: number, Mode: number }).nullish(),
      }),
    )
    .nullish(),
  Tmpfs: table,
  VolumesFrom: texts,
  VolumeDriver: text,
  NetworkMode: text,
  PortBindings: z.record(z.string(), z.array(z.object({ HostIp: text, HostPort: text })).nullish()).nullish(),
  PublishAllPorts: flag,
  RestartPolicy: z.object({ Name: text, MaximumRetryCount: number }).nullish(),
  AutoRemove: flag,
  Privileged: flag,
  ReadonlyRootfs: flag,
  Init: flag,
  CapAdd: texts,
  CapDrop: texts,
  Devices: z.array(z.object({ PathOnHost: text, PathInContainer: text, CgroupPermissions: text })).nullish(),
  DeviceCgroupRules: texts,
  DeviceRequests: z
    .array(
      z.object({
        Driver: text,
        Count: number,
        DeviceIDs: texts,
        Capabilities: z.array(z.array(z.string())).nullish(),
      }),
    )
    .nullish(),
  Dns: texts,
  DnsOptions: texts,
  DnsSearch: texts,
  ExtraHosts: texts,
  GroupAdd: texts,
  Links: texts,
  IpcMode: text,
  PidMode: text,
  UTSMode: text,
  UsernsMode: text,
  CgroupParent: text,
  Runtime: text,
  SecurityOpt: texts,
  StorageOpt: table,
  Sysctls: table,
  Ulimits: z.array(z.object({ Name: z.string(), Soft: z.number(), Hard: z.number() })).nullish(),
  LogConfig: z.object({ Type: text, Config: table }).nullish(),
  ShmSize: number,
  Memory: number,
  MemoryReservation: number,
  MemorySwap: number,
  NanoCpus: number,
  CpuShares: number,
  CpuPeriod: number,
  CpuQuota: number,
  CpusetCpus: text,
  CpusetMems: text,
  BlkioWeight: number,
  PidsLimit: number,
  OomScoreAdj: number,
  OomKillDisable: flag,
});

const container = z.object({
  Id: z.string(),
  Name: z.string(),
  Image: text,
  ImageName: text,
  Config: config,
  HostConfig: hostConfig,
  Mounts: z
    .array(
      z.object({
        Type: text,
        Name: text,
        Source: text,
        Destination: z.string(),
        Mode: text,
        RW: flag,
        Propagation: text,
      }),
    )
    .nullish(),
  NetworkSettings: z
    .object({
      Networks: z
        .record(
          z.string(),
          z
            .object({
              Aliases: texts,
              IPAMConfig: z.object({ IPv4Address: text, IPv6Address: text }).nullish(),
            })
            .nullish(),
        )
        .nullish(),
    })
    .nullish(),
});
const image = z.object({ Config: config.nullish(), Healthcheck: health });

export type InspectedRun = z.infer<typeof container>;
export type HostConfig = z.infer<typeof hostConfig>;
export type RunConfig = z.infer<typeof config>;
export type Health = z.infer<typeof health>;

export const readInspectedRun = (raw: unknown): InspectedRun => container.parse(raw);

/** Nothing where the image is gone, so that all of the container's own is told. Podman has the check beside the configuration. */
export function readImageConfig(raw: unknown): RunConfig {
  const { data } = image.safeParse(raw);
  const found = data?.Config ?? {};
  return { ...found, Healthcheck: found.Healthcheck ?? data?.Healthcheck } as RunConfig;
}
