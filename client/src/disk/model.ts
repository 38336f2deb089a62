// What takes disk space, and what would go and be freed if something were pruned.
import { t } from '@vscode/l10n';
import type { DiskUsage } from '../runtime/disk-usage.ts';
import type { Choice } from '../ui/pickers.ts';
import { formatBytes, formatSpan } from '../ui/words.ts';

/** In the order in which they are offered: what is lost least comes first. */
export const prunings = ['cache', 'untagged', 'containers', 'unused', 'volumes'] as const;
export type Pruning = (typeof prunings)[number];

/** Build cache that was used within so many hours stays; 0 keeps none. */
export const cacheAges = [0, 24, 7 * 24, 30 * 24] as const;

export type Thing = {
  readonly id: string;
  readonly name: string;
  /** By which the engine removes it alone, where that is not its id. */
  readonly refs?: readonly string[];
  readonly bytes: number;
  /** The engine does not tell all: what it shares with others, or its size. */
  readonly atLeast?: boolean;
};

export type Going = {
  readonly things: readonly Thing[];
  readonly pruning: Pruning;
  readonly olderThanHours: number;
  /** Ids, or names of volumes, as the engine takes them. */
  readonly ids: readonly string[];
  readonly names: readonly string[];
  /** How many there are of the kind, those that stay included. */
  readonly of: number;
  readonly bytes: number;
  /** That of some of them. */
  readonly atLeast: boolean;
  /** Some were left out, so that the engine is told which go. */
  readonly some?: true;
};

/** Those of them that are not left out. */
export function only(going: Going, ids: readonly string[]): Going {
  const things = going.things.filter(({ id }) => ids.includes(id));
  return things.length === going.things.length ? going : { ...going, ...sumOf(things), some: true };
}

const sumOf = (things: readonly Thing[]) => ({
  things,
  ids: things.map(({ id }) => id),
  names: things.map(({ name }) => name),
  bytes: things.reduce((sum, { bytes }) => sum + bytes, 0),
  atLeast: things.some(({ atLeast }) => atLeast),
});

export function whatGoes(usage: DiskUsage, pruning: Pruning, olderThanHours = 0, now = new Date()): Going {
  const going = (things: readonly Thing[], of: number): Going => ({
    pruning,
    olderThanHours,
    of,
    ...sumOf(things),
  });
  switch (pruning) {
    case 'containers':
      return going(
        usage.containers.filter(({ stopped }) => stopped),
        usage.containers.length,
      );
    case 'volumes':
      return going(
        usage.volumes
          .filter(({ used }) => !used)
          .map(({ name, bytes = 0, bytes: known }) => ({
            id: name,
            name,
            bytes,
            atLeast: known === undefined,
          })),
        usage.volumes.length,
      );
    case 'cache': {
      const before = now.getTime() - olderThanHours * 3_600_000;
      const old = usage.cache.filter(
        ({ inUse, lastUsed }) => !inUse && (!olderThanHours || (lastUsed?.getTime() ?? 0) < before),
      );
      return going(
        old.map(({ id, shared, bytes }) => ({ id, name: id, bytes: shared ? 0 : bytes })),
        usage.cache.length,
      );
    }
    default: {
      const held = new Set(usage.containers.map(({ image }) => bare(image)));
      const free = usage.images.filter(
        ({ id, names }) => !held.has(bare(id)) && (pruning === 'unused' || !names.length),
      );
      const things = free.map(({ id, names, bytes, ownBytes }) => ({
        id,
        name: names[0] ?? bare(id).slice(0, 12),
        // An id with several tags is refused; a digest goes with the last tag.
        refs: names.filter((name) => !name.includes('@')),
        bytes: ownBytes,
        atLeast: ownBytes < bytes,
      }));
      return going(things, usage.images.length);
    }
  }
}

const bare = (id: string) => id.replace(/^sha256:/, '');

/** What all of a kind takes now. */
export function taken(usage: DiskUsage, pruning: Pruning): number {
  const total = (things: readonly { readonly bytes?: number }[]) =>
    things.reduce((sum, { bytes = 0 }) => sum + bytes, 0);
  switch (pruning) {
    case 'containers':
      return total(usage.containers);
    case 'volumes':
      return total(usage.volumes);
    case 'cache':
      return total(usage.cache.filter(({ shared }) => !shared));
    default:
      return usage.imageBytes;
  }
}

