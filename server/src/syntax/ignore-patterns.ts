/** A pattern of an ignore file, compiled. */
interface Pattern {
  readonly matcher: RegExp;
  /** It begins with `!`. */
  readonly isException: boolean;
}

/**
 * Whether the patterns of an ignore file keep a path out, as the builder decides it on its way down the folders
 * (moby/patternmatcher, `MatchesUsingParentResults`): the last pattern that matches decides, one that matched a folder
 * holds below it, and an exception counts only for what was kept out at that point. So `!docs/deep` does not bring back
 * what `*.md` takes out of that folder.
 * @param lines trimmed and cleaned, without comments and empty lines
 */
export function createIgnoreMatcher(lines: readonly string[]): (path: string) => boolean {
  const patterns = lines.map((line): Pattern => {
    const isException = line.startsWith('!');
    return { matcher: compile(isException ? line.slice(1) : line), isException };
  });
  const nothing = { isOut: false, matched: patterns.map(() => false) };
  const folders = new Map([['', nothing]]);
  const judge = (path: string): typeof nothing => {
    const slash = path.lastIndexOf('/');
    const folder = slash < 0 ? '' : path.slice(0, slash);
    let parent = folders.get(folder);
    if (!parent) {
      parent = judge(folder);
      folders.set(folder, parent);
    }
    let isOut = false;
    const above = parent.matched;
    const matched = patterns.map(({ matcher, isException }, at) => {
      const matches = above[at] || (isException === isOut && matcher.test(path));
      if (matches) isOut = !isException;
      return matches;
    });
    return { isOut, matched };
  };
  return (path) => path !== '' && judge(path).isOut;
}

/** `**` is any number of folders, `*` and `?` are no `/`, the rest is as in Go's `filepath.Match`. */
function compile(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/?|\[\^?[^\]]+\]|\\?[\s\S]/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part.startsWith('[') && part.length > 1) return part;
    return (part.at(-1) as string).replace(/[.+*?^${}()|[\]\\/]/g, '\\$&');
  });
  try {
    return new RegExp(`^${source}$`, 's');
  } catch {
    return /(?!)/;
  }
}
