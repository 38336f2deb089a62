import type { Word } from './tree.ts';

const isBlank = (code: number) =>
  code === 32 || code === 9 || code === 10 || code === 13 || code === 11 || code === 12;

/**
 * Splits a stretch of an instruction into words at blanks outside quotes, as BuildKit's shell lexer does.
 * @param plain text in which continuations are spaces (`Node.plain`)
 * @param escape the file's escape character
 */
export function splitWords(plain: string, from: number, to: number, escape: string): Word[] {
  const words: Word[] = [];
  let at = from;
  while (at < to) {
    while (at < to && isBlank(plain.charCodeAt(at))) at++;
    if (at >= to) break;
    const start = at;
    at = wordEnd(plain, at, to, escape);
    words.push(makeWord(plain, start, at, escape));
  }
  return words;
}

export function makeWord(plain: string, from: number, to: number, escape: string): Word {
  const raw = plain.slice(from, to);
  return { from, to, raw, value: unquote(raw, escape) };
}

function wordEnd(plain: string, start: number, to: number, escape: string): number {
  let quote = '';
  let at = start;
  for (; at < to; at++) {
    const char = plain[at] as string;
    if (char === escape && quote !== "'") at++;
    else if (quote) {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (isBlank(plain.charCodeAt(at))) break;
  }
  // A quote that never closes takes only its own word, so that what follows is still seen.
  if (quote) {
    at = start;
    while (at < to && !isBlank(plain.charCodeAt(at))) at++;
  }
  return Math.min(at, to);
}

function unquote(raw: string, escape: string): string {
  if (!raw.includes('"') && !raw.includes("'") && !raw.includes(escape)) return raw;
  let value = '';
  let quote = '';
  for (let i = 0; i < raw.length; i++) {
    const char = raw[i] as string;
    if (char === escape && quote !== "'" && i + 1 < raw.length) value += raw[++i];
    else if (quote) {
      if (char === quote) quote = '';
      else value += char;
    } else if (char === '"' || char === "'") quote = char;
    else value += char;
  }
  return value;
}

/** The elements of a JSON array of strings with their places, or undefined when the text is not one. */
export function splitJson(plain: string, from: number, to: number): Word[] | undefined {
  const text = plain.slice(from, to);
  if (!text.trimStart().startsWith('[')) return undefined;
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(values) || !values.every((value) => typeof value === 'string')) return undefined;
  // JSON closes each string.
  const strings = text.matchAll(/"(?:[^"\\]|\\.)*"?/g);
  return [...strings].map((match, i) => ({
    from: from + match.index,
    to: from + match.index + match[0].length,
    raw: match[0],
    value: values[i] as string,
  }));
}
