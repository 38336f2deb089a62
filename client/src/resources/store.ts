// What is known of an engine, once for all who look. Asks nothing by itself: somebody reads. Keeps nothing that nobody
// retains, as nobody is told then what becomes of it.
import { type First, followedBy, type ResourceChange, type ResourceKind, type Told } from './kind.ts';
import { createShelf, type ResourceLimits, type Shelf } from './shelf.ts';

export type Resources<Port> = {
  /** All of a kind. Those who read at once share one load. */
  all<T>(kind: ResourceKind<T, Port>): Promise<readonly T[]>;
  /** The same for who draws them: where nothing is known of them yet, what can be told before each was asked for. */
  first<T>(kind: ResourceKind<T, Port>): Promise<First<T>>;
  one<T>(kind: ResourceKind<T, Port>, id: string): Promise<T | undefined>;
  /** As they are now, picked of what is known: what is picked is asked for again, and all where something was missing. */
  now<T>(
    kind: ResourceKind<T, Port>,
    pick: (all: readonly T[]) => readonly (T | undefined)[],
  ): Promise<readonly (T | undefined)[]>;
  /** Keeps what is read of these kinds, until what it returns is called; whoever does follows their events. */
  retain(...kinds: readonly ResourceKind<unknown, Port>[]): () => void;
  /** What is read next is asked for anew: these, or all of the kind. */
  invalidate<T>(kind: ResourceKind<T, Port>, ids?: readonly string[]): void;
  /** Something happened to things of these topics, or of all where it is the `engine`: to those of the events, or to any. */
  changed(topics: readonly string[], events?: readonly Told[]): void;
  /** Another engine may answer, or none. */
  forget(): void;
  onDidChange<T>(kind: ResourceKind<T, Port>, listener: (change: ResourceChange) => void): () => void;
};

const everything = 'engine';

export function createResources<Port>(port: Port, limits: ResourceLimits): Resources<Port> {
  const shelves = new Map<string, Shelf<unknown, Port>>();
  const shelfOf = <T>(kind: ResourceKind<T, Port>): Shelf<T, Port> => {
    const shelf = shelves.get(kind.name) ?? createShelf<unknown, Port>(kind, port, limits);
    shelves.set(kind.name, shelf);
    return shelf as Shelf<T, Port>;
  };
  const all = async <T>(kind: ResourceKind<T, Port>) => [...(await shelfOf(kind).read()).values()];
  return {
    all,
    first: (kind) => shelfOf(kind).first(),
    one: (kind, id) => shelfOf(kind).one(id),
    async now(kind, pick) {
      const shelf = shelfOf(kind);
      const old = shelf.isKept();
      const picked = pick(await all(kind));
      if (!old) return picked;
      shelf.invalidate(
        picked.includes(undefined) ? undefined : picked.flatMap((one) => (one ? kind.idOf(one) : [])),
      );
      return pick(await all(kind));
    },
    retain(...kinds) {
      const ends = kinds.map((kind) => shelfOf(kind).retain());
      return () => ends.forEach((end) => void end());
    },
    invalidate: (kind, ids) => shelfOf(kind).invalidate(ids),
    changed(topics, events) {
      for (const shelf of shelves.values()) {
        if (events) shelf.tell(events);
        else if ([everything, ...followedBy(shelf.kind)].some((each) => topics.includes(each)))
          shelf.invalidate();
      }
    },
    forget: () => shelves.forEach((shelf) => void shelf.forget()),
    onDidChange: (kind, listener) => shelfOf(kind).onDidChange(listener),
  };
}
