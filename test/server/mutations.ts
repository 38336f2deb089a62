const pieces = [
  ...[
    '\\',
    '\n',
    '\\\n',
    '\r\n',
    ' ',
    '\t',
    '#',
    '# ',
    '"',
    "'",
    '[',
    ']',
    '$',
    '${',
    '}',
    '`',
    '=',
    '--from=',
  ],
  ...[
    '<<EOF',
    '\nEOF\n',
    '<<-E',
    '&&',
    '|',
    ';',
    '(',
    ')',
    'FROM x\n',
    '\nRUN ',
    '\nONBUILD ',
    '\ufeff',
    '😀',
    '\0',
  ],
];

/** A text with one to three random edits: something inserted, cut out, repeated or swapped. */
export function mutate(text: string, random: () => number): string {
  const below = (limit: number) => Math.floor(random() * limit);
  let result = text;
  for (let edits = 1 + below(3); edits > 0; edits--) {
    const at = below(result.length + 1);
    const length = below(12);
    const kind = below(4);
    const cut = result.slice(at, at + length);
    if (kind === 0) result = result.slice(0, at) + pieces[below(pieces.length)] + result.slice(at);
    else if (kind === 1) result = result.slice(0, at) + result.slice(at + length);
    else if (kind === 2) result = result.slice(0, at) + cut + result.slice(at);
    else {
      const to = below(result.length + 1);
      result = result.slice(0, to) + cut + result.slice(to);
    }
  }
  return result;
}
