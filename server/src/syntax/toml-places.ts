import type { Span } from '../text/span.ts';

/** A key of a TOML file with its value. */
export interface TomlEntry {
  /** From the root on, the table that it stands in included: `tool`, `uv`, `sources`, `torch`. */
  readonly path: readonly string[];
  /** The key as written, with its dots. */
  readonly key: Span;
  readonly value: Span;
}

/** A table of a TOML file with a header of its own; the first one is the root, whose header is empty. */
export interface TomlTable {
  readonly path: readonly string[];
  readonly entries: readonly TomlEntry[];
  /** Behind its last entry, or its header where it has none, and behind the end of that line. */
  readonly end: number;
}

/**
 * Where the tables and keys of a TOML file stand (TOML 1.0), for edits that leave the rest as it is; undefined where the
 * file cannot be read. What a value holds is not looked into.
 */
export function readTomlPlaces(text: string): TomlTable[] | undefined {
  const tables: TomlTable[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  let open = { path: [] as readonly string[], entries: [] as TomlEntry[], end: at };
  for (;;) {
    at = skipBlank(text, at, true);
    if (at >= text.length) break;
    if (text[at] === '[') {
      const isArray = text[at + 1] === '[';
      const key = readKey(text, at + (isArray ? 2 : 1));
      if (!key || !text.startsWith(isArray ? ']]' : ']', key.end)) return undefined;
      tables.push(open);
      at = key.end + (isArray ? 2 : 1);
      open = { path: key.parts, entries: [], end: at };
    } else {
      const key = readKey(text, at);
      if (!key || text[key.end] !== '=') return undefined;
      const start = skipBlank(text, key.end + 1, false);
      const end = skipValue(text, start);
      if (end === undefined || end === start) return undefined;
      const entry = {
        path: [...open.path, ...key.parts],
        key: { start: at, end: key.last },
        value: { start, end },
      };
      open.entries.push(entry);
      at = end;
    }
    const newline = text.indexOf('\n', at);
    const rest = text.slice(at, newline < 0 ? undefined : newline).trim();
    if (rest !== '' && !rest.startsWith('#')) return undefined;
    at = newline < 0 ? text.length : newline + 1;
    open.end = at;
  }
  return [...tables, open];
}

/** @param lines whether line ends and comments are skipped as well */
function skipBlank(text: string, start: number, lines: boolean): number {
  let at = start;
  for (; at < text.length; at++) {
    const char = text[at] as string;
    if (lines && char === '#') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length - 1 : end;
    } else if (char !== ' ' && char !== '\t' && !(lines && (char === '\n' || char === '\r'))) break;
  }
  return at;
}

/** A key with its dots; `last` is the end of its last part, `end` the place behind the blanks there. */
function readKey(text: string, start: number): { parts: string[]; last: number; end: number } | undefined {
  const parts: string[] = [];
  let at = start;
  for (;;) {
    at = skipBlank(text, at, false);
    const begin = at;
    const quote = text[at];
    if (quote === '"' || quote === "'") {
      const end = skipString(text, at);
      if (end === undefined || text.slice(begin, end).includes('\n')) return undefined;
      at = end;
      parts.push(text.slice(begin + 1, at - 1));
    } else {
      while (/[\w-]/.test(text[at] ?? '')) at++;
      if (at === begin) return undefined;
      parts.push(text.slice(begin, at));
    }
    const last = at;
    at = skipBlank(text, at, false);
    if (text[at] !== '.') return { parts, last, end: at };
    at++;
  }
}

function skipString(text: string, start: number): number | undefined {
  const quote = text[start] as string;
  const isLong = text.startsWith(quote.repeat(3), start);
  const closing = isLong ? quote.repeat(3) : quote;
  for (let at = start + closing.length; at < text.length; at++) {
    if (text[at] === '\\' && quote === '"') at++;
    else if (text.startsWith(closing, at)) {
      let end = at + closing.length;
      // Up to two quotes may stand right before the closing ones.
      while (isLong && text[end] === quote && end < at + 5) end++;
      return end;
    } else if (!isLong && text[at] === '\n') return undefined;
  }
  return undefined;
}

/** The end of a value: brackets are counted, strings and comments in them skipped. */
function skipValue(text: string, start: number): number | undefined {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const char = text[at] as string;
    if (char === '"' || char === "'") {
      const end = skipString(text, at);
      if (end === undefined) return undefined;
      at = end;
    } else if (char === '[' || char === '{') {
      depth++;
      at++;
    } else if (char === ']' || char === '}') {
      if (--depth < 0) return undefined;
      at++;
    } else if (depth > 0 && char === '#') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else if (depth === 0 && /[\s#,]/.test(char)) return at;
    else at++;
    if (depth === 0 && /["'\]}]/.test(char)) return at;
  }
  return depth === 0 ? at : undefined;
}
