import type { Dice } from '../dice.ts';

const parts = [
  '*',
  '**',
  '?',
  'a',
  'src',
  '.git',
  '.venv',
  '*.md',
  '*.py',
  '[a-z]',
  '[^a]',
  '[z-a]',
  '[',
  ']',
  '\\',
  '\\*',
  '..',
  '.',
  '',
  ' ',
  '{a,b}',
  'é',
  '😀',
  '+',
  '(',
  ')',
  '$',
  '^',
  '|',
  '!',
  '#',
  '[[:alpha:]]',
  '[]a]',
  '[a',
  '[\\]]',
];

/** A `.dockerignore`, or any other list of globs. */
export function ignoreFile(dice: Dice): string {
  const lines = dice.some(8, () => {
    if (dice.chance(0.1))
      return dice.pick(['# c', '', '#', '!', '/', '\ufeff*', '!!a', ' ! a ', '\\#a', '!**/']);
    return `${dice.chance(0.3) ? '!' : ''}${dice.chance(0.2) ? '/' : ''}${pattern(dice)}${dice.chance(0.2) ? '/' : ''}`;
  });
  return lines.join(dice.chance(0.1) ? '\r\n' : '\n');
}

export function pattern(dice: Dice): string {
  return dice.some(5, () => dice.some(3, () => dice.pick(parts)).join('')).join('/');
}
