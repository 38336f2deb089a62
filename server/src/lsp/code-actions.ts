import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionTriggerKind,
  type Diagnostic,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { BuildContext } from '../facts/build-context.ts';
import type { Finding } from '../lint/finding.ts';
import { collectSafeEdits, safeFix } from '../lint/fix.ts';
import type { Service } from '../service.ts';
import type { Edit } from '../text/edit.ts';
import { groupBy } from '../text/group-by.ts';
import { overlaps, type Span } from '../text/span.ts';
import { folderOf } from '../text/uri.ts';
import { appendLines, askBefore, editOther, toDiagnostic, toTextEdits, toWorkspaceEdit } from './convert.ts';
import type { Judged } from './diagnostics.ts';

export const fixAllKind = `${CodeActionKind.SourceFixAll}.wheelhouse`;

/** What a client can do with an action. */
export interface ActionAbilities {
  /** It takes `documentChanges`, edits of a version of a document; else it gets `changes`. */
  readonly versionedEdits: boolean;
  /** It shows a change for confirmation where an edit asks for that. */
  readonly previews: boolean;
  /** Its command that opens an address; without one, no action opens a page. */
  readonly openCommand: string | undefined;
  /** Its commands for work that a fix starts. */
  readonly taskCommands: Readonly<Record<string, string>>;
}

/**
 * What can be done about the findings at a range, in the order of likely use: safe fix, other fixes, fix all of a kind,
 * ignore here, ignore in this file, open the page; and the source action that fixes all.
 */
export async function codeActions(
  { service, configuration, context: build }: Judged,
  document: TextDocument,
  { range, context }: Pick<CodeActionParams, 'range' | 'context'>,
  abilities: ActionAbilities,
): Promise<CodeAction[]> {
  if (!configuration) return [];
  const text = document.getText();
  const wants = (kind: string) =>
    !context.only || context.only.some((only) => kind === only || kind.startsWith(`${only}.`));
  const actions: CodeAction[] = [];
  const findings = service.lint(text, configuration, build);

  if (wants(CodeActionKind.QuickFix)) {
    const starts = service.instructionStarts(text, configuration);
    const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
    // What ShellCheck said is known where the editor shows some of it; else nothing is started for a light bulb.
    const shown = context.diagnostics.some(({ code }) => /^SC\d+$/.test(String(code)));
    const checked = shown ? await service.shellcheck(text, configuration) : [];
    const touched = [...findings, ...checked].filter((candidate) => touches(candidate.span, span));
    const allOf = fixesOfKind(findings);
    for (const finding of touched.slice(0, mostFindings)) {
      actions.push(...actionsFor({ service, document, allOf, starts, abilities, build }, finding));
    }
  }
  // For a light bulb the project is not read: an editor asks for that at each move of the cursor.
  const isAutomatic = !context.only && context.triggerKind === CodeActionTriggerKind.Automatic;
  if (wants(CodeActionKind.RefactorRewrite) && !isAutomatic) {
    const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
    const sources = await service.sourcesOf(document.uri);
    for (const refactoring of service.refactorings(text, configuration, build, sources)) {
      if (!refactoring.proposal.spans.some((at) => touches(at, span))) continue;
      const action = toRefactorAction(document, refactoring, abilities, build);
      if (action) actions.push(action);
    }
  }
  if (wants(fixAllKind) && context.only) {
    const fixed = service.fixAll(text, configuration, build);
    if (fixed !== text) {
      const edit = toWorkspaceEdit(document, minimalEdits(document, fixed), abilities.versionedEdits);
      actions.push({ title: 'Fix all safe findings', kind: fixAllKind, edit });
    }
  }
  return actions;
}

