import { longestExpansion } from './variables.ts';

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
export function expandWord(
  raw: string,
  values: ReadonlyMap<string, string>,
  escape: string,
): ExpandedWord | undefined {
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
    const pattern = globPattern(readTo('/', true), '*?');
    const replacement = readTo('}', true);
    return short(look(name) ?? '').replace(new RegExp(pattern, everywhere ? 'g' : ''), () => replacement);
  }

  try {
    return { text: readTo(''), matched, unmatched };
  } catch (error) {
    if (error instanceof BadWord) return undefined;
    throw error;
  }
}

/** A value that a pattern may be tried on: the time that it takes grows with a power of the length. */
function short(value: string): string {
  if (value.length > 300) throw new BadWord();
  return value;
}

/** `${X#pattern}`, `${X%pattern}`, and with the sign doubled the longest match. */
function trim(text: string, sign: string, word: string): string {
  const value = short(text);
  const longestMatch = word.startsWith(sign);
  const pattern = longestMatch ? word.slice(1) : word;
  if (sign === '#')
    return value.replace(new RegExp(`^${globPattern(pattern, longestMatch ? '*' : '*?')}`), '');
  const matches = new RegExp(`^${globPattern(pattern, '*')}$`);
  const starts = Array.from({ length: value.length + 1 }, (_, i) => i);
  const start = (longestMatch ? starts : starts.reverse()).find((i) => matches.test(value.slice(i)));
  return start === undefined ? value : value.slice(0, start);
}

/** A pattern of the shell as a regular expression. */
function globPattern(pattern: string, star: '*' | '*?'): string {
  if (pattern.split('*').length > 4) throw new BadWord();
  let out = '';
  for (let i = 0; i < pattern.length; i++) {
    let char = pattern[i] as string;
    if (char === '*') out += `.${star}`;
    else if (char === '?') out += '.';
    else {
      if (char === '\\') {
        char = pattern[++i] ?? '';
        if (!/[}/*?\\]/.test(char)) throw new BadWord();
      }
      out += char.replace(/[[\]{}.+*?()|^$\\]/, '\\$&');
    }
  }
  return out;
}
