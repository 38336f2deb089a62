import type { FileReport } from './json.ts';

/** A line for each finding: `FILE:LINE:COLUMN CODE severity: message`. */
export function reportTty(reports: readonly FileReport[]): string {
  return reports
    .flatMap(({ file, lines, findings }) =>
      findings.map(({ code, severity, message, span }) => {
        const { line, character } = lines.position(span.start);
        return `${file}:${line + 1}:${character + 1} ${code} ${severity}: ${message}\n`;
      }),
    )
    .join('');
}
