// What containers take, as Podman's command line prints it where no service answers: objects, each of a container.
import type { Usage } from './stats.ts';

const longestObject = 10_000;
const sizes: Readonly<Record<string, number>> = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

export type PodmanUsage = Usage & {
  /** The beginning of the container's id. */
  readonly id: string;
};

/** For `podman stats` of these, each two seconds. */
export const podmanStats = (ids: readonly string[]): readonly string[] => [
  'stats',
  '--no-reset',
  '--interval=2',
  '--format=json',
  ...ids,
];

/** Takes output in whatever portions it comes. */
export function createPodmanStatsReader(): (text: string) => readonly PodmanUsage[] {
  let rest = '';
  return (text) => {
    const parts = (rest + text).split('}');
    rest = (parts.pop() ?? '').slice(-longestObject);
    return parts.flatMap((part) => usageOf(`${part.slice(part.lastIndexOf('{'))}}`) ?? []);
  };
}

function usageOf(json: string): PodmanUsage | undefined {
  let told: Readonly<Record<string, unknown>>;
  try {
    told = JSON.parse(json);
  } catch {
    return undefined;
  }
  const [memory, memoryLimit] = String(told.mem_usage ?? '')
    .split('/')
    .map(bytes);
  const cpu = Number.parseFloat(String(told.cpu_percent));
  // Of one that ended it goes on to tell, zeros.
  if (typeof told.id !== 'string' || !memory) return undefined;
  return { id: told.id, at: Date.now(), cpu: Number.isNaN(cpu) ? undefined : cpu, memory, memoryLimit };
}

function bytes(text: string): number | undefined {
  const [, number, unit = ''] = /^\s?([\d.]{1,12})([kMGT]?B)\s?$/.exec(text) ?? [];
  return number === undefined ? undefined : Number(number) * (sizes[unit] ?? 1);
}
