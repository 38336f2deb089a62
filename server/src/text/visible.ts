/**
 * Characters that steer a terminal or end a line. Bidirectional controls let a line show other than it reads
 * (trojansource.codes).
 */
export const steering = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;
/**
 * `##[…]` and `##vso[…]` are commands wherever they stand in a line of a log (ActionCommand.cs of actions/runner, Command.cs of
 * azure-pipelines-agent), and `##teamcity[…]` is one at its beginning.
 */
export const logCommand = /##(?=\[|vso\[|teamcity\[)/gi;

/** A text of others for one line of a terminal or of a CI's log: what steers either is written out. */
export function visible(text: string): string {
  return text.replace(steering, escapeOf).replace(logCommand, '#\\x23');
}

/** The same where the text begins a line: there `::` begins a workflow command of GitHub. */
export function visibleLine(text: string): string {
  return visible(text).replace(/^(\s*):(?=:)/, '$1\\x3a');
}

/** JSON that steers no terminal either: what JSON.stringify leaves as it is, a reader of JSON takes escaped as well. */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(steering, (char) => `\\u${hex(char, 4)}`)
    .replace(logCommand, '#\\u0023');
}

const short: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escapeOf(char: string): string {
  return short[char] ?? (char < '\u0100' ? `\\x${hex(char, 2)}` : `\\u${hex(char, 4)}`);
}

function hex(char: string, digits: number): string {
  return char.charCodeAt(0).toString(16).padStart(digits, '0');
}
