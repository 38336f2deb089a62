// Which packages' wheels the Dockerfiles of the workspace take from their build context: only those can be missing.
import path from 'node:path';
import { readDockerfile } from '../runtime/dockerfile-facts.ts';
import { instructions } from '../runtime/dockerfile-instructions.ts';
import { distributionName } from './model.ts';

/** A place in the build context where wheels are taken from. */
export type WheelSource = {
  /** Of POSIX, without `./`; empty where it is the context itself. */
  readonly folder: string;
  /** As in names of wheels, where the source says it. */
  readonly distribution?: string;
};

export function wheelSources(text: string): readonly WheelSource[] {
  // A folder may hold other things, unless something of it is called a wheel.
  const namesWheels = /\.whl\b/.test(text);
  return [...readDockerfile(text).copied, ...mounted(text)].flatMap((source): WheelSource[] => {
    const place = path.posix.normalize(source.replace(/^["']|["']$/g, '')).replace(/^\/|\/\*?$/g, '');
    if (place.includes('$')) return [];
    const name = path.posix.basename(place);
    if (name.endsWith('.whl')) return [{ folder: folderOf(place), distribution: distributionOf(name) }];
    return namesWheels && name === 'dist' ? [{ folder: place }] : [];
  });
}

/** What a RUN sees of the context for as long as it goes on (docs.docker.com, "RUN --mount=type=bind"). */
function mounted(text: string): readonly string[] {
  return instructions(text).flatMap(({ text: line }) => {
    const [keyword = '', ...words] = line.split(/\s+/);
    if (!/^run$/i.test(keyword)) return [];
    return words.flatMap((word) => {
      const options = /^--mount=(.*)$/.exec(word)?.[1]?.split(',') ?? [];
      const of = (...keys: string[]) =>
        options.find((option) => keys.includes(option.split('=')[0] ?? ''))?.replace(/^[^=]*=/, '');
      return of('from') === undefined && (of('type') ?? 'bind') === 'bind' ? (of('source', 'src') ?? []) : [];
    });
  });
}

const folderOf = (place: string) => {
  const folder = path.posix.dirname(place);
  return folder === '.' ? '' : folder;
};

/** `bikes-*.whl` → `bikes`; nothing where a pattern stands for it. */
function distributionOf(name: string): string | undefined {
  const [distribution = ''] = name.split('-');
  return name.includes('-') && /^[\w.]+$/.test(distribution) ? distributionName(distribution) : undefined;
}

/** A Dockerfile, or a package: where it lies, and the folders above it up to that of the workspace. */
export type Placed = { readonly upward: readonly string[] };

/**
 * Whether a Dockerfile takes the wheel of a package. Its build context is its folder or one above it. Below a folder that
 * holds several packages the wheels lie together, so that there the source has to name the one.
 */
export function takesWheel(
  dockerfile: Placed & { readonly sources: readonly WheelSource[] },
  { upward, name }: Placed & { readonly name: string },
): boolean {
  return dockerfile.sources.some(({ folder, distribution }) => {
    const isNamed = distribution === distributionName(name);
    if (distribution !== undefined && !isNamed) return false;
    const places = upward.slice(0, isNamed ? undefined : 1).map((place) => path.posix.join(place, 'dist'));
    return dockerfile.upward.some((context) => places.includes(path.posix.join(context, folder)));
  });
}