export function freesWords({ bytes, atLeast, ids }: Going): string {
  if (!ids.length) return t('nothing to remove');
  if (atLeast && !bytes) return t('what it frees is known afterwards');
  return atLeast ? t('frees at least {0}', formatBytes(bytes)) : t('frees {0}', formatBytes(bytes));
}

/** What a row says: which things, how many of how many, and what they all take. */
export function rowWords(
  usage: DiskUsage,
  going: Going,
): { label: string; description: string; detail: string } {
  const { pruning, ids, of } = going;
  const all = formatBytes(taken(usage, pruning));
  const images = usage.imagesAtMost ? t('Images take {0} at most.', all) : t('Images take {0}.', all);
  const [label, detail] = {
    containers: [t('Stopped Containers'), t('Containers take {0} beside their images.', all)],
    untagged: [t('Untagged Images'), images],
    unused: [t('Images Without a Container'), images],
    volumes: [t('Volumes Without a Container'), t('Volumes take {0}.', all)],
    cache: [t('Build Cache'), t('The build cache takes {0} beside the images.', all)],
  }[pruning] as [string, string];
  return { label, description: `${t('{0} of {1}', ids.length, of)} · ${freesWords(going)}`, detail };
}

/** One of those that go, as a row that can be left out. */
export function thingWords({ id, name, bytes, atLeast }: Thing): Choice {
  const size = formatBytes(bytes);
  const least = bytes ? t('at least {0}', size) : t('known afterwards');
  return { label: name, description: atLeast ? least : size, value: id };
}

export function ageWords(hours: number): string {
  return hours ? t('Not used for {0}', formatSpan(hours * 3_600_000)) : t('All that no build uses now');
}

/** What goes, as a phrase: a name where it has one, else how many. */
function goingWords({ pruning, ids, names }: Going): string {
  const count = ids.length;
  const name = names[0] ?? '';
  const [one, many] = {
    containers: [t('the stopped container {0}', name), t('{0} stopped containers', count)],
    untagged: [t('1 untagged image'), t('{0} untagged images', count)],
    unused: [t('the image {0}', name), t('{0} images without a container', count)],
    volumes: [t('the volume {0}', name), t('{0} volumes without a container', count)],
    cache: [t('1 record of the build cache'), t('{0} records of the build cache', count)],
  }[pruning] as [string, string];
  return count === 1 ? one : many;
}

/** The question that is asked before anything goes: how many of each kind, what they free, and what is lost with them. */
export function questionWords(goings: readonly Going[]): { question: string; detail: string } {
  const sum = goings.reduce((all, { bytes }) => all + bytes, 0);
  const bytes = formatBytes(sum);
  const frees = goings.every(({ atLeast }) => !atLeast)
    ? t('It frees {0}.', bytes)
    : sum
      ? t('It frees at least {0}.', bytes)
      : t('What it frees is known afterwards.');
  const fates = [...new Set(goings.map(fateOf))].join(' ');
  const names = goings.flatMap((going) => (going.pruning === 'cache' ? [] : going.names));
  const listed = names.length ? `\n\n${names.join(', ')}` : '';
  return { question: t('Remove {0}?', allWords(goings)), detail: `${frees} ${fates}${listed}` };
}

const allWords = (goings: readonly Going[]) => goings.map(goingWords).join(', ');

function fateOf({ pruning }: Going): string {
  return {
    containers: t('What they wrote outside of their mounts is lost.'),
    untagged: t(
      'They have no name to be pulled by. Those of a Dockerfile can be built again; what was committed or loaded from a file is lost.',
    ),
    unused: t(
      'Those of a registry or a Dockerfile can be pulled or built again; what was committed or loaded from a file is lost.',
    ),
    volumes: t('What is in them is lost.'),
    cache: t('The next builds take longer.'),
  }[pruning];
}

export function doneWords(goings: readonly Going[], freed: number): string {
  return t('Removed {0}: {1} freed.', allWords(goings), formatBytes(freed));
}
