import { visibleJson } from '../../text/visible.ts';
import type { Report } from './report.ts';

/** One JSON array for all files: hadolint's six fields, the end of each finding, and what else is known of it. */
export function reportJson({ files }: Report): string {
  const objects = files.flatMap(({ file, findings }) =>
    findings.map((finding) => ({
      code: finding.code,
      column: finding.column,
      file,
      level: finding.severity,
      line: finding.line,
      message: finding.message,
      endLine: finding.endLine,
      endColumn: finding.endColumn,
      aliases: finding.aliases,
      instructionLine: finding.instructionLine,
      fixable: finding.fixable,
      ...(finding.also.length > 0 && { also: finding.also }),
    })),
  );
  return `${visibleJson(objects)}\n`;
}
