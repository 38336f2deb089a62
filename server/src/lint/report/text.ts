import { visible, visibleLine } from '../../text/visible.ts';
import type { Severity } from '../rule.ts';
import { printable, type Report, type ReportedFinding, syntaxError, toolId } from './report.ts';

/** SGR parameters, as hadolint has them. */
const colors: Readonly<Record<Severity, readonly number[]>> = {
  error: [1, 91],
  warning: [1, 93],
  info: [92],
  style: [96],
  hint: [90],
};

/** A line for each finding: `FILE:LINE:COLUMN CODE severity: message`; hadolint leaves the column out. */
export function reportTty(report: Report): string {
  return eachLine(report, (named, finding) => {
    const { code, severity, line, column } = finding;
    const file = visibleLine(named);
    const message = printable(finding.message);
    if (report.likeHadolint && code === syntaxError) return `${file}:${line}:${column} ${message}`;
    const place = report.likeHadolint ? `${line}` : `${line}:${column}`;
    const level = report.color
      ? `${colors[severity].map((sgr) => `\x1b[${sgr}m`).join('')}${severity}\x1b[0m`
      : severity;
    return `${file}:${place} ${code} ${level}: ${message}`;
  });
}

/** The GNU format for errors, which many editors read: `PROGRAM:FILE:LINE:COLUMN: CODE severity: message`. */
export function reportGnu(report: Report): string {
  return eachLine(report, (file, finding) => {
    const { code, severity, line, column } = finding;
    const message = printable(finding.message);
    const start = `${toolId(report)}:${visible(file)}:${line}`;
    if (!report.likeHadolint) return `${start}:${column}: ${code} ${severity}: ${message}`;
    if (code === syntaxError) return `${start}:${column}: ${message}`;
    return `${start}: ${code} ${severity}: ${message}`;
  });
}

/**
 * Workflow commands of GitHub Actions, which show findings beside the changed lines.
 * docs.github.com/actions/reference/workflow-commands-for-github-actions, read in November 2026.
 */
export function reportGithub(report: Report): string {
  const command: Readonly<Record<Severity, string>> = {
    error: 'error',
    warning: 'warning',
    info: 'notice',
    style: 'notice',
    hint: 'notice',
  };
  const escapeData = (text: string) => text.replaceAll('%', '%25');
  // Of a file's control characters, the runner gives back only those that it has codes for.
  const escapeProperty = (text: string) =>
    visible(escapeData(text).replaceAll('\r', '%0D').replaceAll('\n', '%0A'))
      .replaceAll(':', '%3A')
      .replaceAll(',', '%2C');
  return eachLine(report, (file, finding) => {
    const { code, severity, line, column, endLine, endColumn, message } = finding;
    // A column is shown on one line only.
    const columns = line === endLine && !report.likeHadolint ? `,col=${column},endColumn=${endColumn}` : '';
    const place = `file=${escapeProperty(file)},line=${line},endLine=${endLine}${columns}`;
    return `::${command[severity]} ${place},title=${escapeProperty(code)}::${escapeData(printable(message))}`;
  });
}

function eachLine(report: Report, line: (file: string, finding: ReportedFinding) => string): string {
  return report.files
    .flatMap(({ file, findings }) => findings.map((finding) => `${line(file, finding)}\n`))
    .join('');
}
