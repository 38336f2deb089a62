// Where the engine is that a workspace uses: a context or an address, in place of the one that its command line would take.
import * as z from 'zod';

const kind = z.enum(['docker', 'podman']);
const place = z.union([
  /** One that the command line knows: a context of Docker, a connection of Podman. */
  z.object({ kind, name: z.string().regex(/^[a-zA-Z0-9][\w.+-]*$/) }),
  /** As `unix:///run/user/1000/docker.sock`. */
  z.object({ kind, address: z.string().regex(/^(?:unix|npipe|ssh|tcp):\/\/[^\s-]\S*$/) }),
  /** What the command line of that engine takes by itself. */
  z.strictObject({ kind }),
]);

export type Place = Readonly<z.infer<typeof place>>;

/** What was kept, where it still is one. */
export function readPlace(kept: unknown): Place | undefined {
  return place.safeParse(kept).data;
}

/** What stands before the arguments of each command. Flags go before DOCKER_HOST, DOCKER_CONTEXT and the configuration. */
export function flagsOf(place: Place): readonly string[] {
  if ('name' in place) return [place.kind === 'docker' ? '--context' : '--connection', place.name];
  if ('address' in place) return [place.kind === 'docker' ? '--host' : '--url', place.address];
  return [];
}

export function isSamePlace(one: Place | undefined, other: Place | undefined): boolean {
  return (
    JSON.stringify(one && [one.kind, flagsOf(one)]) === JSON.stringify(other && [other.kind, flagsOf(other)])
  );
}

export function placeName(place: Place): string {
  if ('name' in place) return place.name;
  return 'address' in place ? place.address : place.kind;
}
