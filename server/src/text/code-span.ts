const longest = 2_000;

/** Names and values of a file as Markdown that is nothing but code, whatever they hold: no link, no picture, no second line. */
export function codeSpan(text: string): string {
  const short = text.length > longest ? `${text.slice(0, longest)}…` : text;
  const inline = visible(short.replace(/\s+/g, ' ')).trim();
  if (!inline) return '';
  const fence = fenceFor(inline, 1);
  // A backtick at either end would be one of the fence; a space beside each is taken away when it is shown (CommonMark 6.1).
  const pad = /^`|`$/.test(inline) ? ' ' : '';
  return `${fence}${pad}${inline}${pad}${fence}`;
}

/** The same for text of several lines. */
export function codeBlock(text: string, language = ''): string {
  const fence = fenceFor(text, 3);
  return `${fence}${language.replace(/[^\w+-]/g, '')}\n${text}\n${fence}`;
}

/** Without what turns or hides the text beside it: control characters and those of the writing direction. */
function visible(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\p{Bidi_Control}\u{e0000}-\u{e007f}\ufff9-\ufffb]/gu, '\ufffd');
}

/** Longer than every run of backticks within, so that the text cannot end the code. */
function fenceFor(text: string, least: number): string {
  let longestRun = 0;
  for (const [run] of text.matchAll(/`+/g)) longestRun = Math.max(longestRun, run.length);
  return '`'.repeat(Math.max(least, longestRun + 1));
}
