// Volumes, over the engine's API or by its command line.
import { t } from '@vscode/l10n';
import * as z from 'zod';
import type { ResourceKind } from '../resources/kind.ts';
import type { Pattern } from '../runtime/failures.ts';
import {
  listVolumes,
  measureVolumes,
  type VolumeDetails,
  volumeDetails,
} from '../runtime/volume-commands.ts';
import { type EngineUser, overHttp } from './connection.ts';
import type { EngineHttp } from './http.ts';
import { readFew } from './reads.ts';

const listed = z.object({ Volumes: z.array(z.unknown()).nullish() });
const used = z.object({
  Volumes: z
    .array(z.object({ Name: z.string(), UsageData: z.object({ Size: z.number() }).nullish() }))
    .nullish(),
});

/** Hundreds of thousands of files are counted one by one. */
const measuringMs = 180_000;
const momentMs = 3_000;

export async function loadVolumes(user: EngineUser): Promise<readonly VolumeDetails[]> {
  return (await overHttp(user, readVolumes)) ?? volumesByCommandLine(user);
}

async function readVolumes(http: EngineHttp): Promise<readonly VolumeDetails[]> {
  return (listed.parse(await http.get('/volumes')).Volumes ?? []).map(volumeDetails);
}

export async function volumesByCommandLine(user: EngineUser): Promise<readonly VolumeDetails[]> {
  const step = t('Listing the volumes');
  return user.run(listVolumes(await user.engine.get()), { step, tool: 'engine' });
}

export const volumes: ResourceKind<VolumeDetails, EngineUser> = {
  name: 'volume',
  idOf: ({ name }) => name,
  all: (user) => loadVolumes(user),
  some: (user, names) =>
    overHttp(user, (http) => readFew(http, names, (name) => `/volumes/${name}`, volumeDetails)),
};

/** How many bytes are in each; those of drivers that do not tell are left out. */
export async function volumeSizes(
  user: EngineUser,
  patterns: readonly Pattern[] = [],
): Promise<ReadonlyMap<string, number>> {
  const sizes = await overHttp(user, (http) => readSizes(http, measuringMs));
  if (sizes) return sizes;
  const step = t('Measuring the volumes');
  return user.run(measureVolumes(await user.engine.get()), { step, tool: 'engine', patterns });
}

/** The same where the engine knows it while somebody waits for a question. */
export async function sizesInAMoment(user: EngineUser): Promise<ReadonlyMap<string, number> | undefined> {
  return overHttp(user, (http) => readSizes(http, momentMs));
}

async function readSizes(http: EngineHttp, timeoutMs: number): Promise<ReadonlyMap<string, number>> {
  // Engines before API 1.42 measure images and containers as well, whatever is asked.
  const { Volumes } = used.parse(await http.get('/system/df?type=volume', timeoutMs));
  return new Map(
    (Volumes ?? []).flatMap(({ Name, UsageData }) =>
      UsageData && UsageData.Size >= 0 ? [[Name, UsageData.Size] as const] : [],
    ),
  );
}
