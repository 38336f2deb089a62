/** So many characters of a call are read. */
const longest = 2_000;

/** What stands before the parenthesis that closes. */
export function argumentsIn(text: string): string {
  let depth = 1;
  for (let at = 0; at < Math.min(text.length, longest); at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return text.slice(0, at);
  }
  return text.slice(0, longest);
}

/** What commas part outside of brackets. */
export function parts(text: string): string[] {
  const found = [''];
  let depth = 0;
  for (const sign of text) {
    if ('([{'.includes(sign)) depth++;
    else if (')]}'.includes(sign)) depth--;
    if (sign === ',' && depth === 0) found.push('');
    else found[found.length - 1] += sign;
  }
  return found.map((one) => one.trim());
}
