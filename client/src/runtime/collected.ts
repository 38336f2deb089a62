// What a process wrote, kept in parts: a text that grows by each portion would be copied by each of them.

export type Collected = {
  /** False once there is more than may be kept. */
  add(part: string): boolean;
  text(): string;
};

/** All of it, up to a number of letters. */
export function collectAll(limit: number): Collected {
  const parts: string[] = [];
  let length = 0;
  return {
    add(part) {
      if (length >= limit) return false;
      parts.push(part);
      length += part.length;
      return length < limit;
    },
    text: () => parts.join(''),
  };
}

/** The last part of it. */
export function collectTail(limit: number): Collected {
  let parts: string[] = [];
  let length = 0;
  return {
    add(part) {
      parts.push(part);
      length += part.length;
      // Only now and then, as taking the first out of a long list moves all others.
      if (length > 2 * limit) {
        parts = [parts.join('').slice(-limit)];
        length = limit;
      }
      return true;
    },
    text: () => parts.join('').slice(-limit),
  };
}
