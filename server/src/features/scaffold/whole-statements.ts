export interface Statement {
  /** Counted from 1. */
  readonly line: number;
  /** With empty strings, without comments, and in one line. */
  readonly text: string;
}

/** The statements of a program, and what its end leaves open. */
export function statementsIn(text: string): {
  statements: Statement[];
  end: 'bracket' | 'string' | undefined;
} {
  const statements: Statement[] = [];
  let depth = 0;
  let line = 1;
  let held = '';
  let begun = 1;
  let isCut = false;
  const end = () => {
    const one = held.trim().replace(/\s+/g, ' ');
    if (one !== '') statements.push({ line: begun, text: one });
    held = '';
  };
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? '';
    if (held.trim() === '' && depth === 0) begun = line;
    if (sign === '"' || sign === "'") {
      const close = closeOf(text, at, sign);
      line += text.slice(at, close).split('\n').length - 1;
      isCut = text[close - 1] !== sign && text.slice(close).trim() === '';
      at = close - 1;
      held += '""';
    } else if (sign === '#') {
      at = endOfLine(text, at) - 1;
    } else if (sign === '\\' && /^\r?\n/.test(text.slice(at + 1, at + 3))) {
      at = endOfLine(text, at);
      line++;
      held += ' ';
    } else if (sign === '\n' || (sign === ';' && depth === 0)) {
      if (sign === '\n') line++;
      if (depth > 0) held += ' ';
      else end();
    } else {
      if ('([{'.includes(sign)) depth++;
      if (')]}'.includes(sign)) depth = Math.max(depth - 1, 0);
      held += sign;
    }
  }
  end();
  return { statements, end: isCut ? 'string' : depth > 0 ? 'bracket' : undefined };
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
