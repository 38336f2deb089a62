// Which containers use which images, volumes and networks, stopped ones included: they hold what they will need again.
// An engine takes its time to list a container, and little to leave it out, so that it is asked for those that matter where it
// can be.
import { t } from '@vscode/l10n';
import * as z from 'zod';
import type { ResourceKind } from '../resources/kind.ts';
import { listContainers } from '../runtime/container-commands.ts';
import { plain } from '../runtime/engine.ts';
import type { Command } from '../runtime/exec.ts';
import { ownName } from '../runtime/listed-container.ts';
import { networkDetails } from '../runtime/network-commands.ts';
import { parseRecords } from '../runtime/records.ts';
import { standInLabel } from '../runtime/stand-in-commands.ts';
import { type EngineUser, overHttp } from './connection.ts';
import type { EngineHttp } from './http.ts';
import { inspectListed } from './inspect-listed.ts';
import { readFew } from './reads.ts';

export type ContainerUse = {
  readonly id: string;
  readonly name: string;
  /** Running, paused or between two runs. */
  readonly active: boolean;
  /** The id of its image without `sha256:`; of nerdctl, which tells no id, its name. */
  readonly image: string;
  readonly volumes: readonly { readonly name: string; readonly to: string; readonly readOnly: boolean }[];
  readonly networks: readonly { readonly name: string; readonly address: string }[];
};

/** What the list of the API and `inspect` have in common. */
const common = z.object({
  Id: z.string(),
  Mounts: z
    .array(
      z.object({
        Type: z.string().nullish(),
        Name: z.string().nullish(),
        Destination: z.string(),
        RW: z.boolean().nullish(),
      }),
    )
    .nullish(),
  NetworkSettings: z
    .object({
      Networks: z.record(z.string(), z.object({ IPAddress: z.string().nullish() }).nullish()).nullish(),
    })
    .nullish(),
});
const labelled = z.record(z.string(), z.string()).nullish();
const listed = z.array(
  common.extend({
    Names: z.array(z.string()).nullish(),
    State: z.string(),
    Labels: labelled,
    ImageID: z.string().nullish(),
  }),
);
const inspected = common.extend({
  Name: z.string(),
  Image: z.string().nullish(),
  State: z.object({ Status: z.string() }),
  Config: z.object({ Labels: labelled }).nullish(),
});
/** Our own use a volume for a moment, which is no use of anybody's. */
const isOurs = (labels: z.infer<typeof labelled>) => labels?.[standInLabel] !== undefined;

type Soon = (own: readonly ContainerUse[]) => void;

/** `soon` gets those of a person's own networks, where they are few among many: all but the engine's own are told of then. */
export async function loadUses(user: EngineUser, soon?: Soon): Promise<readonly ContainerUse[]> {
  const { kind } = await user.engine.get();
  const told = await overHttp(user, async (http) => {
    if (soon && kind === 'docker') await readOwn(http, soon);
    return usesOf(await list(http));
  });
  return told ?? usesByCommandLine(user);
}

/** Those that use volumes. */
export async function loadVolumeUses(user: EngineUser): Promise<readonly ContainerUse[]> {
  const { kind } = await user.engine.get();
  const told = await overHttp(user, async (http) => {
    if (kind !== 'docker') return usesOf(await list(http));
    const names = (volumesListed.parse(await http.get('/volumes')).Volumes ?? []).map(({ Name }) => Name);
    return names.length ? usesOf(await list(http, filterBy('volume', names))) : [];
  });
  return told ?? usesByCommandLine(user);
}

const volumesListed = z.object({ Volumes: z.array(z.object({ Name: z.string() })).nullish() });

/** As large as a proxy before an engine may take at least, HAProxy with what it usually has. */
const longestFilter = 15_000;
/** A filter as an address has it, or none where it is too long: all are listed then. */
const filterBy = (what: 'volume' | 'network', names: readonly string[]) => {
  const filter = `&filters=${encodeURIComponent(JSON.stringify({ [what]: names }))}`;
  return filter.length > longestFilter ? '' : filter;
};

const mostOwn = 100;

async function readOwn(http: EngineHttp, soon: Soon): Promise<void> {
  const networks = z.array(z.unknown()).parse(await http.get('/networks'));
  // Until it starts, a container may have a network by its id.
  const own = networks.map(networkDetails).flatMap(({ id, name, builtIn }) => (builtIn ? [] : [id, name]));
  const filter = filterBy('network', own);
  if (!filter) return;
  const some = own.length ? await list(http, `${filter}&limit=${mostOwn + 1}`) : [];
  if (some.length <= mostOwn) soon(usesOf(some));
}

async function list(http: EngineHttp, filter = ''): Promise<z.infer<typeof listed>> {
  return listed.parse(await http.get(`/containers/json?all=1${filter}`));
}

function usesOf(all: z.infer<typeof listed>): readonly ContainerUse[] {
  const containers = all.filter(({ Labels }) => !isOurs(Labels));
  return containers.map((container) =>
    useOf(container, ownName(container.Names ?? [], container.Id), container.State, container.ImageID),
  );
}

export async function usesByCommandLine(user: EngineUser): Promise<readonly ContainerUse[]> {
  const engine = await user.engine.get();
  const facts = { step: t('Listing the containers'), tool: 'engine' } as const;
  const list = async () => (await user.run(await listContainers(engine), facts)).map(({ id }) => id);
  return inspectListed(list, async (ids) => {
    const { file, args } = plain(await engine.client.inspectContainers({ containers: [...ids] }));
    const inspect: Command<readonly ContainerUse[]> = {
      file,
      args,
      parse: async (stdout) =>
        (await parseRecords(stdout)).flatMap((raw) =>
          isOurs(inspected.parse(raw).Config?.Labels) ? [] : [inspectedUse(raw)],
        ),
    };
    return user.run(inspect, facts);
  });
}

/** One list tells of all; where few changed, they are asked for by themselves. */
export const uses: ResourceKind<ContainerUse, EngineUser> = {
  name: 'use',
  idOf: ({ id }) => id,
  all: (user, _known, soon) => loadUses(user, soon),
  some: (user, ids) =>
    overHttp(user, (http) => readFew(http, ids, (id) => `/containers/${id}/json`, inspectedUse)),
  follows: ['container', 'network'],
  // What Podman tells of a network has the id of the container in the network's place.
  touched: ({ id, container }) => [container ?? id],
};

export const volumeUses: ResourceKind<ContainerUse, EngineUser> = {
  ...uses,
  name: 'volume use',
  all: (user) => loadVolumeUses(user),
  follows: ['container'],
};

function inspectedUse(raw: unknown): ContainerUse {
  const container = inspected.parse(raw);
  return useOf(container, container.Name, container.State.Status, container.Image);
}

function useOf(
  container: z.infer<typeof common>,
  name: string,
  status: string,
  image: string | null | undefined,
): ContainerUse {
  return {
    id: container.Id,
    name: name.replace(/^\//, ''),
    image: image?.replace(/^sha256:/, '') ?? '',
    active: ['running', 'paused', 'restarting'].includes(status),
    volumes: (container.Mounts ?? []).flatMap(({ Type, Name, Destination, RW }) =>
      Type === 'volume' && Name ? [{ name: Name, to: Destination, readOnly: RW === false }] : [],
    ),
    networks: Object.entries(container.NetworkSettings?.Networks ?? {}).map(([network, settings]) => ({
      name: network,
      address: settings?.IPAddress ?? '',
    })),
  };
}
