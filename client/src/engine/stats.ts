// What a container takes at the moment, as the engine measures it each second.
import * as z from 'zod';
import type { EngineHttp } from './http.ts';

export type Usage = {
  readonly at: number;
  /** Of one processor: two that are busy are 200. Not known before two measurements. */
  readonly cpu?: number;
  /** In bytes, without what the kernel would give back at once. */
  readonly memory?: number;
  readonly memoryLimit?: number;
  /** Of NVIDIA GPUs, which the engine does not measure. */
  readonly gpuMemory?: number;
};

const processors = z.object({
  cpu_usage: z.object({ total_usage: z.number().default(0) }),
});
const measured = z.object({
  read: z.string(),
  preread: z.string().nullish(),
  cpu_stats: processors,
  precpu_stats: processors.nullish(),
  memory_stats: z
    .object({
      usage: z.number().nullish(),
      limit: z.number().nullish(),
      stats: z.record(z.string(), z.unknown()).nullish(),
    })
    .nullish(),
});

const longestLine = 1_000_000;

/** Of one container, until the signal ends it or the engine has no more to say. */
export async function followUsage(
  http: EngineHttp,
  id: string,
  signal: AbortSignal,
  told: (usage: Usage) => void,
): Promise<void> {
  const answer = await http.stream(`/containers/${encodeURIComponent(id)}/stats`, signal);
  let rest = '';
  for await (const portion of answer ?? []) {
    const lines = (rest + portion.toString('utf8')).split('\n');
    rest = (lines.pop() ?? '').slice(0, longestLine);
    for (const line of lines) {
      const usage = readUsage(line);
      if (usage) told(usage);
    }
  }
}

const grouped = new WeakMap<EngineHttp, Promise<boolean>>();

/** A rootless engine may have no control groups: the figures that it tells of a container are those of the whole machine. */
export function measuresEach(http: EngineHttp): Promise<boolean> {
  const info = z.object({ CgroupDriver: z.string().nullish() });
  const known =
    grouped.get(http) ??
    http.get('/info').then(
      (answer) => info.safeParse(answer).data?.CgroupDriver !== 'none',
      () => true,
    );
  grouped.set(http, known);
  return known;
}

/** Measured now, which takes the engine a second or two. */
export async function readUsageOf(http: EngineHttp, id: string): Promise<Usage | undefined> {
  return usageOf(await http.get(`/containers/${encodeURIComponent(id)}/stats?stream=false`));
}

export function readUsage(line: string): Usage | undefined {
  try {
    return usageOf(JSON.parse(line));
  } catch {
    return undefined;
  }
}

/** Of a container that does not run the engine says zeros, and the year 1. */
export function usageOf(json: unknown): Usage | undefined {
  const { data } = measured.safeParse(json);
  const at = Date.parse(data?.read ?? '');
  if (!data || !(at > 0)) return undefined;
  const { usage, limit, stats } = data.memory_stats ?? {};
  return {
    at,
    cpu: share(data, at),
    memory: usage ? usage - inactive(stats ?? {}, usage) : undefined,
    memoryLimit: limit || undefined,
  };
}

/** Time of processors over time: what engines say of the system's is spelt in too many ways. */
function share({ preread, cpu_stats, precpu_stats }: z.infer<typeof measured>, at: number) {
  const since = Date.parse(preread ?? '');
  const nanoseconds = cpu_stats.cpu_usage.total_usage - (precpu_stats?.cpu_usage.total_usage ?? Number.NaN);
  if (!(since > 0) || !(at > since) || !(nanoseconds >= 0)) return undefined;
  return nanoseconds / (at - since) / 10_000;
}

/** Files in memory that nobody used lately, by their names in cgroups v1 and v2; `docker stats` leaves them out as well. */
function inactive(stats: Readonly<Record<string, unknown>>, usage: number): number {
  const bytes = stats.total_inactive_file ?? stats.inactive_file;
  return typeof bytes === 'number' && bytes < usage ? bytes : 0;
}
