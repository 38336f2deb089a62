import type { Dockerfile, Instruction, KeyValue, KeyValues } from '../syntax/tree.ts';
import { type Edit, removeLines, removeWord } from '../text/edit.ts';

/** Removes one pair of an ENV, ARG or LABEL, and the whole instruction where it has no other; undefined where a comment would be lost. */
export function removePair(file: Dockerfile, of: Instruction<KeyValues>, pair: KeyValue): Edit | undefined {
  const { pairs, comments } = of.node;
  const span = of.at(pair);
  if (pairs.length === 1)
    return comments.length > 0 || of.onbuild ? undefined : removeLines(file.text, of.span);
  if (pairs.at(-1) !== pair) return removeWord(file.text, span);
  // Of the last one, the blanks and the continuation before it go too.
  const before = pairs.at(-2) as KeyValue;
  const start = of.at(before).end;
  const isPlain = /^[ \t]*(?:[\\`][ \t]*\r?\n[ \t]*)?$/.test(file.text.slice(start, span.start));
  return isPlain ? { span: { start, end: span.end }, text: '' } : undefined;
}
