import { type Connection, type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../lint/finding.ts';
import type { FileProblem } from '../ports/ports.ts';
import { severities, toRange } from './convert.ts';

export interface FileProblems {
  /** Shows what is wrong in a file in the place of what the same source said of it before. */
  report(uri: string, text: string, problems: readonly FileProblem[], source: string): void;
  /** Shows the findings of a Dockerfile in the files at fault as well, in the place of its earlier ones. */
  reportFaults(dockerfileUri: string, findings: readonly Finding[]): void;
  /** Takes back what is shown of all files, for when they are read anew. */
  clear(): void;
}

/** Shows what is wrong in files that are no Dockerfiles, in the files themselves, which need not be open. */
export function createFileProblems(connection: Connection): FileProblems {
  /** What is shown of each file, by who said it: the file itself, or a Dockerfile beside it. */
  const shown = new Map<string, Map<string, Diagnostic[]>>();

  const say = (uri: string, source: string, diagnostics: Diagnostic[]) => {
    const bySource = shown.get(uri) ?? new Map<string, Diagnostic[]>();
    if (diagnostics.length === 0 && !bySource.has(source)) return;
    // A change of the Dockerfile mostly changes nothing here.
    if (JSON.stringify(bySource.get(source)) === JSON.stringify(diagnostics)) return;
    if (diagnostics.length > 0) bySource.set(source, diagnostics);
    else bySource.delete(source);
    shown.set(uri, bySource);
    if (stale.size === 0) setImmediate(publish);
    stale.add(uri);
  };
  /** Many Dockerfiles may rest on one file, and come to be judged in one go; the file is told of once then. */
  const stale = new Set<string>();
  const publish = () => {
    for (const uri of stale) {
      const all = [...(shown.get(uri)?.values() ?? [])].flat();
      const distinct = new Map(all.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic]));
      void connection.sendDiagnostics({ uri, diagnostics: [...distinct.values()] });
    }
    stale.clear();
  };

  return {
    report(uri, text, problems, source) {
      const document = TextDocument.create(uri, '', 0, text);
      say(
        uri,
        source,
        problems.map((problem) => toProblem(document, problem)),
      );
    },
    reportFaults(dockerfileUri, findings) {
      const byFile = new Map<string, Diagnostic[]>();
      for (const finding of findings) {
        for (const { uri, text, span } of finding.elsewhere?.() ?? []) {
          const document = TextDocument.create(uri, '', 0, text);
          const problem = toProblem(document, { ...finding, ...span });
          byFile.set(uri, [...(byFile.get(uri) ?? []), problem]);
        }
      }
      const before = [...shown].flatMap(([uri, bySource]) => (bySource.has(dockerfileUri) ? uri : []));
      for (const uri of new Set([...before, ...byFile.keys()]))
        say(uri, dockerfileUri, byFile.get(uri) ?? []);
    },
    clear() {
      for (const uri of shown.keys()) void connection.sendDiagnostics({ uri, diagnostics: [] });
      shown.clear();
    },
  };
}

function toProblem(
  document: TextDocument,
  { message, code, page, severity, ...span }: FileProblem,
): Diagnostic {
  return {
    range: toRange(document, span),
    severity: severity ? severities[severity] : DiagnosticSeverity.Warning,
    source: 'wheelhouse',
    message,
    ...(code === undefined ? {} : { code }),
    ...(page === undefined ? {} : { codeDescription: { href: page } }),
  };
}
