// Commands on the builders of buildx and what they built, as values. None of them changes which one the machine uses.
// Output: buildx 0.13, the first whose `ls` has a format, to 0.38.
import * as z from 'zod';
import { parseBytes } from './disk-usage.ts';
import type { Engine } from './engine.ts';
import type { Command } from './exec.ts';
import { parseRecords } from './records.ts';

const listed = z.object({
  Name: z.string(),
  Driver: z.string().nullish(),
  Current: z.boolean().nullish(),
  Err: z.string().nullish(),
  Nodes: z
    .array(
      z.object({
        Name: z.string(),
        Endpoint: z.string().nullish(),
        Status: z.string().nullish(),
        Version: z.string().nullish(),
        Platforms: z.array(z.string()).nullish(),
        Err: z.string().nullish(),
      }),
    )
    .nullish(),
});

export type BuilderNode = {
  readonly name: string;
  readonly endpoint: string;
  /** In the word of buildx: running, inactive, stopped, …; nothing where it could not be asked. */
  readonly status: string;
  /** Of its BuildKit. */
  readonly version?: string;
  readonly platforms: readonly string[];
  readonly error?: string;
};

export type BuilderRecord = {
  readonly name: string;
  readonly driver: string;
  /** The command line takes it by itself. */
  readonly current: boolean;
  /** Why it cannot be used. */
  readonly error?: string;
  readonly nodes: readonly BuilderNode[];
};

export const listBuilders = ({ file }: Pick<Engine, 'file'>): Command<readonly BuilderRecord[]> => ({
  file,
  args: ['buildx', 'ls', '--format', 'json'],
  parse: async (stdout) => (await parseRecords(stdout)).map(readBuilder),
});

function readBuilder(raw: unknown): BuilderRecord {
  const { Name, Driver, Current, Err, Nodes } = listed.parse(raw);
  return {
    name: Name,
    driver: Driver ?? '',
    current: Current ?? false,
    error: Err || undefined,
    // Where the builder cannot be loaded, one without a name stands for its nodes.
    nodes: (Nodes ?? [])
      .filter((node) => node.Name)
      .map((node) => ({
        name: node.Name,
        endpoint: node.Endpoint ?? '',
        status: node.Status ?? '',
        version: node.Version || undefined,
        platforms: node.Platforms ?? [],
        error: node.Err || undefined,
      })),
  };
}

export const inspectBuilder = ({ file }: Engine, name: string): Command<string> => ({
  file,
  args: ['buildx', 'inspect', '--', name],
  parse: (stdout) => stdout,
});

export type NewBuilder = {
  readonly name: string;
  /** With that of its machine it reaches registries at localhost. */
  readonly network?: 'host';
};

export const createBuilder = ({ file }: Engine, { name, network }: NewBuilder): Command => ({
  file,
  args: [
    ...['buildx', 'create', '--driver', 'docker-container'],
    ...(network ? ['--driver-opt', `network=${network}`] : []),
    ...['--name', name],
  ],
});

export const startBuilder = ({ file }: Engine, name: string): Command => ({
  file,
  args: ['buildx', 'inspect', '--bootstrap', '--', name],
});

export const stopBuilder = ({ file }: Engine, name: string): Command => ({
  file,
  args: ['buildx', 'stop', '--', name],
});

export const removeBuilders = ({ file }: Engine, names: readonly string[]): Command => ({
  file,
  args: ['buildx', 'rm', '--', ...names],
});

export type BuildCache = {
  /** What no image has as well. */
  readonly own: number;
  /** Of that, what no build uses now. */
  readonly freed: number;
  /** Belongs to images as well, and stays with them. */
  readonly shared: number;
  readonly reclaimable: number;
};

export const builderCache = ({ file }: Engine, name: string): Command<BuildCache> => ({
  file,
  args: ['buildx', 'du', '--builder', name],
  parse(stdout) {
    const [total, reclaimable, shared] = [
      summed(stdout, 'Total'),
      summed(stdout, 'Reclaimable'),
      summed(stdout, 'Shared'),
    ];
    // `Private` is there where something is shared, and exact where a difference of what was rounded is not.
    const own = shared ? summed(stdout, 'Private') : total;
    return {
      own,
      freed: reclaimable === total ? own : Math.max(0, reclaimable - shared),
      shared,
      reclaimable,
    };
  },
});

/** All that `du` calls reclaimable goes, which is more than without `--all`. The sum that it says counts what images keep. */
export const pruneBuilder = ({ file }: Engine, name: string): Command => ({
  file,
  args: ['buildx', 'prune', '--builder', name, '--all', '--force'],
});

/** Of the lines that are below the table. */
function summed(table: string, what: 'Total' | 'Reclaimable' | 'Shared' | 'Private'): number {
  const line = table.split('\n').find((each) => each.startsWith(`${what}:`));
  return parseBytes(line?.slice(what.length + 1).trim()) ?? 0;
}
