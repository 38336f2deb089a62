// The things of one kind: what is known of them, what of that is old, and the one load that asks for it.
import { type First, followedBy, type ResourceChange, type ResourceKind, type Told } from './kind.ts';

export type ResourceLimits = {
  /** So long a load may take; one that hangs would keep all others waiting. */
  readonly limitMs: number;
  readonly tooLate: () => unknown;
};

export type Shelf<T, Port> = {
  readonly kind: ResourceKind<T, Port>;
  read(): Promise<ReadonlyMap<string, T>>;
  first(): Promise<First<T>>;
  one(id: string): Promise<T | undefined>;
  isKept(): boolean;
  retain(): () => void;
  invalidate(ids?: readonly string[]): void;
  tell(events: readonly Told[]): void;
  forget(): void;
  onDidChange(listener: (change: ResourceChange) => void): () => void;
};

type Known<T> = ReadonlyMap<string, T>;
type Load<T> = {
  readonly turn: number;
  /** Nothing where it was given up: whoever waits for it reads again. */
  readonly answer: Promise<Known<T> | undefined>;
  /** Comes only where something can be told before the answer. */
  readonly listed: Promise<readonly T[]>;
  giveUp(): void;
};

export function createShelf<T, Port>(
  kind: ResourceKind<T, Port>,
  port: Port,
  { limitMs, tooLate }: ResourceLimits,
): Shelf<T, Port> {
  const listeners = new Set<(change: ResourceChange) => void>();
  const follows = followedBy(kind);
  let holders = 0;
  let known: Known<T> | undefined;
  /** What changed since the last load began. */
  let stale: 'all' | ReadonlySet<string> = new Set();
  let load: Load<T> | undefined;
  let turns = 0;

  const isFresh = () => stale !== 'all' && stale.size === 0;
  const told = (change: ResourceChange) => {
    for (const listener of listeners) listener(change);
  };
  const invalidate = (ids?: readonly string[]) => {
    if (!known && !load) return;
    if (ids) {
      if (stale !== 'all') stale = new Set([...stale, ...ids]);
      return;
    }
    stale = 'all';
    // Whoever looks anew because nothing comes need not wait for what does not come.
    load?.giveUp();
  };

  /** A list costs a request of its own, which only those need who draw it. */
  const begin = (forRows = false): Load<T> => {
    const turn = ++turns;
    const isMine = () => load?.turn === turn;
    const before = known;
    const wanted = stale;
    stale = new Set();
    let giveUp = () => {};
    let soon: (listed: readonly T[]) => void = () => {};
    const listed = new Promise<readonly T[]>((resolve) => {
      soon = resolve;
    });
    const given = new Promise<undefined>((resolve) => {
      giveUp = () => {
        if (isMine()) load = undefined;
        resolve(undefined);
      };
    });
    let late: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      late = setTimeout(() => reject(tooLate()), limitMs).unref();
    });
    const asked = (async () => {
      const { things, change } = await ask(kind, port, before, wanted, forRows ? soon : undefined);
      if (!isMine()) return undefined;
      load = undefined;
      known = holders ? things : undefined;
      told(change);
      return things;
    })();
    const answer = Promise.race([asked, given, limit])
      .catch((error: unknown) => {
        if (!isMine()) return undefined;
        // What changed while it failed is told by no event any more.
        load = undefined;
        known = undefined;
        throw error;
      })
      .finally(() => clearTimeout(late));
    load = { turn, answer, listed, giveUp };
    return load;
  };

  const read = async (): Promise<Known<T>> => {
    // One that began before the last change may not tell of it.
    if (load && !isFresh()) await load.answer.catch(() => undefined);
    if (!load && known && isFresh()) return known;
    return (await (load ?? begin()).answer) ?? read();
  };

  return {
    kind,
    read,
    async first() {
      // What was listed before the last change may not tell of it.
      if (known || (load && !isFresh())) return { things: [...(await read()).values()] };
      const { answer, listed } = load ?? begin(true);
      const things = await Promise.race([listed, answer.then(() => undefined)]);
      const rest = read().then((all) => [...all.values()]);
      if (!things) return { things: await rest };
      // Whoever draws may not wait for it.
      rest.catch(() => {});
      return { things, rest };
    },
    async one(id) {
      const found = known || load ? undefined : await kind.some?.(port, [id]);
      return found ? found.find((thing) => kind.idOf(thing) === id) : (await read()).get(id);
    },
    isKept: () => known !== undefined || load !== undefined,
    retain() {
      holders++;
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        if (--holders) return;
        known = undefined;
        // Nobody is told what happens until somebody retains it again.
        if (load) stale = 'all';
      };
    },
    invalidate,
    tell(events) {
      const about = events.filter((event) => follows.includes(event.kind));
      const ids = about.flatMap((event) => kind.touched?.(event) ?? [event.id]);
      if (ids.length) invalidate(ids);
    },
    forget() {
      known = undefined;
      // It is not given up: it may be what found that no engine answers, and would ask again without end.
      if (load) stale = 'all';
      told('all');
    },
    onDidChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

type Answer<T> = { readonly things: Known<T>; readonly change: ResourceChange };

async function ask<T, Port>(
  kind: ResourceKind<T, Port>,
  port: Port,
  before: Known<T> | undefined,
  wanted: 'all' | ReadonlySet<string>,
  soon?: (listed: readonly T[]) => void,
): Promise<Answer<T>> {
  const some = before && wanted !== 'all' ? [...wanted] : undefined;
  const found = some && (await kind.some?.(port, some));
  if (!before || !some || !found) {
    const all = await kind.all(port, some && before, soon);
    return { things: new Map(all.map((thing) => [kind.idOf(thing), thing])), change: 'all' };
  }
  const now = new Map(found.map((thing) => [kind.idOf(thing), thing]));
  const things = new Map(before);
  for (const id of some) things.delete(id);
  for (const [id, thing] of now) things.set(id, thing);
  return {
    things,
    change: {
      added: [...now.keys()].filter((id) => !before.has(id)),
      changed: [...now.keys()].filter((id) => before.has(id)),
      removed: some.filter((id) => before.has(id) && !now.has(id)),
    },
  };
}
