// Networks, over the engine's API or by its command line.
import { t } from '@vscode/l10n';
import * as z from 'zod';
import type { ResourceKind } from '../resources/kind.ts';
import {
  inspectNetworks,
  listNetworks,
  type NetworkDetails,
  networkDetails,
} from '../runtime/network-commands.ts';
import { type EngineUser, overHttp } from './connection.ts';
import { inspectListed } from './inspect-listed.ts';
import { readFew } from './reads.ts';

/** Where Podman answers as Docker does, its network `podman` is called `bridge`, which none of its commands know. */
const paths = { docker: '/networks', podman: '/v4.0.0/libpod/networks/json' } as const;
const onePath = {
  docker: (id: string) => `/networks/${id}`,
  podman: (id: string) => `/v4.0.0/libpod/networks/${id}/json`,
} as const;

export async function loadNetworks(user: EngineUser): Promise<readonly NetworkDetails[]> {
  const { kind } = await user.engine.get();
  const told = await overHttp(user, async (http) =>
    z
      .array(z.unknown())
      .parse(await http.get(paths[kind]))
      .map(networkDetails),
  );
  return told ?? networksByCommandLine(user);
}

export async function networksByCommandLine(user: EngineUser): Promise<readonly NetworkDetails[]> {
  const engine = await user.engine.get();
  const facts = { step: t('Listing the networks'), tool: 'engine' } as const;
  return inspectListed(
    () => user.run(listNetworks(engine), facts),
    (refs) => user.run(inspectNetworks(engine, refs), facts),
  );
}

export const networks: ResourceKind<NetworkDetails, EngineUser> = {
  name: 'network',
  idOf: ({ id }) => id,
  all: (user) => loadNetworks(user),
  async some(user, ids) {
    const { kind } = await user.engine.get();
    return overHttp(user, (http) => readFew(http, ids, onePath[kind], networkDetails));
  },
};
