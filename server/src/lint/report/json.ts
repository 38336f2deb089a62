import type { LineIndex } from '../../text/line-index.ts';
import type { Finding } from '../finding.ts';

/** The findings of one file, with what is needed to print them. */
export interface FileReport {
  readonly file: string;
  readonly lines: LineIndex;
  readonly findings: readonly Finding[];
}

/** One JSON array for all files: hadolint's six fields, with exact 1-based positions, and the end of each finding. */
export function reportJson(reports: readonly FileReport[]): string {
  const objects = reports.flatMap(({ file, lines, findings }) =>
    findings.map(({ code, severity, message, span }) => {
      const start = lines.position(span.start);
      const end = lines.position(span.end);
      return {
        code,
        column: start.character + 1,
        file,
        level: severity,
        line: start.line + 1,
        message,
        endLine: end.line + 1,
        endColumn: end.character + 1,
      };
    }),
  );
  return JSON.stringify(objects);
}
