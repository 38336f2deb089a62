import { visibleLine } from '../text/visible.ts';

/** Prints a text whose control characters are our own: usages, pages, reports. */
export function print(text: string): void {
  process.stdout.write(text);
}

/**
 * A line on standard error. All that the command line says goes through here, as it may quote names and texts of files that
 * nobody has read. The stack of an error is left out.
 */
export function say(message: string): void {
  process.stderr.write(`${visibleLine(message.replace(/\n[ \t]+at [\s\S]*$/, ''))}\n`);
}
