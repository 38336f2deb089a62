import { ValidationCode } from 'dockerfile-utils';
import {
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type Hover,
  MarkupKind,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../lint/finding.ts';
import type { Severity } from '../lint/rule.ts';
import type { FindingData } from '../protocol/requests.ts';
import type { Edit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';

export const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  style: DiagnosticSeverity.Hint,
  hint: DiagnosticSeverity.Hint,
};
const tags = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated };

export function toRange(document: TextDocument, span: Span): Range {
  return { start: document.positionAt(span.start), end: document.positionAt(span.end) };
}

export function toSpan(document: TextDocument, { start, end }: Range): Span {
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
}

export function toTextEdits(document: TextDocument, edits: readonly Edit[]): TextEdit[] {
  return edits.map(({ span, text }) => ({ range: toRange(document, span), newText: text }));
}

/** @param starts offset at which each instruction begins */
export function toDiagnostic(
  document: TextDocument,
  finding: Finding,
  starts: readonly number[],
): Diagnostic {
  const start = starts[finding.instruction ?? -1] ?? finding.span.start;
  const diagnostic: Diagnostic = {
    range: toRange(document, finding.span),
    severity: severities[finding.severity],
    source: 'wheelhouse',
    code: finding.code,
    message: finding.message,
    data: { ids: idsFor(finding), line: document.positionAt(start).line } satisfies FindingData,
  };
  if (finding.page) diagnostic.codeDescription = { href: finding.page };
  if (finding.tag) diagnostic.tags = [tags[finding.tag]];
  const alike = (finding.also ?? [])
    .slice(0, mostPlaces)
    .map((span) => ({ span, message: 'The same here.' }));
  const related = [...(finding.related ?? []), ...alike].map(({ span, message }) => ({
    location: { uri: document.uri, range: toRange(document, span) },
    message,
  }));
  const elsewhere = (finding.elsewhere?.() ?? []).map(({ uri, text, span }) => ({
    location: { uri, range: toRange(TextDocument.create(uri, '', 0, text), span) },
    message: 'This is where it comes from.',
  }));
  if (related.length + elsewhere.length > 0) diagnostic.relatedInformation = [...related, ...elsewhere];
  return diagnostic;
}

/** So many places with the same repair an editor lists below a diagnostic. */
const mostPlaces = 50;

const knownIds = new Map<string, readonly string[]>();

/** Container Tools shows the findings of dockerfile-utils with the number that they have in its enum. */
function idsFor({ code, aliases }: Finding): readonly string[] {
  let ids = knownIds.get(code);
  if (!ids) {
    const all = [code, ...aliases];
    const numbers = all.flatMap((id) => {
      const number = ValidationCode[id.replace('dockerfile-utils/', '') as keyof typeof ValidationCode];
      return number === undefined ? [] : `dockerfile-utils/${number}`;
    });
    ids = [...all, ...numbers].map((id) => id.toLowerCase());
    knownIds.set(code, ids);
  }
  return ids;
}

/**
 * Lines put at the end of a file on disk, which is made where there is none.
 * @param text undefined where there is no such file
 */
export function appendLines(uri: string, text: string | undefined, lines: readonly string[]): WorkspaceEdit {
  const end = TextDocument.create(uri, '', 0, text ?? '').positionAt(text?.length ?? 0);
  const newText = `${end.character > 0 ? '\n' : ''}${lines.join('\n')}\n`;
  const edit = { textDocument: { uri, version: null }, edits: [{ range: { start: end, end }, newText }] };
  return {
    documentChanges:
      text === undefined ? [{ kind: 'create', uri, options: { ignoreIfExists: true } }, edit] : [edit],
  };
}

/** Edits of a file on disk. */
export function editOther(
  { uri, text }: { readonly uri: string; readonly text: string },
  edits: readonly Edit[],
): WorkspaceEdit {
  const document = TextDocument.create(uri, '', 0, text);
  return { documentChanges: [{ textDocument: { uri, version: null }, edits: toTextEdits(document, edits) }] };
}

/** What is told of a place, as Markdown; undefined for nothing. */
export function toHover(
  document: TextDocument,
  found: { readonly span: Span; readonly markdown: string } | undefined,
): Hover | undefined {
  return (
    found && {
      range: toRange(document, found.span),
      contents: { kind: MarkupKind.Markdown, value: found.markdown },
    }
  );
}

/** The same edits, which the editor shows for confirmation before it makes them. */
export function askBefore(edit: WorkspaceEdit, label: string, description: string): WorkspaceEdit {
  const annotationId = 'look';
  return {
    changeAnnotations: { [annotationId]: { label, description, needsConfirmation: true } },
    documentChanges: (edit.documentChanges ?? []).map((change) =>
      'kind' in change
        ? { ...change, annotationId }
        : { ...change, edits: change.edits.map((one) => ({ ...one, annotationId })) },
    ),
  };
}

/** Edits of one document: of this version of it, or of whatever version the client has. */
export function toWorkspaceEdit(
  document: TextDocument,
  edits: readonly TextEdit[],
  versioned: boolean,
): WorkspaceEdit {
  const { uri, version } = document;
  if (!versioned) return { changes: { [uri]: [...edits] } };
  return { documentChanges: [{ textDocument: { uri, version }, edits: [...edits] }] };
}
