// How long a regular expression may take, asked of `recheck` piece by piece: a whole with many alternatives takes it minutes.
import { createRequire } from 'node:module';

// The pure backend needs no program that an installation may lack.
process.env.RECHECK_BACKEND = 'pure';
const { checkSync } = createRequire(import.meta.url)('recheck') as typeof import('recheck');

/** In no text; behind a pattern, it makes the checker follow every path to its end. */
const nothing = '\\ue0ff';
/** So many pieces a pattern may fall into. */
const most = 400;

const known = new Map<string, string | undefined>();

/**
 * Why a pattern is not shown to take a time that grows as the text; undefined where it is.
 *
 * Two steps keep the question small, and neither can make a slow pattern look fast. `a(?:b|c)d` takes no longer than `abd`
 * and `acd` together. And a lookaround prunes the search of the pattern without it, so that takes no less time when it may
 * never succeed; that holds where what is looked at is of bounded length.
 */
export function fault(source: string, flags: string, patience: number): string | undefined {
  const key = `/${source}/${flags}`;
  if (!known.has(key)) known.set(key, judge(source, flags, patience));
  return known.get(key);
}

function judge(source: string, flags: string, patience: number): string | undefined {
  const pieces = alternatives(source);
  const areFew = pieces.length > 1 && pieces.length <= most;
  // One piece may be slow that never comes to it, as in `"[^"]*"|"`.
  if (areFew && pieces.every((piece) => fault(piece, flags, patience) === undefined)) return undefined;
  const plain = withoutLookarounds(source);
  if (plain !== undefined && ask(`(?:${plain})${nothing}`, flags, patience) === undefined) return undefined;
  return ask(source, flags, patience);
}

function ask(source: string, flags: string, timeout: number): string | undefined {
  const { status, complexity, error } = checkSync(source, flags, { timeout, skipRecall: true } as never) as {
    status: string;
    complexity?: { summary: string };
    error?: { kind: string };
  };
  if (status === 'safe') return undefined;
  return `/${source}/${flags}: ${complexity?.summary ?? error?.kind ?? status}`;
}

interface Group {
  /** Of the bracket that opens it, and of what stands behind the one that closes it. */
  readonly from: number;
  readonly to: number;
  /** `(?:`, `(?<=` … */
  readonly opening: string;
  readonly isRepeated: boolean;
}

/** The groups of the outermost level, and the places of `|` there. */
function outline(source: string): { readonly groups: readonly Group[]; readonly bars: readonly number[] } {
  const groups: Group[] = [];
  const bars: number[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < source.length; at++) {
    const char = source[at];
    if (char === '\\') at++;
    else if (char === '[') {
      while (source[++at] !== ']') if (source[at] === '\\') at++;
    } else if (char === '(') {
      if (depth++ === 0) from = at;
    } else if (char === ')' && --depth === 0) {
      const opening = /^\((?:\?(?:[:=!]|<[=!]|<\w+>))?/.exec(source.slice(from))?.[0] ?? '(';
      const to = at + 1;
      groups.push({ from, to, opening, isRepeated: /^[*+?{]/.test(source.slice(to)) });
    } else if (char === '|' && depth === 0) bars.push(at);
  }
  return { groups, bars };
}

const isLookaround = ({ opening }: Group) => /^\(\?<?[=!]/.test(opening);

/** Patterns that together find what one finds: without `|` outside of what is repeated or only looked at. */
function alternatives(source: string): readonly string[] {
  const { groups, bars } = outline(source);
  if (bars.length > 0) {
    const ends = [-1, ...bars, source.length];
    return ends.slice(1).flatMap((end, i) => alternatives(source.slice((ends[i] ?? 0) + 1, end)));
  }
  for (const group of groups) {
    if (group.isRepeated || isLookaround(group)) continue;
    const inner = alternatives(source.slice(group.from + group.opening.length, group.to - 1));
    if (inner.length < 2) continue;
    const tails = alternatives(source.slice(group.to));
    if (inner.length * tails.length > most) return [source];
    const head = source.slice(0, group.from);
    return inner.flatMap((one) => tails.map((tail) => `${head}(?:${one})${tail}`));
  }
  return [source];
}

/** The pattern without lookarounds outside of groups; undefined where it has none, or one that looks without bounds. */
function withoutLookarounds(source: string): string | undefined {
  let plain = source;
  let isChanged = false;
  for (let at = 0; at < plain.length; ) {
    const group = outline(plain.slice(at)).groups[0];
    if (!group) break;
    const inner = plain.slice(at + group.from + group.opening.length, at + group.to - 1);
    if (!isLookaround(group)) {
      at += group.from + group.opening.length;
      // Inside of a group its closing bracket would end the outline, so groups are looked at one by one.
      const inside = withoutLookarounds(inner);
      if (inside !== undefined) {
        plain = plain.slice(0, at) + inside + plain.slice(at + inner.length);
        isChanged = true;
        at += inside.length + 1;
      } else at += inner.length + 1;
      continue;
    }
    if (/(?<!\\)[*+]|\{\d+,\}/.test(inner)) return undefined;
    plain = plain.slice(0, at + group.from) + plain.slice(at + group.to);
    isChanged = true;
    at += group.from;
  }
  return isChanged ? plain : undefined;
}
