// Options of `run` for what an inspect says of a container: limits, devices, namespaces, and whatever else the form of a run has
// no row for. What is the engine's default is left out.
import type { EngineKind } from './engine.ts';
import type { Health, HostConfig, RunConfig } from './inspected-run.ts';

export type Flags = readonly string[];

const megabyte = 1_048_576;
const each = (flag: string, values: readonly string[] | null | undefined): Flags =>
  (values ?? []).flatMap((value) => [flag, value]);
const one = (flag: string, value: string | number | null | undefined): Flags =>
  value ? [flag, String(value)] : [];
const pairs = (flag: string, table: Readonly<Record<string, string>> | null | undefined): Flags =>
  each(
    flag,
    Object.entries(table ?? {}).map(([key, value]) => `${key}=${value}`),
  );

export const sizeText = (bytes: number) => (bytes % megabyte ? `${bytes}b` : `${bytes / megabyte}m`);

/** The name of a namespace that is not the usual one. */
const namespace = (flag: string, mode: string | null | undefined, usual: readonly string[]): Flags =>
  mode && !usual.includes(mode) ? [flag, mode] : [];

export function limitFlags(host: HostConfig, kind: EngineKind): Flags {
  const { Memory: memory, MemorySwap: swap, NanoCpus: cpus, PidsLimit: pids } = host;
  const size = (flag: string, bytes: number | null | undefined): Flags =>
    bytes ? [flag, sizeText(bytes)] : [];
  return [
    ...size('--memory', memory),
    ...size('--memory-reservation', host.MemoryReservation),
    // Engines make it twice the memory where nothing is said.
    ...(swap === -1
      ? ['--memory-swap', '-1']
      : memory && swap !== 2 * memory
        ? size('--memory-swap', swap)
        : []),
    ...one('--cpus', cpus && cpus / 1e9),
    ...one('--cpu-shares', host.CpuShares),
    ...(cpus ? [] : [...one('--cpu-period', host.CpuPeriod), ...one('--cpu-quota', host.CpuQuota)]),
    ...one('--cpuset-cpus', host.CpusetCpus),
    ...one('--cpuset-mems', host.CpusetMems),
    ...one('--blkio-weight', host.BlkioWeight),
    // 2048 is what Podman gives to all.
    ...(kind === 'podman' && pids === 2048 ? [] : one('--pids-limit', pids)),
    ...one('--oom-score-adj', host.OomScoreAdj),
    ...(host.OomKillDisable ? ['--oom-kill-disable'] : []),
    ...each(
      '--ulimit',
      (host.Ulimits ?? [])
        // Podman lists what it gives to all as well.
        .filter(({ Soft, Hard }) => kind === 'docker' || Soft !== megabyte || Hard !== megabyte)
        .map(({ Name, Soft, Hard }) => `${Name.replace(/^RLIMIT_/, '').toLowerCase()}=${Soft}:${Hard}`),
    ),
  ];
}

export function hostFlags(host: HostConfig, kind: EngineKind, asked: readonly string[] = []): Flags {
  const { Name: restart, MaximumRetryCount: most } = host.RestartPolicy ?? {};
  const { Type: driver, Config: driverOptions } = host.LogConfig ?? {};
  const usualDrivers = kind === 'docker' ? ['json-file'] : ['k8s-file', 'journald', 'passthrough'];
  return [
    ...(restart && restart !== 'no' ? ['--restart', most ? `${restart}:${most}` : restart] : []),
    ...(host.Privileged ? ['--privileged'] : []),
    ...(host.ReadonlyRootfs ? ['--read-only'] : []),
    ...(host.Init || asked.includes('--init') ? ['--init'] : []),
    ...each('--cap-add', host.CapAdd),
    ...each('--cap-drop', host.CapDrop),
    // Said of every privileged container.
    ...each(
      '--security-opt',
      host.SecurityOpt?.filter((option) => !host.Privileged || option !== 'label=disable'),
    ),
    ...each('--device', devices(host, asked)),
    ...each('--device-cgroup-rule', host.DeviceCgroupRules),
    ...each('--group-add', host.GroupAdd),
    ...each('--dns', host.Dns),
    ...each('--dns-option', host.DnsOptions),
    ...each('--dns-search', host.DnsSearch),
    ...each('--add-host', host.ExtraHosts),
    ...each(
      '--link',
      host.Links?.map((link) => {
        const [other = '', alias = ''] = link.split(':');
        return `${other.replace(/^\//, '')}:${alias.split('/').at(-1)}`;
      }),
    ),
    ...namespace('--ipc', host.IpcMode, ['private', 'shareable']),
    ...namespace('--pid', host.PidMode, ['private']),
    ...namespace('--uts', host.UTSMode, ['private']),
    ...namespace('--userns', host.UsernsMode, []),
    ...one('--cgroup-parent', host.CgroupParent),
    ...namespace('--runtime', host.Runtime, ['runc', 'oci', 'crun', 'io.containerd.runc.v2']),
    ...pairs('--storage-opt', host.StorageOpt),
    ...pairs('--sysctl', host.Sysctls),
    ...namespace('--log-driver', driver, usualDrivers),
    ...pairs('--log-opt', driverOptions),
    ...one('--volume-driver', host.VolumeDriver),
    ...each('--volumes-from', host.VolumesFrom),
  ];
}

