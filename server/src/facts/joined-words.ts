import type { LocalSpan } from '../text/span.ts';

/**
 * Whether two neighbouring words of an instruction are one to Docker: cut by a continuation with no blank at either side.
 * @param text the instruction's text as written (`Node.text`)
 */
export function areJoined(text: string, left: LocalSpan, right: LocalSpan): boolean {
  return /^[\\`][ \t]*\r?\n$/.test(text.slice(left.to, right.from));
}

/** Whether that holds for any two neighbours. */
export function holdsJoinedWords(text: string, words: readonly LocalSpan[]): boolean {
  return words.some((word, i) => i > 0 && areJoined(text, words[i - 1] as LocalSpan, word));
}
