import { type CompletionItem, CompletionItemKind, type Hover } from 'vscode-languageserver';
import type { Position, TextDocument } from 'vscode-languageserver-textdocument';
import { printSize } from '../facts/sizes.ts';
import { toHover, toRange } from './convert.ts';
import type { Judged } from './diagnostics.ts';

/** What a COPY takes along; undefined elsewhere. */
export function hoverSource(
  { service, configuration, context }: Judged,
  document: TextDocument,
  position: Position,
): Hover | undefined {
  const place = [document.getText(), document.offsetAt(position), context, configuration] as const;
  return toHover(document, service.explainSource(...place));
}

/** Paths of the build context where a source is typed. */
export function completeSources(
  { service, configuration, context }: Judged,
  document: TextDocument,
  position: Position,
): CompletionItem[] {
  const place = [document.getText(), document.offsetAt(position), context, configuration] as const;
  const completed = service.completeSource(...place);
  if (!completed) return [];
  const range = toRange(document, completed.typed);
  return completed.paths.map(({ path, size }) => ({
    label: path,
    kind: path.endsWith('/') ? CompletionItemKind.Folder : CompletionItemKind.File,
    detail: printSize(size),
    textEdit: { range, newText: path },
  }));
}
