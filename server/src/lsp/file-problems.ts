import { type Connection, DiagnosticSeverity } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileProblem } from '../ports/ports.ts';
import { toRange } from './convert.ts';

/** Shows what is wrong in configuration files, in the files themselves, which need not be open. */
export function createFileProblems(connection: Connection) {
  const shown = new Set<string>();
  return {
    report(uri: string, text: string, problems: readonly FileProblem[]): void {
      if (problems.length === 0) return;
      shown.add(uri);
      const document = TextDocument.create(uri, 'yaml', 0, text);
      const diagnostics = problems.map(({ message, ...span }) => ({
        range: toRange(document, span),
        severity: DiagnosticSeverity.Warning,
        source: 'wheelhouse',
        message,
      }));
      void connection.sendDiagnostics({ uri, diagnostics });
    },
    /** Takes everything back, for when the files are read anew. */
    clear(): void {
      for (const uri of shown) void connection.sendDiagnostics({ uri, diagnostics: [] });
      shown.clear();
    },
  };
}
