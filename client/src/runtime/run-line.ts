// The `run` that makes a container anew, from what `inspect` says of it and of its image.
import type { Mount, Published, RunOptions } from './container-commands.ts';
import { publishedAddress } from './container-details.ts';
import type { EngineKind } from './engine.ts';
import { type InspectedRun, type RunConfig, readImageConfig, readInspectedRun } from './inspected-run.ts';
import {
  type Flags,
  gpuFlags,
  healthFlags,
  hostFlags,
  limitFlags,
  sizeText,
  stopFlags,
} from './run-flags.ts';

export type Remade = RunOptions & {
  readonly name: string;
  /** Networks beside the first, which Docker 20.10 takes one by one: arguments of `network connect`. */
  readonly connections: readonly Flags[];
};

type Options = {
  readonly kind: EngineKind;
  /** Volumes without a name of their own come along, and with them what is in them. */
  readonly takesVolumes?: boolean;
};

export function remadeFrom(rawContainer: unknown, rawImage: unknown, options: Options): Remade {
  const container = readInspectedRun(rawContainer);
  const image = readImageConfig(rawImage);
  const { kind } = options;
  const { Config: own, HostConfig: host } = container;
  const asked = own.CreateCommand ?? [];
  const gpu = gpuFlags(host);
  const ports = portsOf(container, image);
  const mounts = mountsOf(container, image, options);
  const network = networkOf(container, kind);
  const start = startOf(own, image, kind, asked);
  const usualShm = kind === 'docker' ? 67_108_864 : 65_536_000;
  return {
    name: container.Name.replace(/^\//, ''),
    image: container.ImageName || own.Image || container.Image || '',
    remove: host.AutoRemove ?? false,
    ports: ports.plain,
    env: environmentOf(own, image, kind),
    mounts: mounts.plain,
    gpu: gpu.all,
    shmSize: host.ShmSize && host.ShmSize !== usualShm ? sizeText(host.ShmSize) : undefined,
    terminal: own.Tty ?? false,
    options: [
      ...(own.OpenStdin ? ['--interactive'] : []),
      ...ports.flags,
      ...mounts.flags,
      ...network.flags,
      ...hostnameOf(container),
      ...own_('--user', own.User, image.User),
      ...own_('--workdir', own.WorkingDir, image.WorkingDir || '/'),
      ...start.flags,
      ...gpu.flags,
      ...hostFlags(host, kind, asked),
      ...limitFlags(host, kind),
      ...stopFlags(own, image, kind),
      ...healthFlags(own.Healthcheck, image.Healthcheck, kind),
      ...labelsOf(own, image),
    ],
    command: start.command,
    connections: network.connections,
  };
}

const own_ = (flag: string, value: string | null | undefined, ofImage: string | null | undefined): Flags =>
  value && value !== ofImage ? [flag, value] : [];

const list = (words: string | readonly string[] | null | undefined): readonly string[] =>
  typeof words === 'string' ? (words ? words.split(' ') : []) : (words ?? []);
const same = (one: readonly string[], other: readonly string[]) =>
  JSON.stringify(one) === JSON.stringify(other);

function startOf(own: RunConfig, image: RunConfig, kind: EngineKind, asked: readonly string[]) {
  const [entry, command] = [list(own.Entrypoint), list(own.Cmd)];
  if (same(entry, list(image.Entrypoint)))
    return { flags: [], command: same(command, list(image.Cmd)) ? [] : command };
  const [program = '', ...words] = entry;
  if (kind === 'docker') return { flags: ['--entrypoint', program], command: [...words, ...command] };
  // Podman tells it as one text, in which a blank may be part of a word; what was typed has all of them.
  const typed = asked.indexOf('--entrypoint');
  const joined = asked.find((word) => word.startsWith('--entrypoint='))?.slice('--entrypoint='.length);
  const given = joined ?? (typed >= 0 ? asked[typed + 1] : undefined);
  return { flags: ['--entrypoint', given ?? (words.length ? JSON.stringify(entry) : program)], command };
}

const podmansPath = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Podman tells what it sets by itself as well. */
function environmentOf(own: RunConfig, image: RunConfig, kind: EngineKind): Readonly<Record<string, string>> {
  const given = new Set(image.Env ?? []);
  if (kind === 'podman')
    for (const variable of [podmansPath, 'TERM=xterm', 'container=podman', 'HOME=/root', 'HOME=/'])
      given.add(variable);
  const pairs = (own.Env ?? []).flatMap((variable): [string, string][] => {
    const at = variable.indexOf('=');
    const isHost = kind === 'podman' && variable === `HOSTNAME=${own.Hostname}`;
    return at < 1 || given.has(variable) || isHost ? [] : [[variable.slice(0, at), variable.slice(at + 1)]];
  });
  return Object.fromEntries(pairs);
}

function labelsOf(own: RunConfig, image: RunConfig): Flags {
  return Object.entries(own.Labels ?? {}).flatMap(([key, value]) =>
    image.Labels?.[key] === value ? [] : ['--label', `${key}=${value}`],
  );
}

/** The engine names it after the container; in the network of another it is that one's. */
function hostnameOf({ Id, Config: own, HostConfig: host }: InspectedRun): Flags {
  const isAnothers = /^(?:host$|container:)/.test(host.NetworkMode ?? '') || host.UTSMode === 'host';
  const name = own.Hostname && !Id.startsWith(own.Hostname) && !isAnothers ? own.Hostname : undefined;
  return [...own_('--hostname', name, ''), ...own_('--domainname', own.Domainname, '')];
}

function portsOf({ Config: own, HostConfig: host }: InspectedRun, image: RunConfig) {
  const plain: Published[] = [];
  const flags: string[] = host.PublishAllPorts ? ['--publish-all'] : [];
  const bindings = Object.entries(host.PortBindings ?? {});
  for (const [port, places] of bindings) {
    const inside = port.replace(/\/tcp$/, '');
    for (const { HostIp: address, HostPort } of places ?? []) {
      const outside = HostPort && HostPort !== '0' ? HostPort : '';
      const place = publishedAddress(address);
      if (/^\d+$/.test(outside) && /^\d+$/.test(inside))
        plain.push({ ...(place && { address: place }), host: Number(outside), container: Number(inside) });
      else
        flags.push(
          '--publish',
          place ? `${place}:${outside}:${inside}` : outside ? `${outside}:${inside}` : inside,
        );
    }
  }
  const said = new Set([...Object.keys(image.ExposedPorts ?? {}), ...bindings.map(([port]) => port)]);
  for (const port of Object.keys(own.ExposedPorts ?? {})) if (!said.has(port)) flags.push('--expose', port);
  return { plain, flags };
}

const isPath = (text: string) => /^(?:[A-Za-z]:)?[\\/][^:]*$/.test(text);

function mountsOf(container: InspectedRun, image: RunConfig, { kind, takesVolumes }: Options) {
  const { HostConfig: host, Mounts: now, Config: own } = container;
  const plain: Mount[] = [];
  const flags: string[] = [];
  const told = new Set<string>();
  const add = (source: string, destination: string, modes: readonly string[]) => {
    told.add(destination);
    const only = modes.filter((mode) => mode !== 'rw');
    if (isPath(source) && isPath(destination) && only.every((mode) => mode === 'ro') && kind === 'podman')
      plain.push({ source, destination, readOnly: only.length > 0 });
    else flags.push('--volume', [source, destination, only.join(',')].filter(Boolean).join(':'));
  };
  if (kind === 'docker') {
    // `--volume` makes a folder that is not there, `--mount` complains: each stays what it was.
    for (const bind of host.Binds ?? []) {
      const [, source = bind, destination = '', modes = ''] =
        /^((?:[A-Za-z]:[\\/])?[^:]*):([^:]*)(?::([\w,]*))?$/.exec(bind) ?? [];
      add(source, destination, modes.split(',').filter(Boolean));
    }
    for (const mount of host.Mounts ?? []) {
      told.add(mount.Target);
      if (mount.Type === 'bind' && mount.Source && !mount.BindOptions?.Propagation && !mount.Consistency)
        plain.push({ source: mount.Source, destination: mount.Target, readOnly: mount.ReadOnly ?? false });
      else flags.push('--mount', mountLine(mount));
    }
  }
  for (const mount of now ?? []) {
    const { Type: type, Name: name, Source: source, Destination: to, RW, Mode, Propagation } = mount;
    if (told.has(to) || (type !== 'volume' && type !== 'bind')) continue;
    const isNameless = type === 'volume' && (kind === 'docker' || /^[0-9a-f]{64}$/.test(name ?? ''));
    if (isNameless && !takesVolumes) {
      if (!(to in (image.Volumes ?? {}))) flags.push('--volume', to);
      continue;
    }
    const spread = Propagation && Propagation !== 'rprivate' ? [Propagation] : [];
    const label = Mode === 'z' || Mode === 'Z' ? [Mode] : [];
    const shared = type === 'bind' ? [...spread, ...label] : label;
    add((type === 'volume' ? name : source) ?? '', to, [
      ...(RW === false ? ['ro'] : []),
      ...(kind === 'docker' ? [] : shared),
    ]);
  }
  // Of a container that never started, Docker has not made them yet.
  for (const to of Object.keys(own.Volumes ?? {}))
    if (
      kind === 'docker' &&
      !told.has(to) &&
      !(to in (image.Volumes ?? {})) &&
      !now?.some((mount) => mount.Destination === to)
    )
      flags.push('--volume', to);
  for (const [to, modes] of Object.entries(host.Tmpfs ?? {})) {
    // Podman adds these to every read-only container.
    const isPodmans = host.ReadonlyRootfs && modes === 'rw,rprivate,nosuid,nodev,tmpcopyup';
    if (kind === 'docker' || !isPodmans) flags.push('--tmpfs', modes ? `${to}:${modes}` : to);
  }
  return { plain, flags };
}

type MountSpec = NonNullable<InspectedRun['HostConfig']['Mounts']>[number];

/** A line of CSV. */
function mountLine({ Type, Source, Target, ReadOnly, ...more }: MountSpec): string {
  const { BindOptions, VolumeOptions, TmpfsOptions, Consistency } = more;
  const fields: readonly (readonly [string, string | number | null | undefined])[] = [
    ['type', Type],
    ['source', Source],
    ['target', Target],
    ['bind-propagation', BindOptions?.Propagation],
    ['consistency', Consistency],
    ['volume-nocopy', VolumeOptions?.NoCopy ? 'true' : undefined],
    ['volume-driver', VolumeOptions?.DriverConfig?.Name],
    ...Object.entries(VolumeOptions?.DriverConfig?.Options ?? {}).map(
      ([key, value]) => ['volume-opt', `${key}=${value}`] as const,
    ),
    ['tmpfs-size', TmpfsOptions?.SizeBytes],
    ['tmpfs-mode', TmpfsOptions?.Mode?.toString(8)],
  ];
  const written = fields.flatMap(([key, value]) => (value ? [`${key}=${value}`] : []));
  return [...written, ...(ReadOnly ? ['readonly'] : [])]
    .map((field) => (/[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(',');
}

function networkOf(
  { Id, Name, Config: own, HostConfig: host, NetworkSettings }: InspectedRun,
  kind: EngineKind,
) {
  const mode = host.NetworkMode ?? '';
  const mac = own_('--mac-address', own.MacAddress, '');
  const all = Object.entries(NetworkSettings?.Networks ?? {});
  const settingsOf = (settings: (typeof all)[number][1]) => {
    const aliases = (settings?.Aliases ?? []).filter((alias) => !Id.startsWith(alias));
    const { IPv4Address: four, IPv6Address: six } = settings?.IPAMConfig ?? {};
    return { aliases, four, six };
  };
  if (/^(?:host|none|ns:.*|container:.*)$/.test(mode)) return { flags: ['--network', mode], connections: [] };
  if (kind === 'podman') {
    const isUsual = all.length < 2 && (!all[0] || all[0][0] === 'podman');
    const named = all.flatMap(([name, settings]) => {
      const { aliases } = settingsOf(settings);
      return [
        '--network',
        [name, aliases.map((alias) => `alias=${alias}`).join(',')].filter(Boolean).join(':'),
      ];
    });
    return { flags: [...(isUsual ? [] : named), ...mac], connections: [] };
  }
  const isUsual = mode === '' || mode === 'default' || mode === 'bridge';
  const first = all.find(([name]) => name === (isUsual ? 'bridge' : mode));
  const flagsOf = (settings: (typeof all)[number][1], alias: string): Flags => {
    const { aliases, four, six } = settingsOf(settings);
    return [
      ...aliases.flatMap((each) => [alias, each]),
      ...own_('--ip', four, ''),
      ...own_('--ip6', six, ''),
    ];
  };
  return {
    flags: [
      ...(isUsual ? [] : ['--network', mode]),
      ...(first && !isUsual ? flagsOf(first[1], '--network-alias') : []),
      ...mac,
    ],
    connections: all
      .filter((each) => each !== first)
      .map(([name, settings]) => [...flagsOf(settings, '--alias'), name, Name.replace(/^\//, '')]),
  };
}
