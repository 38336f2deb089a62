// The level at the beginning of a line, which its badge says already.
import type { Piece } from './ansi.ts';
import type { Level } from './levels.ts';
import { textOf } from './marks.ts';

/** `INFO `, `INFO:root:`, `[warn] `, `error: `; a word in small letters without punctuation is one of a sentence. */
const head =
  /^\[ {0,4}([A-Za-z]{3,11}) {0,9}\][ :]{0,9}|^([A-Za-z]{3,11}):[ ]{0,9}|^([A-Z]{3,11})(?: [:|-])? {1,9}/;
/** CRITICAL says more than the badge of its level. */
const same: Readonly<Record<Level, readonly string[]>> = {
  debug: ['debug', 'dbg'],
  info: ['info', 'information'],
  warning: ['warning', 'warn'],
  error: ['error', 'err'],
};

export function withoutLevel(pieces: readonly Piece[], level: Level | undefined): readonly Piece[] {
  if (!level) return pieces;
  const [all = '', ...words] = head.exec(textOf(pieces)) ?? [];
  const word = words.find(Boolean)?.toLowerCase();
  if (word === undefined || !same[level].includes(word)) return pieces;
  let left = all.length;
  const rest = pieces.flatMap((piece) => {
    const text = piece.text.slice(left);
    left = Math.max(0, left - piece.text.length);
    return text ? [{ ...piece, text }] : [];
  });
  return rest.length ? rest : pieces;
}
