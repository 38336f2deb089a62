import { ends, type Part } from '../syntax/glob.ts';
import { type Expansion, expandVariables, longestExpansion, type Variables } from './variables.ts';

/** What Docker makes of a word. */
export interface ExpandedWord {
  readonly text: string;
  /** Variables that have a value, empty or not, and those that have none; also those of a default that is not needed. */
  readonly matched: ReadonlySet<string>;
  readonly unmatched: ReadonlySet<string>;
}

/** Deepest nesting of `${A:-${B:-…}}` that is followed. */
const deepest = 50;

class BadWord extends Error {}

/**
 * Takes the quotes off a word and puts the variables in as BuildKit does (frontend/dockerfile/shell, `Lex`), an unset one
 * being empty. Undefined where BuildKit refuses the word.
 * @param raw the word with its quotes
 */
export function expandWord(raw: string, values: Variables, escape: string): ExpandedWord | undefined {
  const matched = new Set<string>();
  const unmatched = new Set<string>();
  let at = 0;
  let depth = 0;

  const look = (name: string): string | undefined => {
    const value = values.get(name);
    (value === undefined ? unmatched : matched).add(name);
    return value;
  };
  const take = (): string => {
    if (at >= raw.length) throw new BadWord();
    return raw[at++] as string;
  };

  /** Reads up to `stop`, or to the end; in the patterns of `${X#…}` the escape character stays. */
  function readTo(stop: string, keepEscapes = false): string {
    let text = '';
    if (depth > deepest) throw new BadWord();
    depth++;
    while (at < raw.length) {
      if (text.length > longestExpansion) throw new BadWord();
      const char = take();
      if (char === stop) {
        depth--;
        return text;
      }
      if (char === '$') text += readVariable();
      else if (char === "'") {
        const end = raw.indexOf("'", at);
        if (end < 0) throw new BadWord();
        text += raw.slice(at, end);
        at = end + 1;
      } else if (char === '"') text += readQuoted(keepEscapes);
      else if (char === escape) {
        if (keepEscapes) text += char;
        if (at < raw.length) text += take();
      } else text += char;
    }
    if (stop !== '') throw new BadWord();
    return text;
  }

  function readQuoted(keepEscapes: boolean): string {
    let text = '';
    for (;;) {
      let char = take();
      if (char === '"') return text;
      if (char === '$') {
        text += readVariable();
        continue;
      }
      if (char === escape) {
        if (keepEscapes) text += char;
        const next = raw[at] ?? '';
        if (next === '"' || next === '$' || next === escape) char = take();
      }
      text += char;
    }
  }

  function readName(): string {
    const name = /^(?:\d+|[@*#?$!-]|[\p{L}_][\p{L}\p{Nd}_]*)?/u.exec(raw.slice(at, at + 200))?.[0] ?? '';
    at += name.length;
    return name;
  }

  function readVariable(): string {
    if (raw[at] !== '{') {
      const name = readName();
      return name === '' ? '$' : (look(name) ?? '');
    }
    at++;
    if (/[{}:]/.test(raw[at] ?? ':')) throw new BadWord();
    const name = readName();
    let operator = take();
    if (operator === '}') return look(name) ?? '';
    if (operator === '/') return replaceIn(name);
    const emptyIsUnset = operator === ':';
    if (emptyIsUnset) operator = take();
    const isPattern = operator === '#' || operator === '%';
    if (!/[-+?#%]/.test(operator) || (emptyIsUnset && isPattern)) throw new BadWord();
    const word = readTo('}', isPattern);
    const value = look(name);
    const isSet = emptyIsUnset ? Boolean(value) : value !== undefined;
    if (operator === '-') return isSet ? (value as string) : word;
    if (operator === '+') return isSet ? word : '';
    if (isPattern) return trim(value ?? '', operator, word);
    if (!isSet) throw new BadWord();
    return value as string;
  }

  function replaceIn(name: string): string {
    const everywhere = raw[at] === '/';
    if (everywhere) at++;
    const pattern = readGlob(readTo('/', true));
    const replacement = readTo('}', true);
    const value = short(look(name) ?? '');
    let replaced = '';
    let from = 0;
    for (let start = 0; start <= value.length; start++) {
      const [end] = ends(pattern, value, undefined, start);
      if (end === undefined) continue;
      replaced += value.slice(from, start) + replacement;
      from = end;
      if (!everywhere) break;
      // As a regular expression goes on behind what it matched, by one character where that was nothing.
      if (end > start) start = end - 1;
    }
    return replaced + value.slice(from);
  }

  try {
    return { text: readTo(''), matched, unmatched };
  } catch (error) {
    if (error instanceof BadWord) return undefined;
    throw error;
  }
}

/** `${X#pattern}`, `${X%pattern}` and `${X/pattern/other}`. */
const patterned = /\$\{\w+[#%/]/;

/**
 * A word with the values put in that are known. What takes away a part of one is worked out where all in the word are
 * known; else it stays as written.
 */
export function expandKnown(
  { value, raw = value }: { readonly raw?: string; readonly value: string },
  variables: Variables,
  escape: string,
): Expansion {
  const expanded = patterned.test(raw) ? expandWord(raw, variables, escape) : undefined;
  if (expanded?.unmatched.size === 0) return { text: expanded.text, unknown: [] };
  return expandVariables(value, variables);
}

/** A value that a pattern may be tried on from each of its places. */
function short(value: string): string {
  if (value.length > 100 || value.includes('\n')) throw new BadWord();
  return value;
}

/** `${X#pattern}`, `${X%pattern}`, and with the sign doubled the longest match. */
function trim(text: string, sign: string, word: string): string {
  const value = short(text);
  const isLongest = word.startsWith(sign);
  const pattern = readGlob(isLongest ? word.slice(1) : word);
  if (sign === '#') return value.slice(ends(pattern, value).at(isLongest ? -1 : 0) ?? 0);
  const starts = Array.from({ length: value.length + 1 }, (_, i) => i);
  const start = (isLongest ? starts : starts.reverse()).find(
    (from) => ends(pattern, value, undefined, from).at(-1) === value.length,
  );
  return start === undefined ? value : value.slice(0, start);
}

/** A pattern of the shell. */
function readGlob(pattern: string): Part[] {
  if (pattern.split('*').length > 4) throw new BadWord();
  const parts: Part[] = [];
  for (let i = 0; i < pattern.length; i++) {
    let char = pattern[i] as string;
    if (char === '*') parts.push({ kind: 'all' });
    else if (char === '?') parts.push({ kind: 'one', matches: /./ });
    else {
      if (char === '\\') {
        char = pattern[++i] ?? '';
        if (!/[}/*?\\]/.test(char)) throw new BadWord();
      }
      parts.push({ kind: 'text', text: char });
    }
  }
  return parts;
}
