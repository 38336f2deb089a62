/**
 * Whether BuildKit takes a text for `--chmod` (`dispatchCopy`, 0.34.2): up to four octal digits, or clauses such as `u=rwX,go-w`
 * (tonistiigi/dchapes-mode, `Parse`).
 */
export function isFileMode(text: string): boolean {
  if (/^[0-7]+$/.test(text)) return Number.parseInt(text, 8) <= 0o7777;
  return text.split(',').every((clause) => /^[augo]*[-+=][-+=rstwXxugo]*$/.test(clause));
}
