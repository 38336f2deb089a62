import { visibleJson } from '../../text/visible.ts';
import type { Severity } from '../rule.ts';
import { type Report, type ReportedFinding, syntaxError } from './report.ts';

const severities: Readonly<Record<Severity, string>> = {
  error: 'CRITICAL',
  warning: 'MAJOR',
  info: 'MINOR',
  style: 'INFO',
  hint: 'INFO',
};

/** SonarQube's generic format for issues of other tools. */
export function reportSonarqube(report: Report): string {
  const issues = report.files.flatMap(({ file, findings }) =>
    findings.map((finding) => ({
      engineId: report.likeHadolint ? 'Hadolint' : 'Wheelhouse',
      primaryLocation: {
        filePath: report.pathInReport ?? file,
        message: finding.message,
        textRange: textRange(report, finding),
      },
      ruleId: finding.code,
      severity: finding.code === syntaxError ? 'BLOCKER' : severities[finding.severity],
      type: finding.severity === 'error' ? 'BUG' : 'CODE_SMELL',
    })),
  );
  return visibleJson({ issues });
}

/** SonarQube counts columns from 0, and takes no empty range. */
function textRange({ likeHadolint }: Report, { code, line, column, endLine, endColumn }: ReportedFinding) {
  if (likeHadolint && code === syntaxError) {
    return { endColumn: column, endLine: line, startColumn: column, startLine: line };
  }
  if (likeHadolint) return { endColumn: 1, endLine, startColumn: 0, startLine: line };
  if (line === endLine && column === endColumn) return { endLine, startLine: line };
  return { endColumn: endColumn - 1, endLine, startColumn: column - 1, startLine: line };
}