/** A refactoring as an action; none where it changes the ignore file and the client takes no edits of other files. */
function toRefactorAction(
  document: TextDocument,
  { title, gain, cost, proposal }: ReturnType<Service['refactorings']>[number],
  { versionedEdits, previews }: ActionAbilities,
  build: BuildContext | undefined,
): CodeAction | undefined {
  const lines = proposal.ignoreLines ?? [];
  if (lines.length > 0 && (!build || !versionedEdits)) return undefined;
  const edit = toWorkspaceEdit(document, toTextEdits(document, proposal.edits), versionedEdits);
  if (build && lines.length > 0) {
    const ignore = appendLines(build.ignoreFileUri, build.ignoreFile?.text, lines).documentChanges ?? [];
    edit.documentChanges = [...(proposal.edits.length > 0 ? (edit.documentChanges ?? []) : []), ...ignore];
  }
  const { assumes } = proposal;
  const granted = assumes === undefined ? '' : `Takes for granted that ${assumes}.`;
  const description = [gain, proposal.cost ?? cost, granted].filter(Boolean).join(' ');
  const asked = previews && versionedEdits ? askBefore(edit, title, description) : edit;
  return { title, kind: CodeActionKind.RefactorRewrite, edit: asked };
}

/** So many findings get actions where a range, such as the whole file, has more: nobody reads a longer menu. */
const mostFindings = 100;

/** Where a code is found several times, and each time with a safe fix, all of these; looked for once. */
function fixesOfKind(findings: readonly Finding[]): Subject['allOf'] {
  const byCode = groupBy(findings, ({ code }) => code);
  const known = new Map<string, readonly Edit[] | undefined>();
  return (code) => {
    if (!known.has(code)) {
      const same = byCode.get(code) ?? [];
      known.set(code, same.length > 1 && same.every(safeFix) ? collectSafeEdits(same) : undefined);
    }
    return known.get(code);
  };
}

interface Subject {
  readonly service: Service;
  readonly document: TextDocument;
  /** The edits that mend every finding of a code in the document; undefined where there are none. */
  readonly allOf: (code: string) => readonly Edit[] | undefined;
  /** Offset at which each instruction begins. */
  readonly starts: readonly number[];
  readonly abilities: ActionAbilities;
  readonly build: BuildContext | undefined;
}

function actionsFor(subject: Subject, finding: Finding): CodeAction[] {
  const { service, document, allOf, starts, abilities, build } = subject;
  const text = document.getText();
  const diagnostics: Diagnostic[] = [toDiagnostic(document, finding, starts)];
  const quickFix = (title: string, edits: Parameters<typeof toTextEdits>[1]): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    edit: toWorkspaceEdit(document, toTextEdits(document, edits), abilities.versionedEdits),
    diagnostics,
  });
  const bySafety = [...finding.fixes()].sort(
    (a, b) => Number(a.safety === 'unsafe') - Number(b.safety === 'unsafe'),
  );
  const actions = bySafety.flatMap((fix, i) => {
    const action = quickFix(fix.title, fix.edits);
    const isPreferred = i === 0 && fix.safety === 'safe';
    if (fix.task) {
      const command = abilities.taskCommands[fix.task];
      const project = command && build ? folderOf(build.ignoreFileUri) : undefined;
      if (!command || !project?.startsWith('file:')) return [];
      const { title } = fix;
      const started = {
        title,
        command,
        arguments: [{ project: decodeURIComponent(new URL(project).pathname) }],
      };
      return { title, kind: CodeActionKind.QuickFix, diagnostics, command: started };
    }
    if (!fix.ignoreLines && !fix.manifestEdits) return { ...action, isPreferred };
    // Another file can be named only in `documentChanges`.
    if (!build || !abilities.versionedEdits || fix.edits.length > 0) return [];
    if (fix.manifestEdits) {
      const { manifest } = build;
      return manifest ? { ...action, edit: editOther(manifest, fix.manifestEdits), isPreferred: false } : [];
    }
    if (!fix.ignoreLines) return [];
    const edit = appendLines(build.ignoreFileUri, build.ignoreFile?.text, fix.ignoreLines);
    return { ...action, edit, isPreferred };
  });
  const all = allOf(finding.code);
  if (all) actions.push({ ...quickFix(`Fix all ${finding.code} in this file`, all), isPreferred: false });
  const here = service.ignoreHere(text, finding);
  const rest = here ? [quickFix(`Ignore ${finding.code} here`, [here])] : [];
  rest.push(quickFix(`Ignore ${finding.code} in this file`, [service.ignoreInFile(text, finding)]));
  const { openCommand } = abilities;
  if (finding.page && openCommand) {
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
