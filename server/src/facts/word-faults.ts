/** Why BuildKit refuses to put variables into a text, and where. Offsets count from the text's start. */
export interface WordFault {
  readonly kind: 'single-quote' | 'double-quote' | 'brace' | 'modifier';
  readonly from: number;
  readonly to: number;
}

/** Deepest nesting of `${A:-${B:-…}}` that is followed. */
const deepest = 50;
/** Names of one sign, as `$?` has. */
const specialName = /[@*#?\-$!]/;

/**
 * The first fault that BuildKit's lexer stops at (`frontend/dockerfile/shell/lex.go`, 0.34.2): a quote or brace that
 * nothing closes, or a modifier that it does not know.
 * @param quotes false where quotes mean nothing, as in the body of a heredoc
 */
export function findWordFault(text: string, escape: string, quotes = true): WordFault | undefined {
  if (quotes ? !/['"$]/.test(text) : !text.includes('${')) return undefined;
  let at = 0;
  let depth = 0;
  let tooDeep = false;
  let fault: WordFault | undefined;

  const fail = (kind: WordFault['kind'], from: number, to = text.length): false => {
    fault ??= { kind, from, to };
    return false;
  };

  /** Reads up to `stop`, or to the end where it is empty; false where something is wrong. */
  function readTo(stop: string, begin: number): boolean {
    if (++depth > deepest) {
      tooDeep = true;
      return false;
    }
    while (at < text.length) {
      const char = text[at] as string;
      if (char === stop) {
        at++;
        depth--;
        return true;
      }
      if (!readOne(char)) return false;
    }
    return stop === '' || fail('brace', begin);
  }

  function readOne(char: string): boolean {
    if (char === '$') return readVariable();
    if (quotes && char === '"') return readDoubleQuotes();
    if (quotes && char === "'") {
      const end = text.indexOf("'", at + 1);
      if (end < 0) return fail('single-quote', at);
      at = end + 1;
    } else at += char === escape ? 2 : 1;
    return true;
  }

  function readDoubleQuotes(): boolean {
    const begin = at++;
    while (at < text.length) {
      const char = text[at] as string;
      if (char === '"') {
        at++;
        return true;
      }
      if (char === '$') {
        if (!readVariable()) return false;
      } else at += char === escape && ['"', '$', escape].includes(text[at + 1] ?? '') ? 2 : 1;
    }
    return fail('double-quote', begin);
  }

  function readName(): void {
    const first = text[at] ?? '';
    if (specialName.test(first)) at++;
    else if (/\d/.test(first)) while (/\d/.test(text[at] ?? '')) at++;
    else while (/[\p{L}\p{Nd}_]/u.test(text[at] ?? '')) at++;
  }

  function readVariable(): boolean {
    const begin = at++;
    if (text[at] !== '{') {
      readName();
      return true;
    }
    at++;
    if (at >= text.length) return fail('brace', begin);
    if (/[{}:]/.test(text[at] as string)) return fail('modifier', begin, at + 1);
    readName();
    const operatorAt = at;
    const colon = text[at] === ':';
    if (colon) at++;
    const sign = text.codePointAt(at);
    if (sign === undefined) return fail('brace', begin);
    const operator = String.fromCodePoint(sign);
    at += operator.length;
    if (!colon && operator === '}') return true;
    if (!colon && operator === '/') {
      if (text[at] === '/') at++;
      return readTo('/', begin) && readTo('}', begin);
    }
    if (!/[-+?]/.test(operator) && (colon || !/[#%]/.test(operator))) {
      return fail('modifier', /\s/.test(operator) ? begin : operatorAt, at);
    }
    return readTo('}', begin);
  }

  readTo('', 0);
  return tooDeep ? undefined : fault;
}
