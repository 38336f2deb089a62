/** Finds lines by a word of theirs, however many are looked for. */
export function linesByWord(lines: readonly string[]): (word: string) => readonly string[] {
  const found = new Map<string, string[]>();
  for (const line of lines)
    for (const word of new Set(line.split(/\W+/))) {
      const known = found.get(word);
      if (known) known.push(line);
      else found.set(word, [line]);
    }
  return (word) => found.get(word) ?? [];
}

/** The word of a path that the fewest others have: its last name without what stands behind a dot. */
export const wordOf = (path: string): string => {
  const [word = ''] = path
    .slice(path.lastIndexOf('/') + 1)
    .split(/\W+/)
    .filter(Boolean);
  return word;
};
