/** Of an image: without its registry, its folders there and its digest, which are many letters and mostly the same. */
export function lastOfReference(ref: string): string {
  return shortImage(ref.slice(ref.lastIndexOf('/') + 1).split('@', 1)[0] || ref);
}

/** Of an image that has no name, which goes by 64 digits, the first twelve; a name as it is. */
export function shortImage(ref: string): string {
  return /^(?:sha256:)?([0-9a-f]{12})[0-9a-f]{52}$/.exec(ref)?.[1] ?? ref;
}

/** Leaves out the middle of a text that is longer, as names differ at their ends. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const letters = [
    ...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text.slice(0, 1_000)),
  ];
  if (letters.length <= longest) return text;
  const tail = Math.floor((longest - 1) / 2);
  const part = (from: number, to?: number) =>
    letters
      .slice(from, to)
      .map(({ segment }) => segment)
      .join('');
  return `${part(0, longest - 1 - tail)}…${part(-tail)}`;
}
