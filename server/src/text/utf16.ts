/** What stands for the two bytes of a byte order mark that was read as UTF-8. */
const mark = '\ufffd\ufffd';

/**
 * A list that Windows wrote as UTF-16, as PowerShell's `>` does, and that was read as UTF-8; other signs than those of ASCII are lost.
 * pip and uv read it by its byte order mark (uv 0.13.9, tried), and none without one.
 */
export const fromUtf16 = (text: string): string =>
  text.startsWith(mark) && text.includes('\0') ? text.slice(mark.length).replaceAll('\0', '') : text;
