import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type FormatName, formats } from '../lint/report/formats.ts';
import type { Report } from '../lint/report/report.ts';
import { print } from './terminal.ts';
import { describeFileError } from './text-files.ts';

export interface Destination {
  readonly format: FormatName;
  /** `-` is standard output. */
  readonly file: string;
}

/** Formats and files go together by position; a format without a file is printed, a file without a format is for people. */
export function pairOutputs(named: readonly FormatName[], files: readonly string[]): Destination[] {
  const count = Math.max(named.length, files.length, 1);
  return Array.from({ length: count }, (_, i) => ({ format: named[i] ?? 'tty', file: files[i] ?? '-' }));
}

/** Writes a report to each destination, and gives what could not be written. */
export function writeReport(report: Report, destinations: readonly Destination[]): string[] {
  return destinations.flatMap(({ format, file }) => {
    const toScreen = file === '-';
    const text = formats[format](
      { ...report, color: report.color && (toScreen || report.likeHadolint) },
      sha1,
    );
    try {
      if (toScreen) print(text);
      else writeFileSync(file, text);
      return [];
    } catch (error) {
      return [describeFileError(file, 'written', error)];
    }
  });
}

/** Loaded when it is needed, as one format alone asks for it and it takes a tenth of a start. */
function sha1(text: string): string {
  const { createHash } = createRequire(import.meta.url)('node:crypto') as typeof import('node:crypto');
  return createHash('sha1').update(text).digest('hex');
}

/** Whether text on standard output is to be coloured where nobody said no. */
export function terminalHasColor(): boolean {
  const { FORCE_COLOR, TERM } = process.env;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return process.stdout.isTTY && TERM !== 'dumb';
}
