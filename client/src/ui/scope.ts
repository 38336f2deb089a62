// What was opened and ends together: views, watches, connections, work.

type Disposable = { dispose(): unknown };

export type Scope = {
  /** Ends a thing with this scope, the last one first; at once where the scope has ended already. */
  own<T extends Disposable>(thing: T): T;
  /** Aborted when the scope ends, before anything of it is disposed of. */
  readonly signal: AbortSignal;
};

/** An error of one thing keeps no other from its end; `report` is told of it. */
export function createScope(report: (error: unknown) => void): Scope & Disposable {
  const owned = new Set<Disposable>();
  const ending = new AbortController();
  const end = (thing: Disposable) => {
    try {
      thing.dispose();
    } catch (error) {
      report(error);
    }
  };
  const own = <T extends Disposable>(thing: T): T => {
    if (ending.signal.aborted) end(thing);
    else owned.add(thing);
    return thing;
  };
  return {
    signal: ending.signal,
    own,
    dispose() {
      if (ending.signal.aborted) return;
      ending.abort();
      const things = [...owned].reverse();
      owned.clear();
      things.forEach(end);
    },
  };
}
