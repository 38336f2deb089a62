import { type CompletionItem, CompletionItemKind, type Hover, MarkupKind } from 'vscode-languageserver';
import type { Position, TextDocument } from 'vscode-languageserver-textdocument';
import { printSize } from '../facts/sizes.ts';
import { toRange } from './convert.ts';
import type { Judged } from './diagnostics.ts';

/** What a COPY takes along; undefined elsewhere. */
export function hoverSource(
  { service, configuration, context }: Judged,
  document: TextDocument,
  position: Position,
): Hover | undefined {
  const found = service.explainSource(
    document.getText(),
    document.offsetAt(position),
    context,
    configuration,
  );
  const value = found?.markdown ?? '';
  return found && { range: toRange(document, found.span), contents: { kind: MarkupKind.Markdown, value } };
}

/** Paths of the build context where a source is typed. */
export function completeSources(
  { service, configuration, context }: Judged,
  document: TextDocument,
  position: Position,
): CompletionItem[] {
  const completed = service.completeSource(
    document.getText(),
    document.offsetAt(position),
    context,
    configuration,
  );
  if (!completed) return [];
  const range = toRange(document, completed.typed);
  return completed.paths.map(({ path, size }) => ({
    label: path,
    kind: path.endsWith('/') ? CompletionItemKind.Folder : CompletionItemKind.File,
    detail: printSize(size),
    textEdit: { range, newText: path },
  }));
}
