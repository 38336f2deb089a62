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
import { appendLines, editOther, toDiagnostic, toSpan, toTextEdits, toWorkspaceEdit } from './convert.ts';
import type { Judged } from './diagnostics.ts';
import { type FixAllAbilities, fixAllAction, fixAllInMenu, fixAllKind } from './fix-all.ts';
import { isMendable, mends, type RefactorAbilities, toRefactorAction } from './refactor-actions.ts';
import { type Deciding, turnOffActions } from './turn-off.ts';

/** What a client can do with an action. */
export interface ActionAbilities extends RefactorAbilities, FixAllAbilities {
  /** Its command that opens an address; without one, no action opens a page. */
  readonly openCommand: string | undefined;
  /** Its commands for work that a fix starts. */
  readonly taskCommands: Readonly<Record<string, string>>;
}

/**
 * What can be done about the findings at a range, in the order of likely use: safe fix, other fixes, fix all of a kind,
 * fix all of the file, ignore here, ignore in this file, turn off, open the page; and the source action that fixes all.
 * @param checked so much ShellCheck says of the document; undefined where that is not known yet
 */
export async function codeActions(
  judged: Judged,
  document: TextDocument,
  { range, context }: Pick<CodeActionParams, 'range' | 'context'>,
  abilities: ActionAbilities,
  deciding: Deciding,
  checked: number | undefined,
): Promise<CodeAction[]> {
  const { service, configuration, context: build } = judged;
  if (!configuration) return [];
  const text = document.getText();
  const wants = (kind: string) =>
    !context.only || context.only.some((only) => kind === only || kind.startsWith(`${only}.`));
  const actions: CodeAction[] = [];
  const findings = service.lint(text, configuration, build);
  const span = toSpan(document, range);
  const propose = async () =>
    service.refactorings(text, configuration, build, await service.sourcesOf(document.uri));
  let proposed: ReturnType<typeof propose> | undefined;
  const proposals = () => {
    proposed ??= propose();
    return proposed;
  };

  if (wants(CodeActionKind.QuickFix)) {
    const starts = service.instructionStarts(text, configuration);
    // What ShellCheck said is known where the editor shows some of it; else nothing is started for a light bulb.
    const shown = context.diagnostics.some(({ code }) => /^SC\d+$/.test(String(code)));
    const comments = shown ? await service.shellcheck(text, configuration) : [];
    const touched = [...findings, ...comments]
      .filter((candidate) => touches(candidate.span, span))
      .slice(0, mostFindings);
    const allOf = fixesOfKind(findings);
    const turnOff: Subject['turnOff'] = (...of) => turnOffActions(deciding, configuration, ...of);
    const subject = { service, document, allOf, turnOff, starts, abilities, build };
    const mended = touched.filter(safeFix).map((finding) => toDiagnostic(document, finding, starts));
    const found = { findings, checked };
    for (const [i, finding] of touched.entries()) {
      const ofFile = i > 0 ? [] : fixAllInMenu(judged, configuration, document, abilities, found, mended);
      const rewrites = isMendable(finding) ? (await proposals()).filter(mends(finding)) : [];
      actions.push(...actionsFor(subject, finding, rewrites, ofFile));
    }
  }
  // For a light bulb the project is not read, save at a finding that only such a change mends: an editor asks for one at
  // each move of the cursor.
  const isAutomatic = !context.only && context.triggerKind === CodeActionTriggerKind.Automatic;
  if (wants(CodeActionKind.RefactorRewrite) && !isAutomatic) {
    for (const refactoring of await proposals()) {
      if (!refactoring.proposal.spans.some((at) => touches(at, span))) continue;
      const action = toRefactorAction(document, refactoring, abilities, build);
      if (action) actions.push(action);
    }
  }
  if (wants(fixAllKind) && context.only) {
    const isNamed = context.only.every((kind) => kind.startsWith(CodeActionKind.SourceFixAll));
    const isAsked = isNamed && context.triggerKind === CodeActionTriggerKind.Invoked;
    actions.push(...fixAllAction(judged, configuration, document, abilities, isAsked));
  }
  return actions;
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
  readonly turnOff: (finding: Finding, diagnostics: Diagnostic[]) => CodeAction[];
  /** Offset at which each instruction begins. */
  readonly starts: readonly number[];
  readonly abilities: ActionAbilities;
  readonly build: BuildContext | undefined;
}

/**
 * @param rewrites the refactorings that mend it
 * @param ofFile what fixes all of the file
 */
function actionsFor(
  subject: Subject,
  finding: Finding,
  rewrites: ReturnType<Service['refactorings']>,
  ofFile: readonly CodeAction[],
): CodeAction[] {
  const { service, document, allOf, turnOff, starts, abilities, build } = subject;
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
  const actions = bySafety.flatMap((fix, i): CodeAction | CodeAction[] => {
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
  for (const refactoring of rewrites) {
    const action = toRefactorAction(document, refactoring, abilities, build);
    if (action) actions.push({ ...action, kind: CodeActionKind.QuickFix, diagnostics });
  }
  actions.push(...ofFile);
  const here = service.ignoreHere(text, finding);
  const rest = here ? [quickFix(`Ignore ${finding.code} here`, [here])] : [];
  rest.push(quickFix(`Ignore ${finding.code} in this file`, [service.ignoreInFile(text, finding)]));
  rest.push(...turnOff(finding, diagnostics));
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
