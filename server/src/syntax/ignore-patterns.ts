import { readGlob, type Work } from './glob.ts';

/**
 * Whether the patterns of an ignore file keep a path out, as the builder decides it on its way down the folders
 * (moby/patternmatcher, `MatchesUsingParentResults`): the last pattern that matches decides, one that matched a folder
 * holds below it, and an exception counts only for what was kept out at that point. So `!docs/deep` does not bring back
 * what `*.md` takes out of that folder.
 * @param lines trimmed and cleaned, without comments and empty lines
 */
export function createIgnoreMatcher(lines: readonly string[], work: Work): (path: string) => boolean {
  const patterns = lines.map((line) => {
    const isException = line.startsWith('!');
    return { glob: readGlob(isException ? line.slice(1) : line, 'ignore'), isException };
  });
  type Verdict = { readonly isOut: boolean; readonly matched: readonly boolean[] };
  const nothing: Verdict = { isOut: false, matched: patterns.map(() => false) };
  const folders = new Map([['', nothing]]);
  const judge = (path: string, parent: Verdict): Verdict => {
    work.left -= patterns.length;
    let isOut = false;
    const above = parent.matched;
    const matched = patterns.map(({ glob, isException }, at) => {
      const matches = above[at] || (isException === isOut && glob.matches(path, work));
      if (matches) isOut = !isException;
      return matches === true;
    });
    return { isOut, matched };
  };
  return (path) => {
    if (path === '' || work.left <= 0) return false;
    let verdict = nothing;
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      const folder = path.slice(0, slash);
      const known = folders.get(folder) ?? judge(folder, verdict);
      folders.set(folder, known);
      verdict = known;
    }
    return judge(path, verdict).isOut;
  };
}
