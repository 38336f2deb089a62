// Commands that free disk space, and those that tell what takes it, as values.
import { type DiskUsage, podmanUsage } from './disk-usage.ts';
import type { Engine } from './engine.ts';
import type { Command } from './exec.ts';

/** What was counted goes by its name, so that nothing goes that came after the question. */
export const removeStopped = ({ file }: Engine, ids: readonly string[]): Command => ({
  file,
  args: ['container', 'rm', ...ids],
});

/** Which layers go with an image is the engine's to know, so it chooses. */
export const pruneImages = ({ file }: Engine, all: boolean): Command => ({
  file,
  args: ['image', 'prune', '--force', ...(all ? ['--all'] : [])],
});

/** Where some of them stay. */
export const removeImagesOnly = ({ file }: Engine, refs: readonly string[]): Command => ({
  file,
  args: ['image', 'rm', ...refs],
});

export const pruneBuildCache = ({ file }: Engine, olderThanHours: number): Command => ({
  file,
  args: [
    'builder',
    'prune',
    '--force',
    '--all',
    ...(olderThanHours ? ['--filter', `until=${olderThanHours}h`] : []),
  ],
});

type Run = <T>(command: Command<T>) => Promise<T>;

/** Asks Podman's command line. */
export async function readPodmanUsage({ file }: Engine, run: Run): Promise<DiskUsage> {
  const json = (...args: string[]): Promise<unknown> =>
    run({ file, args: [...args, '--format', 'json'], parse: (stdout) => JSON.parse(stdout.trim() || '[]') });
  return podmanUsage({
    images: await json('image', 'ls'),
    containers: await json('container', 'ls', '--all', '--size'),
    volumes: await json('volume', 'ls'),
    unusedVolumes: await json('volume', 'ls', '--filter', 'dangling=true'),
    table: await run({ file, args: ['system', 'df', '--verbose'], parse: (stdout) => stdout }),
  });
}

/** What Docker's command line says of disk space; asked for its words where the API gave no answer. */
export const dockerDiskUsage = ({ file }: Engine): Command => ({ file, args: ['system', 'df'] });
