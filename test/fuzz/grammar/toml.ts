import type { Dice } from '../dice.ts';

const keys = [
  'a',
  '"a b"',
  "'x'",
  'a.b',
  '"__proto__"',
  'constructor',
  '1',
  '',
  'é',
  '"\\u0041"',
  'name',
  'tool.uv',
];
const scalars = [
  ...[
    '1',
    '-0',
    '0x_1',
    '1e9',
    'inf',
    'nan',
    'true',
    '1979-05-27T07:32:00Z',
    '07:32:00',
    '9'.repeat(30),
    '',
    '+1.',
  ],
  ...[
    '"a"',
    "'a'",
    '"\\u0000"',
    '"\\ud800"',
    '"\\x"',
    '"',
    '"""a\nb"""',
    "'''a\nb'''",
    '"""a\\\n  b"""',
    '"""',
    "''''''",
  ],
];

/** A value of TOML, nested now and then. */
export function tomlValue(dice: Dice, strings: readonly string[], depth = 3): string {
  if (depth > 0 && dice.chance(0.15)) return array(dice, () => tomlValue(dice, strings, depth - 1));
  if (depth > 0 && dice.chance(0.15)) {
    const pairs = dice.some(3, () => `${dice.pick(keys)} = ${tomlValue(dice, strings, depth - 1)}`);
    return `{ ${pairs.join(', ')}${dice.chance(0.05) ? ',' : ''} }`;
  }
  return dice.chance(0.2) ? dice.pick(scalars) : quote(dice, dice.pick(strings));
}

/** Mostly as it ought to be. */
export function quote(dice: Dice, text: string): string {
  return dice.pick([
    JSON.stringify(text),
    JSON.stringify(text),
    JSON.stringify(text),
    `'${text}'`,
    `"""${text}"""`,
  ]);
}

export function array(dice: Dice, make: () => string): string {
  return `[${dice.some(4, make).join(dice.pick([', ', ',\n  ', ' , # c\n']))}${dice.chance(0.3) ? ',' : ''}]`;
}

/** Tables that nobody reads, which a reader has to get past. */
export function otherTables(dice: Dice, strings: readonly string[]): string {
  const tables = dice.some(3, () => {
    const name = dice.some(3, () => dice.pick(keys)).join('.');
    const pairs = dice.some(3, () => `${dice.pick(keys)} = ${tomlValue(dice, strings)}`);
    return `${dice.chance(0.5) ? `[${name}]` : `[[${name}]]`}\n${pairs.join('\n')}\n`;
  });
  return tables.join(dice.pick(['\n', '', '# c\n', '\r\n']));
}
