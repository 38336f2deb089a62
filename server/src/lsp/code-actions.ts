import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Configuration } from '../config/configuration.ts';
import type { Finding } from '../lint/finding.ts';
import { collectSafeEdits, safeFix } from '../lint/fix.ts';
import type { Service } from '../service.ts';
import { overlaps, type Span } from '../text/span.ts';
import { toDiagnostic, toEditAction, toTextEdits } from './convert.ts';

export const fixAllKind = `${CodeActionKind.SourceFixAll}.wheelhouse`;
/** Command of the editor itself that opens an address. */
const openCommand = 'vscode.open';

/**
 * What can be done about the findings at a range, in the order of likely use: safe fix, other fixes, fix all of a kind,
 * ignore here, ignore in this file, open the page; and the source action that fixes all.
 */
export async function codeActions(
  service: Service,
  document: TextDocument,
  configuration: Configuration,
  { range, context }: Pick<CodeActionParams, 'range' | 'context'>,
): Promise<CodeAction[]> {
  const text = document.getText();
  const wants = (kind: string) =>
    !context.only || context.only.some((only) => kind === only || kind.startsWith(`${only}.`));
  const actions: CodeAction[] = [];
  const findings = service.lint(text, configuration);

  if (wants(CodeActionKind.QuickFix)) {
    const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
    // What ShellCheck said is known where the editor shows some of it; else nothing is started for a light bulb.
    const shown = context.diagnostics.some(({ code }) => /^SC\d+$/.test(String(code)));
    const checked = shown ? await service.shellcheck(text, configuration) : [];
    const all = [...findings, ...service.validate(text, configuration), ...checked];
    for (const finding of all.filter((candidate) => touches(candidate.span, span))) {
      actions.push(...actionsFor(service, document, finding, findings));
    }
  }
  if (wants(fixAllKind) && context.only) {
    const fixed = service.fixAll(text, configuration);
    if (fixed !== text) {
      actions.push(
        toEditAction(document, 'Fix all safe findings', fixAllKind, minimalEdits(document, fixed)),
      );
    }
  }
  return actions;
}

function actionsFor(
  service: Service,
  document: TextDocument,
  finding: Finding,
  findings: readonly Finding[],
): CodeAction[] {
  const text = document.getText();
  const diagnostics: Diagnostic[] = [toDiagnostic(document, finding)];
  const quickFix = (title: string, edits: Parameters<typeof toTextEdits>[1]): CodeAction => ({
    ...toEditAction(document, title, CodeActionKind.QuickFix, toTextEdits(document, edits)),
    diagnostics,
  });
  const bySafety = [...finding.fixes()].sort(
    (a, b) => Number(a.safety === 'unsafe') - Number(b.safety === 'unsafe'),
  );
  const actions = bySafety.map((fix, i) => ({
    ...quickFix(fix.title, fix.edits),
    isPreferred: i === 0 && fix.safety === 'safe',
  }));
  const same = findings.filter(({ code }) => code === finding.code);
  if (same.length > 1 && same.every(safeFix)) {
    actions.push({
      ...quickFix(`Fix all ${finding.code} in this file`, collectSafeEdits(same)),
      isPreferred: false,
    });
  }
  const here = service.ignoreHere(text, finding);
  const rest = here ? [quickFix(`Ignore ${finding.code} here`, [here])] : [];
  rest.push(quickFix(`Ignore ${finding.code} in this file`, [service.ignoreInFile(text, finding)]));
  if (finding.page) {
    const title = `Open the page of ${finding.code}`;
    rest.push({
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics,
      command: { title, command: openCommand, arguments: [finding.page] },
    });
  }
  return [...actions, ...rest];
}

function touches(a: Span, b: Span): boolean {
  return overlaps(a, b) || a.start === b.end || a.end === b.start;
}

/** One edit over the part in which two texts differ, so that cursors and folds elsewhere stay. */
function minimalEdits(document: TextDocument, fixed: string) {
  const text = document.getText();
  const shorter = Math.min(text.length, fixed.length);
  let start = 0;
  while (start < shorter && text[start] === fixed[start]) start++;
  let end = 0;
  while (end < shorter - start && text[text.length - 1 - end] === fixed[fixed.length - 1 - end]) end++;
  const span = { start, end: text.length - end };
  return toTextEdits(document, [{ span, text: fixed.slice(start, fixed.length - end) }]);
}
