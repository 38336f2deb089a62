/** A part of a pattern: what it says itself, one character, or how much it leaves open. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'one'; readonly matches: RegExp }
  // `[^/]*`, `(.*/)?` and `.*`, as moby writes them.
  | { readonly kind: 'segment' | 'folders' | 'all' };

/** How many steps matching may still take; what has none left matches nothing. */
export interface Work {
  left: number;
}

export interface Glob {
  /** Whether it matches this very path. */
  matches(path: string, work?: Work): boolean;
  /** Whether it matches the path or a folder that it lies in. */
  covers(path: string, work?: Work): boolean;
}

/** PATH_MAX of Linux: no longer path can be opened, and nobody writes a longer pattern. */
const longest = 4096;

/**
 * A pattern with `*`, `?` and classes, none of which means a `/`, as in Go's `filepath.Match`.
 * @param style of an ignore file `**` is any number of folders (moby/patternmatcher 0.6, `compile`); of COPY it is a `*`
 */
export function readGlob(pattern: string, style: 'copy' | 'ignore'): Glob {
  const parts = pattern.length > longest ? undefined : readParts(pattern, style === 'ignore');
  const [first, last] = [parts?.[0], parts?.at(-1)];
  const judge = (path: string, work: Work, isEnd: (at: number) => boolean): boolean => {
    if (!parts || path.length > longest) return false;
    // Most paths are none of a pattern's by their beginning.
    return !(first?.kind === 'text' && !path.startsWith(first.text)) && ends(parts, path, work).some(isEnd);
  };
  return {
    matches: (path, work = { left: Infinity }) =>
      !(last?.kind === 'text' && !path.endsWith(last.text)) && judge(path, work, (at) => at === path.length),
    covers: (path, work = { left: Infinity }) =>
      judge(path, work, (at) => at === path.length || (at > 0 && path[at] === '/')),
  };
}

function readParts(pattern: string, isDeep: boolean): Part[] | undefined {
  const parts: Part[] = [];
  for (const { 0: part, index } of pattern.matchAll(/\*\*\/?|\[\^?[^\]]+\]|\\?[\s\S]/g)) {
    const last = parts.at(-1);
    if (part.startsWith('*')) {
      const isLast = index + part.length === pattern.length;
      // `**.pyc` is a suffix to moby, `**.py?` is `(.*/)?.py[^/]`.
      const isSuffix = part === '**' && index === 0 && !/[*?[\]\\]/.test(pattern.slice(2));
      const kind = !isDeep || part === '*' ? 'segment' : isLast || isSuffix ? 'all' : 'folders';
      if (last?.kind !== kind) parts.push({ kind });
      if (!isDeep && part.endsWith('/')) parts.push({ kind: 'text', text: '/' });
    } else if (part === '?') parts.push({ kind: 'one', matches: /[^/]/ });
    else if (part.length > 2 && part.startsWith('[')) {
      try {
        parts.push({ kind: 'one', matches: new RegExp(part) });
      } catch {
        return undefined;
      }
    } else {
      const text = part.at(-1) as string;
      if (last?.kind === 'text') parts[parts.length - 1] = { kind: 'text', text: last.text + text };
      else parts.push({ kind: 'text', text });
    }
  }
  return parts;
}

/** Where in a path the pattern may end: each part leads from a set of places to the next, none twice. */
export function ends(
  parts: readonly Part[],
  path: string,
  work: Work = { left: Infinity },
  start = 0,
): readonly number[] {
  let places: readonly number[] = [start];
  for (const part of parts) {
    if (work.left <= 0) return [];
    const next = step(part, path, places);
    work.left -= places.length + next.length;
    if (next.length === 0) return next;
    places = next;
  }
  return places;
}

/** @param places in ascending order, as are those that it gives */
function step(part: Part, path: string, places: readonly number[]): number[] {
  const next: number[] = [];
  const first = places[0] ?? 0;
  if (part.kind === 'text') {
    for (const at of places) if (path.startsWith(part.text, at)) next.push(at + part.text.length);
  } else if (part.kind === 'one') {
    for (const at of places) if (at < path.length && part.matches.test(path[at] as string)) next.push(at + 1);
  } else if (part.kind === 'segment') {
    for (const start of places) {
      if (start <= (next.at(-1) ?? -1)) continue;
      for (let at = start; ; at++) {
        next.push(at);
        if (at === path.length || path[at] === '/') break;
      }
    }
  } else if (part.kind === 'all') {
    for (let at = first; at <= path.length; at++) next.push(at);
  } else {
    let nth = 0;
    for (let at = first; at <= path.length; at++) {
      const isPlace = places[nth] === at;
      if (isPlace) nth++;
      if (isPlace || path[at - 1] === '/') next.push(at);
    }
  }
  return next;
}
