// Commands on the builds that a builder remembers, as values. Output: buildx 0.20, the first that has them, to 0.38.
import * as z from 'zod';
import type { Engine } from './engine.ts';
import type { Command } from './exec.ts';
import { parseRecords } from './records.ts';

export type BuildRecord = {
  /** `builder/node/id`. */
  readonly ref: string;
  readonly name: string;
  /** In the word of buildx: Running, Completed, Error. */
  readonly status: string;
  readonly created: Date;
  readonly completed?: Date;
  readonly steps: number;
  readonly cached: number;
};

const listed = z.object({
  ref: z.string().regex(/^[^/]+\/[^/]+\/[^/]+$/),
  name: z.string().nullish(),
  status: z.string(),
  created_at: z.coerce.date(),
  completed_at: z.coerce.date().nullish(),
  total_steps: z.number().nullish(),
  cached_steps: z.number().nullish(),
});

export const hasHistory = ({ buildx = '' }: Pick<Engine, 'buildx'>): boolean => {
  const [major = 0, minor = 0] = buildx.split('.').map(Number);
  // One that was built from its sources by hand calls itself 0.0.0.
  return major > 0 || minor >= 20 || buildx.startsWith('0.0.0');
};

export const listBuilds = ({ file }: Engine, builder: string): Command<readonly BuildRecord[]> => ({
  file,
  args: ['buildx', 'history', 'ls', '--builder', builder, '--format', 'json'],
  parse: async (stdout) =>
    (await parseRecords(stdout)).map((raw) => {
      const told = listed.parse(raw);
      return {
        ref: told.ref,
        name: told.name ?? '',
        status: told.status,
        created: told.created_at,
        completed: told.completed_at ?? undefined,
        steps: told.total_steps ?? 0,
        cached: told.cached_steps ?? 0,
      };
    }),
});

/** As with `--progress=plain`, which stands where progress does. */
export const buildLog = ({ file }: Engine, ref: string): Command<string> => ({
  file,
  args: ['buildx', 'history', 'logs', ...named(ref)],
  parse: (stdout, stderr) => stdout || stderr,
});

/** With a format since 0.21; before, it is text. */
export const inspectBuild = ({ file }: Engine, ref: string): Command<unknown> => ({
  file,
  args: ['buildx', 'history', 'inspect', ...named(ref), '--format', 'json'],
  parse: (stdout) => JSON.parse(stdout),
});

function named(ref: string): readonly string[] {
  const [builder = '', , id = ''] = ref.split('/');
  return ['--builder', builder, id];
}
