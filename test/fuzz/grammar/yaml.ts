import type { Dice } from '../dice.ts';

const oddities = [
  ...[
    '~',
    'null',
    'yes',
    '0x1F',
    '1e999',
    '.nan',
    '2001-12-14',
    '!!binary aGk=',
    '!!set {a, b}',
    '!x y',
    '!!js/function x',
  ],
  ...[
    '*a',
    '*b',
    '&a x',
    '&a [*a]',
    '{ <<: *a }',
    '{ <<: [*a, *b] }',
    '{? a : b}',
    '[a, [b], {c: d}]',
    '"\\x"',
    '"a',
    "'a''b'",
  ],
  ...[
    '|\n  a\n  b',
    '>-\n  a\n\n  b',
    '|9\n a',
    '"\\ud800"',
    '%',
    '@',
    '`',
    '- a',
    'a: b: c',
    '',
    '[',
    '{',
    '"__proto__"',
    '<<',
  ],
];

/** A value of YAML; what is nested begins on the next line, indented so far. */
export function yamlValue(dice: Dice, strings: readonly string[], indent = 2, depth = 3): string {
  if (depth > 0 && dice.chance(0.15))
    return yamlList(dice, () => yamlValue(dice, strings, indent + 2, depth - 1), indent);
  if (depth > 0 && dice.chance(0.15)) {
    return yamlMap(
      dice.some(
        3,
        () => [dice.pick(strings) || 'k', yamlValue(dice, strings, indent + 2, depth - 1)] as const,
      ),
      indent,
    );
  }
  const anchor = dice.chance(0.08) ? `&${dice.pick(['a', 'b'])} ` : '';
  return anchor + (dice.chance(0.15) ? dice.pick(oddities) : scalar(dice, dice.pick(strings)));
}

function scalar(dice: Dice, text: string): string {
  return dice.chance(0.6) ? text : dice.chance(0.7) ? JSON.stringify(text) : `'${text}'`;
}

export function yamlList(dice: Dice, make: () => string, indent = 2): string {
  const items = dice.some(4, make);
  if (dice.chance(0.2)) return `[${items.join(', ')}]`;
  return items.map((item) => `\n${' '.repeat(indent)}- ${item}`).join('');
}

export function yamlMap(pairs: readonly (readonly [key: string, value: string])[], indent = 0): string {
  return pairs.map(([key, value]) => `\n${' '.repeat(indent)}${key}: ${value}`).join('');
}

/** A file of pairs; now and then with a mark, a directive or a second document. */
export function yamlFile(dice: Dice, pairs: readonly (readonly [key: string, value: string])[]): string {
  const head = dice.chance(0.1)
    ? dice.pick(['---\n', '%YAML 1.2\n---\n', '\ufeff', '# c\n', '--- !x\n', 'x: &a {b: 1}'])
    : '';
  const tail = dice.chance(0.1)
    ? dice.pick(['\n---\na: b', '\n...', '\n<<: *a', '\n\t', ' # c', '\n? a\n: b'])
    : '\n';
  return `${head}${yamlMap(pairs).replace(head === '' ? /^\n/ : /^/, '')}${tail}`;
}
