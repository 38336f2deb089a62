// What is said of a kind of things so that the store can keep them: a new kind is one of these, and no edit of the store.

/** What is told of a thing of the engine. */
export type Told = {
  /** What it is of: `container`, `image`, … */
  readonly kind: string;
  readonly action: string;
  readonly id: string;
  /** Of a network: who came or went. */
  readonly container?: string;
};

/** `Port` is how the engine is asked; the store only passes it on. */
export type ResourceKind<T, Port> = {
  /** Where nothing else is said, what events call it. */
  readonly name: string;
  idOf(thing: T): string;
  /**
   * All that are there. Where `known` is given, only what changed since has to be asked for; where `soon` is, a list that
   * tells enough of them to draw it may be handed over while they are asked for one by one.
   */
  all(
    port: Port,
    known?: ReadonlyMap<string, T>,
    soon?: (listed: readonly T[]) => void,
  ): Promise<readonly T[]>;
  /** Those of these that are there; nothing where all have to be asked for. */
  some?(port: Port, ids: readonly string[]): Promise<readonly T[] | undefined>;
  /** What events are about that change these; the kind itself where nothing else is said. */
  readonly follows?: readonly string[];
  /** Which of these an event of those is about; the one that it names where nothing else is said. */
  touched?(told: Told): readonly string[];
};

/** What can be drawn, and all that is to come of it, where more is being asked for. */
export type First<T> = { readonly things: readonly T[]; readonly rest?: Promise<readonly T[]> };

type Followed = Pick<ResourceKind<unknown, never>, 'name' | 'follows'>;
export const followedBy = ({ name, follows = [name] }: Followed) => follows;

/** What is different from before; all may be where more was asked for than some. */
export type ResourceChange =
  | 'all'
  | {
      readonly added: readonly string[];
      readonly changed: readonly string[];
      readonly removed: readonly string[];
    };
