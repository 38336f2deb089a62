// What containers take, as command lines print it where no API answers: objects, each of a container.
import type { Engine } from '../runtime/engine.ts';
import { bytesOf } from '../runtime/sizes.ts';
import type { Usage } from './stats.ts';

const longestObject = 10_000;

export type PrintedUsage = Usage & {
  /** The beginning of the container's id. */
  readonly id: string;
};

/** For `stats` of these, each second or two. */
export const printedStats = ({ nerdctl }: Engine, ids: readonly string[]): readonly string[] => [
  'stats',
  ...(nerdctl ? ['--format', '{{json .}}'] : ['--no-reset', '--interval=2', '--format=json']),
  ...ids,
];

/** Takes output in whatever portions it comes. */
export function createPrintedStatsReader(): (text: string) => readonly PrintedUsage[] {
  let rest = '';
  return (text) => {
    const parts = (rest + text).split('}');
    rest = (parts.pop() ?? '').slice(-longestObject);
    return parts.flatMap((part) => usageOf(`${part.slice(part.lastIndexOf('{'))}}`) ?? []);
  };
}

function usageOf(json: string): PrintedUsage | undefined {
  let told: Readonly<Record<string, unknown>>;
  try {
    told = JSON.parse(json);
  } catch {
    return undefined;
  }
  const [memory, memoryLimit] = String(told.mem_usage ?? told.MemUsage ?? '')
    .split('/')
    .map(bytesOf);
  const cpu = Number.parseFloat(String(told.cpu_percent ?? told.CPUPerc));
  const id = told.id ?? told.ID;
  // Of one that ended Podman goes on to tell, zeros.
  if (typeof id !== 'string' || !memory) return undefined;
  return { id, at: Date.now(), cpu: Number.isNaN(cpu) ? undefined : cpu, memory, memoryLimit };
}
