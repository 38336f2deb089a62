import { visibleJson } from '../../text/visible.ts';
import type { Rule, Severity } from '../rule.ts';
import type { Report, ReportedFinding, ReportedPlace } from './report.ts';

const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  style: 'note',
  hint: 'note',
};

/** SARIF 2.1.0, as GitHub code scanning and others read it. */
export function reportSarif(report: Report): string {
  const described = describeRules(report);
  const indices = new Map(described.map(({ id }, index) => [id, index]));
  const results = report.files.flatMap(({ file, findings }) =>
    findings.map((finding) => ({
      level: levels[finding.severity],
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: toUri(file) },
            region: toRegion(finding, finding.code),
          },
        },
      ],
      message: { text: finding.message },
      ...(finding.also.length > 0 && {
        relatedLocations: finding.also.map((place) => ({
          physicalLocation: { artifactLocation: { uri: toUri(file) }, region: toRegion(place, finding.code) },
        })),
      }),
      ruleId: finding.code,
      ruleIndex: indices.get(finding.code),
    })),
  );
  const driver = {
    downloadUri: 'https://github.com/wheelhouse/wheelhouse',
    fullName: 'Wheelhouse Dockerfile linter',
    informationUri: 'https://github.com/wheelhouse/wheelhouse',
    name: 'Wheelhouse',
    rules: described,
    shortDescription: { text: 'Lints Dockerfiles and the shell text in them' },
    version: report.version,
  };
  return visibleJson({
    $schema: 'http://json.schemastore.org/sarif-2.1.0',
    runs: [
      {
        columnKind: 'utf16CodeUnits',
        defaultSourceLanguage: 'dockerfile',
        results,
        tool: { driver },
      },
    ],
    version: '2.1.0',
  });
}

/** The rules that are found, in the order in which they first are. */
function describeRules({ files, rules }: Report) {
  const known = new Map<string, Rule>(rules.map((rule) => [rule.code, rule]));
  const found = new Map<string, ReportedFinding>();
  for (const { findings } of files) {
    for (const finding of findings) if (!found.has(finding.code)) found.set(finding.code, finding);
  }
  return [...found.values()].map(({ code, page, severity }) => {
    const rule = known.get(code);
    return {
      id: code,
      ...(rule && { name: rule.name, shortDescription: { text: rule.summary } }),
      ...(rule && { fullDescription: { text: rule.why } }),
      ...(page && { helpUri: page }),
      defaultConfiguration: { level: levels[rule?.severity ?? severity] },
    };
  });
}

function toRegion({ line, column, endLine, endColumn }: ReportedPlace, code: string) {
  return {
    endColumn,
    endLine,
    sourceLanguage: code.startsWith('SC') ? 'sh' : 'dockerfile',
    startColumn: column,
    startLine: line,
  };
}

/** A path as a URI reference: relative to where the run began, as code scanning wants it. */
function toUri(file: string): string {
  const path = file.replaceAll('\\', '/').toWellFormed().split('/').map(encodeURIComponent).join('/');
  const drive = /^([a-z])%3A\//i.exec(path);
  if (drive) return `file:///${drive[1]}:${path.slice(4)}`;
  return path.startsWith('/') ? `file://${path}` : path;
}
