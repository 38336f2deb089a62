import type { LocalSpan } from '../text/span.ts';

/** The word behind `<<` as BuildKit reads it. */
export interface HeredocWord extends LocalSpan {
  /** The line that ends the body. */
  readonly name: string;
  readonly quoted: boolean;
  readonly chomp: boolean;
}

interface LexedWord extends LocalSpan {
  readonly text: string;
}

/** What stays in the words. */
interface Raw {
  readonly quotes: boolean;
  readonly escapes: boolean;
}

class Unreadable extends Error {}

/** Deepest nesting of `${A:-${B:-…}}` that is followed. */
const deepest = 50;
/** What Go's `unicode.IsSpace` takes for a blank. */
const blank = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const nameStart = /\d+|[@*#?$!-]|[\p{L}_][\p{L}\p{Nd}_]*/uy;

/**
 * The words that begin a heredoc in a RUN, COPY or ADD, as BuildKit finds them (`heredocsFromLine` of its parser): its
 * lexer splits the whole instruction, with the backslash as the escape character whatever the file's own is, and a word
 * counts that is nothing else than a number, `<<`, a dash, and one word. Where the lexer fails, at a quote that nothing
 * closes or at `${#x}`, there are none.
 * @param line the instruction with its keyword, its lines joined
 */
export function heredocWords(line: string): HeredocWord[] {
  return (lex(line, { quotes: true, escapes: true }) ?? []).flatMap(({ text, from, to }) => {
    const [opening, dash = ''] = /^\d*<<(-?)/.exec(text) ?? [];
    const word = text.slice(opening?.length).replace(/^[\t\n\f\r ]+/, '');
    if (opening === undefined || word.includes('<')) return [];
    const [name, ...rest] = lex(word, { quotes: false, escapes: false }) ?? [];
    const [raw] = lex(word, { quotes: true, escapes: false }) ?? [];
    if (!name || !raw || rest.length > 0) return [];
    return [
      { from, to, name: name.text, quoted: quotesIn(name.text) !== quotesIn(raw.text), chomp: dash === '-' },
    ];
  });
}

const quotesIn = (text: string) => text.split(/["']/).length;

/** The words of BuildKit's lexer (frontend/dockerfile/shell, `ProcessWords`) where no variable is set and unset ones stay. */
function lex(source: string, raw: Raw): LexedWord[] | undefined {
  const words: LexedWord[] = [];
  let at = 0;
  let depth = 0;
  let word = '';
  let isInWord = false;
  let wordStart = 0;

  const addRaw = (text: string, from: number) => {
    if (!isInWord) wordStart = from;
    isInWord = true;
    word += text;
  };
  const endWord = (to: number) => {
    if (word === '') return;
    words.push({ text: word, from: wordStart, to });
    word = '';
    isInWord = false;
  };
  const add = (char: string, from: number) => {
    if (!blank.test(char)) addRaw(char, from);
    else if (isInWord) endWord(from);
  };

  /** Up to `stop`; what is in the word so far is lost, as the lexer has one buffer for both. */
  function readTo(stop: string, keepEscapes: boolean, isPattern: boolean): string {
    if (++depth > deepest) throw new Unreadable();
    let text = '';
    for (;;) {
      if (at >= source.length) throw new Unreadable();
      const char = source[at] as string;
      if (char === stop) break;
      if (char === '\\') {
        if (keepEscapes) text += char;
        text += source[at + 1] ?? '';
        at += 2;
      } else text += readSpecial(char, keepEscapes, isPattern) ?? source[at++];
    }
    at++;
    depth--;
    word = '';
    return text;
  }

  function readSpecial(char: string, keepEscapes: boolean, isPattern: boolean): string | undefined {
    if (char === '$') return readVariable();
    if (char === '<') return readAngles();
    if (char === "'") return readSingle(isPattern);
    return char === '"' ? readDouble(keepEscapes, isPattern) : undefined;
  }

  function readAngles(): string {
    const start = at++;
    if (source[at] === '<') while (/[\t\r ]/.test(source[++at] ?? ''));
    return source.slice(start, at);
  }

  function readSingle(isPattern: boolean): string {
    const end = source.indexOf("'", at + 1);
    if (end < 0) throw new Unreadable();
    const inner = source.slice(at + 1, end);
    at = end + 1;
    return quoted("'", isPattern ? inner.replaceAll('\\', '\\\\') : inner);
  }

  function readDouble(keepEscapes: boolean, isPattern: boolean): string {
    let text = '';
    at++;
    while (source[at] !== '"') {
      if (at >= source.length) throw new Unreadable();
      const char = source[at] as string;
      if (char === '$') text += readVariable();
      else if (char !== '\\') text += source[at++];
      else {
        const next = source[++at] ?? '';
        const isEscape = next === '"' || next === '$' || next === '\\';
        if (keepEscapes && (isEscape || !raw.quotes || isPattern)) text += char;
        if (next !== '') text += isEscape ? source[at++] : char;
      }
    }
    at++;
    return quoted('"', text);
  }

  const quoted = (quote: string, text: string) => (raw.quotes ? quote + text + quote : text);

  function readName(): string {
    nameStart.lastIndex = at;
    const name = nameStart.exec(source)?.[0] ?? '';
    at += name.length;
    return name;
  }

  function readVariable(): string {
    at++;
    if (source[at] !== '{') return `$${readName()}`;
    at++;
    if (/[{}:]/.test(source[at] ?? ':')) throw new Unreadable();
    const name = readName();
    let operator = source[at++] ?? '';
    if (operator === '}') return `\${${name}}`;
    if (operator === '/') {
      if (source[at] === '/') at++;
      const pattern = readTo('/', true, true);
      return `\${${name}/${pattern}/${readTo('}', true, false)}}`;
    }
    if (operator === ':') operator += source[at++] ?? '';
    else if (!/[-+?#%]/.test(operator)) throw new Unreadable();
    const isPattern = /[#%]/.test(operator);
    if (isPattern && operator.length > 1) throw new Unreadable();
    return `\${${name}${operator}${readTo('}', isPattern, isPattern)}}`;
  }

  try {
    while (at < source.length) {
      const from = at;
      const char = source[at] as string;
      if (char === '\\') {
        if (raw.escapes) addRaw(char, from);
        if (at + 1 < source.length) addRaw(source[at + 1] as string, from);
        at += 2;
        continue;
      }
      const special = readSpecial(char, raw.escapes, false);
      if (special === undefined) add(source[at++] as string, from);
      else if (char === '$') for (const one of special) add(one, from);
      else addRaw(special, from);
    }
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
  endWord(source.length);
  return words;
}
