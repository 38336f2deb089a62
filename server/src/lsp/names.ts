import {
  type DocumentHighlight,
  DocumentHighlightKind,
  type Location,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Name } from '../features/names.ts';
import { toRange } from './convert.ts';

/** Null for the number of a stage, which is no name. */
export function prepareRenameOf(document: TextDocument, { asked }: Name): Range | null {
  return asked.isNumber ? null : toRange(document, asked.span);
}

export function renameOf(
  document: TextDocument,
  { asked, places }: Name,
  { newName }: { readonly newName: string },
): WorkspaceEdit | null {
  if (asked.isNumber) return null;
  const edits = places
    .filter(({ isNumber }) => !isNumber)
    .map(({ span }) => ({ range: toRange(document, span), newText: newName }));
  return { changes: { [document.uri]: edits } };
}

export function highlightsOf(document: TextDocument, { places }: Name): DocumentHighlight[] | null {
  return places.map(({ span, isDeclaration }) => ({
    range: toRange(document, span),
    kind: isDeclaration ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}

export function definitionOf(document: TextDocument, { definition }: Name): Location | null {
  return { uri: document.uri, range: toRange(document, definition) };
}

/** Whether edits replace one name alone: the libraries see some markers of heredocs otherwise than they are written. */
export function isOneName(document: TextDocument, edits: readonly TextEdit[]): boolean {
  const names = new Set(edits.map(({ range }) => document.getText(range).toLowerCase()));
  return names.size === 1;
}
