import { visibleJson } from '../../text/visible.ts';
import type { Severity } from '../rule.ts';
import { type FileReport, type Report, type ReportedFinding, syntaxError } from './report.ts';

const severity: Readonly<Record<Severity, string>> = {
  error: 'blocker',
  warning: 'major',
  info: 'info',
  style: 'minor',
  hint: 'minor',
};

/** Code Climate's engine format: an object and a NUL for each finding. */
export function reportCodeClimate(report: Report): string {
  return issues(report)
    .map((issue) => `${visibleJson(issue)}\0`)
    .join('');
}

/**
 * GitLab's Code Quality report: one array, in which each issue has a fingerprint.
 * @param sha1 hashes to hexadecimal digits
 */
export function reportGitlab(report: Report, sha1: (text: string) => string): string {
  const times = new Map<string, number>();
  const objects = issues(report).map((issue) => {
    const text = JSON.stringify(issue);
    const count = times.get(text) ?? 0;
    times.set(text, count + 1);
    // GitLab takes issues with one fingerprint for one.
    const fingerprint = sha1(count > 0 ? `${text}#${count}` : text);
    const { categories, check_name, description, ...rest } = issue;
    return { categories, check_name, description, fingerprint, ...rest };
  });
  return visibleJson(objects);
}

/** Codacy's format: objects without anything between them. */
export function reportCodacy({ files }: Report): string {
  return files
    .flatMap(({ file, findings }) =>
      findings.map(({ code, line, message }) =>
        visibleJson({ filename: file, line, message, patternId: code }),
      ),
    )
    .join('');
}

/** Keys are in alphabetical order as hadolint writes them: the fingerprint hangs on it. */
function issues(report: Report) {
  return report.files.flatMap((file) =>
    file.findings.map((finding) => ({
      categories: ['Bug Risk'],
      check_name: finding.code,
      description: finding.message,
      location: location(report, file, finding),
      severity: severity[finding.severity],
      type: 'issue',
    })),
  );
}

function location(report: Report, { file }: FileReport, finding: ReportedFinding) {
  const path = report.pathInReport ?? file;
  const { code, line, column, endLine } = finding;
  if (!report.likeHadolint || code !== syntaxError) return { lines: { begin: line, end: endLine }, path };
  return { path, positions: { begin: { column, line }, end: { column, line } } };
}
