// Commands on networks, as values. Docker and Podman share their words, and spell what they say of one differently.
import * as z from 'zod';
import type { Engine } from './engine.ts';
import type { Command } from './exec.ts';
import { parseRecords } from './records.ts';

const labels = z.record(z.string(), z.string()).nullish();
const ofDocker = z.object({
  /** Not of the `host` and `none` of nerdctl. */
  Id: z.string().nullish(),
  Name: z.string(),
  Driver: z.string().nullish(),
  Created: z.string().nullish(),
  Internal: z.boolean().nullish(),
  Ingress: z.boolean().nullish(),
  Labels: labels,
  IPAM: z.object({ Config: z.array(z.object({ Subnet: z.string().nullish() })).nullish() }).nullish(),
});
const ofPodman = z.object({
  id: z.string(),
  name: z.string(),
  driver: z.string().nullish(),
  created: z.string().nullish(),
  internal: z.boolean().nullish(),
  labels,
  subnets: z.array(z.object({ subnet: z.string().nullish() })).nullish(),
});

export type NetworkDetails = {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly subnets: readonly string[];
  /** Leads to no other network. */
  readonly internal: boolean;
  /** The engine made it and keeps it. */
  readonly builtIn: boolean;
  readonly created?: Date;
  readonly labels: readonly string[];
};

const builtInOfDocker = ['bridge', 'host', 'none'];

export function networkDetails(raw: unknown): NetworkDetails {
  const { data } = ofPodman.safeParse(raw);
  if (data) {
    return {
      ...common(data.id, data.name, data.driver, data.created, data.labels),
      subnets: (data.subnets ?? []).flatMap(({ subnet }) => subnet || []),
      internal: data.internal ?? false,
      builtIn: data.name === 'podman',
    };
  }
  const network = ofDocker.parse(raw);
  return {
    ...common(network.Id ?? network.Name, network.Name, network.Driver, network.Created, network.Labels),
    subnets: (network.IPAM?.Config ?? []).flatMap(({ Subnet }) => Subnet || []),
    internal: network.Internal ?? false,
    builtIn:
      builtInOfDocker.includes(network.Name) ||
      network.Ingress === true ||
      // Of Windows.
      (network.Name === 'nat' && network.Driver === 'nat'),
  };
}

function common(
  id: string,
  name: string,
  driver: string | null | undefined,
  at: string | null | undefined,
  labels: Readonly<Record<string, string>> | null | undefined,
) {
  const created = new Date(at ?? '');
  return {
    id,
    name,
    driver: driver ?? '',
    created: created.getTime() > 0 ? created : undefined,
    labels: Object.entries(labels ?? {}).map(([label, value]) => `${label}=${value}`),
  };
}

/** By id; nerdctl gives some none. */
export function listNetworks({ file, nerdctl }: Engine): Command<readonly string[]> {
  return {
    file,
    args: ['network', 'ls', ...(nerdctl ? ['--format', '{{.Name}}'] : ['--quiet', '--no-trunc'])],
    parse: (stdout) => stdout.split(/\r?\n/).filter(Boolean),
  };
}

export function inspectNetworks(engine: Engine, refs: readonly string[]): Command<readonly NetworkDetails[]> {
  const args = inspectArguments(engine, refs);
  return {
    file: engine.file,
    args,
    parse: async (stdout) => (await parseRecords(stdout)).map(networkDetails),
  };
}

/** As the engine tells it. */
export function inspectNetwork(engine: Engine, ref: string): Command<unknown> {
  const args = inspectArguments(engine, [ref]);
  return { file: engine.file, args, parse: async (stdout) => (await parseRecords(stdout))[0] };
}

function inspectArguments({ kind }: Engine, refs: readonly string[]): readonly string[] {
  return ['network', 'inspect', '--format', kind === 'docker' ? '{{json .}}' : 'json', '--', ...refs];
}

export type NetworkOptions = {
  readonly name: string;
  readonly driver?: string;
  readonly subnet?: string;
  readonly internal?: boolean;
};

export function createNetwork({ file }: Engine, options: NetworkOptions): Command<unknown> {
  const { name, driver, subnet, internal } = options;
  const flags = [
    ...(driver ? [`--driver=${driver}`] : []),
    ...(subnet ? [`--subnet=${subnet}`] : []),
    ...(internal ? ['--internal'] : []),
  ];
  return { file, args: ['network', 'create', ...flags, '--', name] };
}

export function removeNetworks({ file }: Engine, ids: readonly string[]): Command<unknown> {
  return { file, args: ['network', 'rm', '--', ...ids] };
}

export function joinNetwork(
  { file }: Engine,
  verb: 'connect' | 'disconnect',
  network: string,
  container: string,
): Command<unknown> {
  return { file, args: ['network', verb, '--', network, container] };
}
