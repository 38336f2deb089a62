/** A text without all of one character at its end. A pattern such as `/\/+$/` looks from each place of each run. */
export function trimEnd(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end--;
  return text.slice(0, end);
}