/** A GPU of Podman is a name that stands for several devices, which it lists one by one. */
function devices(host: HostConfig, asked: readonly string[]): readonly string[] {
  const named = asked.filter(
    (word, index) => asked[index - 1] === '--device' && /^[\w.-]+\/[\w.-]+=/.test(word),
  );
  const requested = (host.DeviceRequests ?? []).flatMap(({ Driver, DeviceIDs }) =>
    Driver === 'cdi' ? (DeviceIDs ?? []) : [],
  );
  const single = (host.Devices ?? []).flatMap(({ PathOnHost, PathInContainer, CgroupPermissions }) => {
    if (!PathOnHost || host.Privileged || (named.length && PathOnHost.startsWith('/dev/nvidia'))) return [];
    const [inside, may] = [PathInContainer || PathOnHost, CgroupPermissions || 'rwm'];
    if (may !== 'rwm') return [`${PathOnHost}:${inside}:${may}`];
    return [inside === PathOnHost ? PathOnHost : `${PathOnHost}:${inside}`];
  });
  return [...named, ...requested, ...single];
}

/** `--gpus` of Docker; all of them are a row of the form. */
export function gpuFlags(host: HostConfig): { readonly all: boolean; readonly flags: Flags } {
  const wanted = (host.DeviceRequests ?? []).filter(
    ({ Driver, Capabilities }) => Driver !== 'cdi' && Capabilities?.flat().includes('gpu'),
  );
  const flags = wanted
    .filter(({ Count }) => Count !== -1)
    .flatMap(({ Count, DeviceIDs }) => [
      '--gpus',
      // The value is a line of CSV.
      DeviceIDs?.length ? `"device=${DeviceIDs.join(',')}"` : String(Count ?? 1),
    ]);
  return { all: wanted.some(({ Count }) => Count === -1), flags };
}

const duration = (nanoseconds: number | null | undefined) =>
  nanoseconds ? (nanoseconds % 1e9 ? `${nanoseconds}ns` : `${nanoseconds / 1e9}s`) : undefined;

export function healthFlags(own: Health, ofImage: Health, kind: EngineKind): Flags {
  if (!own?.Test?.length || JSON.stringify(own) === JSON.stringify(ofImage)) return [];
  const [how, ...test] = own.Test;
  if (how === 'NONE') return ['--no-healthcheck'];
  const command =
    how === 'CMD-SHELL'
      ? (test[0] ?? '')
      : kind === 'podman'
        ? JSON.stringify([how, ...test])
        : // Docker's command line knows checks of a shell alone.
          test
            .map((word) => (/^[\w./:=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
            .join(' ');
  return [
    ...one('--health-cmd', command),
    ...one('--health-interval', duration(own.Interval)),
    ...one('--health-timeout', duration(own.Timeout)),
    ...one('--health-start-period', duration(own.StartPeriod)),
    ...one('--health-retries', own.Retries),
  ];
}

export function stopFlags(own: RunConfig, ofImage: RunConfig, kind: EngineKind): Flags {
  // Podman says the number of the usual one.
  const usual = ofImage.StopSignal ? String(ofImage.StopSignal) : kind === 'podman' ? '15' : 'SIGTERM';
  const signal = own.StopSignal ? String(own.StopSignal) : usual;
  const timeout = kind === 'podman' && own.StopTimeout === 10 ? undefined : own.StopTimeout;
  return [
    ...(signal === usual || ofImage.StopSignal === signal ? [] : ['--stop-signal', signal]),
    ...(typeof timeout === 'number' ? ['--stop-timeout', String(timeout)] : []),
  ];
}
