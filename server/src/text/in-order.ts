/**
 * Where a text goes on behind patterns that stand one behind the other with nothing of `until` between; undefined where they
 * do not. As one pattern, `a[^;]*b` looks from each `a` through all that follows.
 * @param until what ends a line or a command, one character
 */
export function behindInOrder(
  text: string,
  until: RegExp,
  first: RegExp,
  ...rest: readonly RegExp[]
): number | undefined {
  for (let left = text; ; ) {
    const match = first.exec(left);
    if (!match) return undefined;
    const behind = left.slice(match.index + match[0].length);
    const end = behind.search(until);
    // What ends the piece is seen by `\s`, `$` and lookaheads at its end.
    let piece = end < 0 ? behind : behind.slice(0, end + 1);
    const isThere = rest.every((pattern) => {
      const found = pattern.exec(piece);
      if (found) piece = piece.slice(found.index + found[0].length);
      return found !== null;
    });
    if (isThere) return text.length - (end < 0 ? 0 : behind.length - end - 1) - piece.length;
    if (end < 0) return undefined;
    // A later start in this piece has less behind it.
    left = behind.slice(end);
  }
}

/** Whether a text holds patterns one behind the other with nothing of `until` between. */
export const inOrder = (...question: Parameters<typeof behindInOrder>): boolean =>
  behindInOrder(...question) !== undefined;
