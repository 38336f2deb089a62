// The last lines of a log, bounded in number and in letters.

export type Ring<T> = {
  push(item: T): void;
  /** Those after a place, the oldest first; a place counts all that ever came. */
  after(place: number): IterableIterator<readonly [place: number, item: T]>;
  /** The place of the last one. */
  readonly last: number;
  readonly length: number;
  /** Those of them that count. */
  readonly counted: number;
  /** How many had to go. */
  readonly left: number;
  clear(): void;
};

/** `weigh` tells how many letters an item has. */
export function createRing<T>(
  most: number,
  mostLetters: number,
  weigh: (item: T) => number,
  counts: (item: T) => boolean = () => true,
): Ring<T> {
  let items: T[] = [];
  /** Where in `items` the oldest is: what went before is cut off now and then, not each time. */
  let first = 0;
  let last = 0;
  let letters = 0;
  let counted = 0;
  let left = 0;
  return {
    push(item) {
      items.push(item);
      last++;
      letters += weigh(item);
      if (counts(item)) counted++;
      while (items.length - first > most || (letters > mostLetters && items.length - first > 1)) {
        const oldest = items[first] as T;
        letters -= weigh(oldest);
        if (counts(oldest)) counted--;
        items[first] = undefined as T;
        first++;
        left++;
      }
      if (first > most) {
        items = items.slice(first);
        first = 0;
      }
    },
    *after(place) {
      const oldest = last - (items.length - first);
      const own = items;
      const end = items.length;
      for (let at = first + Math.max(0, place - oldest); at < end; at++)
        yield [last - (end - at) + 1, own[at] as T];
    },
    get last() {
      return last;
    },
    get length() {
      return items.length - first;
    },
    get counted() {
      return counted;
    },
    get left() {
      return left;
    },
    clear() {
      items = [];
      first = 0;
      letters = 0;
      counted = 0;
      left = 0;
    },
  };
}
