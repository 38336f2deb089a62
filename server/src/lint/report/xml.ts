import { logCommand, steering, visible } from '../../text/visible.ts';
import type { Severity } from '../rule.ts';
import { type FileReport, type Report, type ReportedFinding, syntaxError, toolId } from './report.ts';

/**
 * Text for XML 1.0, in an attribute or between tags: what it cannot hold is made visible, and what steers a terminal or begins
 * a log's command is a reference to a character.
 */
export function escapeXml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&apos;',
    '\t': '&#9;',
    '\n': '&#10;',
    '\r': '&#13;',
  };
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, visible)
    .replace(/[\ufffe\uffff]/g, '')
    .replace(/[&<>"'\t\n\r]/g, (char) => entities[char] as string)
    .replace(steering, (char) => `&#${char.charCodeAt(0)};`)
    .replace(logCommand, '#&#35;');
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>';

function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${escapeXml(String(value))}"`]))
    .join('');
}

/** Checkstyle's report; a clean file has an element of its own, as in hadolint's. */
export function reportCheckstyle(report: Report): string {
  const files = report.files.map(({ file, findings }) => {
    const errors = findings.map(({ code, column, line, message, severity }) => {
      const source = report.likeHadolint && code === syntaxError ? undefined : code;
      return `<error${attributes({ column, line, message, severity, source })}/>`;
    });
    const name = attributes({ name: report.pathInReport ?? file });
    return errors.length > 0 ? `<file${name}>${errors.join('')}</file>` : `<file${name}/>`;
  });
  return `${declaration}<checkstyle version="4.3">${files.join('')}</checkstyle>`;
}

/** JUnit's report: a suite for each file, a failed case for each finding. It names no time, so that it is reproducible. */
export function reportJunit(report: Report): string {
  const id = toolId(report);
  const suites = report.files.map((file) => {
    const cases = file.findings.map((finding) => testCase(report, file, finding));
    const errors = file.findings.filter(({ code }) => code === syntaxError).length;
    const counts = { errors, failures: cases.length, tests: cases.length };
    const head = attributes({ ...counts, id, name: `Wheelhouse ${report.version}`, time: 0 });
    return cases.length > 0 ? `<testsuite${head}>${cases.join('')}</testsuite>` : `<testsuite${head}/>`;
  });
  return `${declaration}<testsuites${attributes({ id, name: 'Wheelhouse', time: 0 })}>${suites.join('')}</testsuites>`;
}

function testCase(report: Report, { file }: FileReport, finding: ReportedFinding): string {
  const { code, line, column, message, severity } = finding;
  const path = report.pathInReport ?? file;
  const isError = code === syntaxError;
  const type: Severity = severity;
  const place = isError || !report.likeHadolint ? `Line: ${line}\nColumn: ${column}` : `Line: ${line}`;
  // The line ends are ours alone: a line that a message began could be a command to whoever reads the log.
  const text = `File: ${escapeXml(path)}\n${place}\n${severity}: ${escapeXml(message)}\n`;
  // hadolint gives a syntax error a name and no id.
  const caseId = `${toolId(report)}.${isError ? 'error' : `rule.${code}`}`;
  const name = report.likeHadolint && isError ? code : `${code} ${path}:${line}:${column}`;
  const failure = attributes({ id: isError ? undefined : code, message, type });
  return `<testcase${attributes({ id: caseId, name, classname: path, time: 0 })}><failure${failure}>${text}</failure></testcase>`;
}
