export interface Statement {
  /** Counted from 1. */
  readonly line: number;
  /** What stands before it in its line; undefined where that is another statement. */
  readonly indent: string | undefined;
  /** With empty strings, without comments, and in one line. */
  readonly text: string;
}

interface Statements {
  readonly statements: Statement[];
  /** What its end leaves open. */
  readonly end: 'bracket' | 'string' | undefined;
  /** The line of a bracket that is not closed, or closes none. */
  readonly open: number | undefined;
  readonly stray: number | undefined;
  /** That of a plain string which ends with its line. */
  readonly cut: number | undefined;
}

const closing: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** The statements of a program, and what its end leaves open. */
export function statementsIn(text: string): Statements {
  const statements: Statement[] = [];
  const brackets: { sign: string; line: number }[] = [];
  let stray: number | undefined;
  let cut: number | undefined;
  let isBehind = false;
  let line = 1;
  let held = '';
  let begun = 1;
  let isCut = false;
  const end = () => {
    const one = held.trim().replace(/\s+/g, ' ');
    const [indent = ''] = /^[ \t\f]*/.exec(held) ?? [];
    if (one !== '') statements.push({ line: begun, indent: isBehind ? undefined : indent, text: one });
    held = '';
  };
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? '';
    if (held.trim() === '' && brackets.length === 0) begun = line;
    if (sign === '"' || sign === "'") {
      const close = closeOf(text, at, sign);
      line += text.slice(at, close).split('\n').length - 1;
      const isPlain = text[close] === '\n' && text[close - 1] !== sign;
      if (isPlain && !/\b[fF][rR]?""|\b[rR]?[fF]$/.test(held)) cut ??= line;
      isCut = text[close - 1] !== sign && text.slice(close).trim() === '';
      at = close - 1;
      held += '""';
    } else if (sign === '#') {
      at = endOfLine(text, at) - 1;
    } else if (sign === '\\' && /^\r?\n/.test(text.slice(at + 1, at + 3))) {
      at = endOfLine(text, at);
      line++;
      held += ' ';
    } else if (sign === '\n' || (sign === ';' && brackets.length === 0)) {
      if (sign === '\n') line++;
      if (brackets.length > 0) held += ' ';
      else {
        end();
        isBehind = sign === ';';
      }
    } else {
      if ('([{'.includes(sign)) brackets.push({ sign, line });
      if (')]}'.includes(sign) && brackets.pop()?.sign !== closing[sign]) stray ??= line;
      held += sign;
    }
  }
  end();
  return {
    statements,
    end: isCut ? 'string' : brackets.length > 0 ? 'bracket' : undefined,
    open: brackets.at(-1)?.line,
    stray,
    cut,
  };
}

const endOfLine = (text: string, at: number) => {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
};

/** Behind the quotes that close a string; a plain one ends with its line at the latest. */
function closeOf(text: string, at: number, quote: string): number {
  const isLong = text.startsWith(quote.repeat(3), at);
  const quotes = isLong ? quote.repeat(3) : quote;
  for (let i = at + quotes.length; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text.startsWith(quotes, i)) return i + quotes.length;
    else if (text[i] === '\n' && !isLong) return i;
  }
  return text.length;
}
