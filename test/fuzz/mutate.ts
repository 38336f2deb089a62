import type { Dice } from './dice.ts';

/** So long, in characters, texts become. */
export const longest = 65_536;

const interesting = [
  ...[
    '\0',
    '\r',
    '\r\n',
    '\n',
    '\ufeff',
    '\ud800',
    '\udc00',
    '\u2028',
    '\u0085',
    '\ufffd',
    '\x1b[2J',
    '\u202e',
    '\x7f',
  ],
  ...[
    '\\',
    '\\\n',
    '"',
    "'",
    '`',
    '$',
    '${',
    '}',
    '[',
    ']',
    '{',
    '(',
    ')',
    '#',
    '<<E\n',
    '=',
    ':',
    '&a',
    '*a',
    '<<: *a',
  ],
  ...[
    '%',
    '%zz',
    '../',
    '/',
    '**/',
    '!',
    '|',
    '>',
    '- ',
    '? ',
    '---\n',
    '"""',
    "'''",
    '[[',
    ']]',
    '__proto__',
    'constructor',
  ],
  ...['9'.repeat(30), '-1', '1e999', 'İ', '😀', 'null', '~', '\t', ' ', '  '],
];

/** One way to change a text; the second one is another text that it may take from. */
type Mutation = (dice: Dice, text: string, other: string) => string;

const span = (dice: Dice, text: string, most: number) => {
  const start = dice.below(text.length + 1);
  return [start, Math.min(text.length, start + 1 + dice.below(most))] as const;
};
const replace = (text: string, start: number, end: number, by: string) =>
  text.slice(0, start) + by + text.slice(end);
/** The places between words, lines and signs. */
const tokens = (text: string) => text.match(/\w+|\s+|[^\w\s]/g) ?? [];

const insert: Mutation = (dice, text) => {
  const at = dice.below(text.length + 1);
  return replace(text, at, at, dice.pick(interesting));
};
const remove: Mutation = (dice, text) => replace(text, ...span(dice, text, 30), '');
const duplicate: Mutation = (dice, text) => {
  const [start, end] = span(dice, text, 60);
  return replace(text, end, end, text.slice(start, end).repeat(1 + dice.below(4)));
};
const move: Mutation = (dice, text) => {
  const [start, end] = span(dice, text, 60);
  const at = dice.below(text.length + 1);
  return replace(text, at, at, text.slice(start, end));
};
const splice: Mutation = (dice, text, other) =>
  text.slice(0, dice.below(text.length + 1)) + other.slice(dice.below(other.length + 1));
const cut: Mutation = (dice, text) =>
  dice.chance(0.5) ? text.slice(0, dice.below(text.length)) : text.slice(dice.below(text.length));
const swapTokens: Mutation = (dice, text) => {
  const all = tokens(text).slice(0, 5_000);
  const [a, b] = [dice.below(all.length), dice.below(all.length)];
  [all[a], all[b]] = [all[b] ?? '', all[a] ?? ''];
  return all.join('');
};
const newlines: Mutation = (dice, text) =>
  text.replace(/\r?\n/g, () => dice.pick(['\n', '\n', '\r\n', '\r', '\n\n', '\u2028']));
const unquote: Mutation = (dice, text) =>
  text.replace(/["'`\\[\]{}()]/g, (sign) => (dice.chance(0.2) ? '' : sign));
/** Bits flip in the bytes; what is no UTF-8 then is read as every reader reads it. */
const flip: Mutation = (dice, text) => {
  const bytes = Buffer.from(text);
  for (let count = 1 + dice.below(4); count > 0 && bytes.length > 0; count--) {
    const at = dice.below(bytes.length);
    bytes[at] = dice.chance(0.5)
      ? (bytes[at] as number) ^ (1 << dice.below(8))
      : dice.pick([0, 0xff, 0xfe, 0xc0, 0x80, 0x0d]);
  }
  return bytes.toString('utf8');
};
/** A short part many times over shows work that grows faster than its text. */
const repeat: Mutation = (dice, text) => {
  const from = dice.chance(0.3) ? dice.some(3, () => dice.pick(interesting)).join('') : text;
  const [start, end] = span(dice, from, dice.pick([1, 3, 10, 40, 400]));
  const part = from.slice(start, end) || dice.pick(interesting);
  const times = 2 + dice.magnitude(Math.max(2, (longest - text.length) / part.length));
  const at = from === text ? end : dice.below(text.length + 1);
  return replace(text, at, at, part.repeat(times));
};

const mutations: readonly Mutation[] = [
  ...[insert, insert, insert, remove, remove, duplicate, duplicate, move, splice, splice],
  ...[cut, swapTokens, newlines, unquote, flip, flip, repeat, repeat],
];

/** A text after one to four changes. */
export function mutate(dice: Dice, text: string, other: string): string {
  let result = text;
  for (let count = 1 + dice.below(4); count > 0; count--) result = dice.pick(mutations)(dice, result, other);
  return result.slice(0, longest);
}
