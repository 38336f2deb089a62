import { type CompletionItem, CompletionItemKind, type Hover, MarkupKind } from 'vscode-languageserver';
import type { Position, TextDocument } from 'vscode-languageserver-textdocument';
import { explainRule } from '../features/finding-hover.ts';
import { completeIgnoreIds, explainIgnoreId } from '../features/ignore-ids.ts';
import { rules } from '../rules/index.ts';
import { parseDockerfile } from '../syntax/parse.ts';
import { toHover, toRange } from './convert.ts';
import type { Judged } from './diagnostics.ts';

/** Ids for an ignore comment, first those of what is found in the document; undefined outside of such a comment. */
export function completeIgnores(
  { service, configuration, context }: Judged,
  document: TextDocument,
  position: Position,
): CompletionItem[] | undefined {
  if (!isCommentLine(document, position)) return undefined;
  const text = document.getText();
  const completed = completeIgnoreIds(parseDockerfile(text), rules, document.offsetAt(position));
  if (!completed) return undefined;
  const found = new Set(configuration && service.lint(text, configuration, context).map(({ code }) => code));
  const range = toRange(document, completed.typed);
  return completed.ids.map(({ id, rule }) => ({
    label: id,
    kind: CompletionItemKind.Constant,
    detail: rule.summary,
    documentation: { kind: MarkupKind.Markdown, value: rule.why },
    sortText: `${found.has(rule.code) ? 0 : 1}${id}`,
    textEdit: { range, newText: id },
  }));
}

/** What the rule is about whose id stands in an ignore comment; undefined elsewhere. */
export function hoverIgnore(_: Judged, document: TextDocument, position: Position): Hover | undefined {
  if (!isCommentLine(document, position)) return undefined;
  const found = explainIgnoreId(parseDockerfile(document.getText()), rules, document.offsetAt(position));
  const markdown = found?.rules.map(explainRule).join('\n\n') ?? '';
  return toHover(document, found && { span: found.span, markdown });
}

/** Spares the parsing of a file at each key that is typed elsewhere. */
function isCommentLine(document: TextDocument, { line }: Position): boolean {
  return /^[\s\ufeff]*#/.test(
    document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } }),
  );
}
