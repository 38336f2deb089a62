/** What tells failures apart: a pattern, or some that stand one behind the other. */
export type Sign = { exec(text: string): RegExpExecArray | null };

/** One behind the other in one line. As one pattern, `a.*b` looks from each `a` through the rest of the line. */
export const inLine = (first: Sign, ...rest: readonly RegExp[]) => inOrder('\n', first, rest);

/** One behind the other, whatever is between. */
export const inText = (first: RegExp, ...rest: readonly RegExp[]) => inOrder(undefined, first, rest);

/** A pattern and the word that it follows at once, as its group: `(\S+)` before it would be looked for from each letter. */
export const wordBefore = (pattern: RegExp): Sign => ({
  exec(text) {
    const match = pattern.exec(text);
    if (!match) return null;
    const word = text.slice(0, match.index).split(/[\s"]/).at(-1) ?? '';
    const found = [word + match[0], word] as unknown as RegExpExecArray;
    return Object.assign(found, { index: match.index - word.length, input: text });
  },
});

/** @param end of what they stand in together; the groups of all are the groups of the match */
function inOrder(end: string | undefined, first: Sign, rest: readonly RegExp[]): Sign {
  const exec = (text: string): RegExpExecArray | null => {
    for (let left = text; ; ) {
      const match = first.exec(left);
      if (!match) return null;
      const behind = left.slice(match.index + match[0].length);
      const length = end === undefined ? -1 : behind.indexOf(end);
      let piece = length < 0 ? behind : behind.slice(0, length);
      const groups: (string | undefined)[] = match.slice(1);
      const isThere = rest.every((pattern) => {
        const found = pattern.exec(piece);
        if (!found) return false;
        groups.push(...found.slice(1));
        piece = piece.slice(found.index + found[0].length);
        return true;
      });
      const index = text.length - left.length + match.index;
      if (isThere)
        return Object.assign([match[0], ...groups] as unknown as RegExpExecArray, { index, input: text });
      if (length < 0) return null;
      left = behind.slice(length);
    }
  };
  return { exec };
}
