/**
 * A text without the characters at its end that a pattern of one character matches. A pattern such as `/\/+$/` looks from
 * each place of each run of them.
 */
export function trimEnd(text: string, character: RegExp): string {
  let end = text.length;
  while (end > 0 && character.test(text[end - 1] as string)) end--;
  return text.slice(0, end);
}
