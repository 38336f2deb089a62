// All safe fixes of a document at once: as a source action, and in the menu of its findings.
import { type CodeAction, CodeActionKind, type Command, type Diagnostic } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Configuration } from '../config/configuration.ts';
import type { BuildContext } from '../facts/build-context.ts';
import type { Finding } from '../lint/finding.ts';
import { safeFix } from '../lint/fix.ts';
import type { FixedArgument } from '../protocol/requests.ts';
import { groupBy } from '../text/group-by.ts';
import { toTextEdits, toWorkspaceEdit } from './convert.ts';
import type { Judged } from './diagnostics.ts';
import { large } from './large.ts';

export const fixAllKind = `${CodeActionKind.SourceFixAll}.wheelhouse`;

/** What a client can do with what has been fixed. */
export interface FixAllAbilities {
  readonly versionedEdits: boolean;
  /** Its command that says afterwards what was done. */
  readonly fixedCommand: string | undefined;
}

interface AllFixed {
  readonly of: string;
  readonly context: BuildContext | undefined;
  readonly text: string;
  /** So many findings are gone. */
  readonly fixed: number;
  /** So many stay, or came to light. */
  readonly left: number;
}

/** A cursor that moves asks for the same text again. */
const latest = new WeakMap<Configuration, AllFixed>();

function fixAllOf({ service, context }: Judged, configuration: Configuration, of: string): AllFixed {
  const known = latest.get(configuration);
  if (known?.of === of && known.context === context) return known;
  const before = service.lint(of, configuration, context);
  const text = service.fixAll(of, configuration, context);
  const after = text === of ? before : service.lint(text, configuration, context);
  const made = { of, context, text, fixed: goneOf(before, after), left: after.length };
  latest.set(configuration, made);
  return made;
}

function goneOf(before: readonly Finding[], after: readonly Finding[]): number {
  const left = groupBy(after, ({ code }) => code);
  return [...groupBy(before, ({ code }) => code)].reduce(
    (sum, [code, those]) => sum + Math.max(0, those.length - (left.get(code)?.length ?? 0)),
    0,
  );
}

/**
 * The source action.
 * @param isAsked a person chose it by its name, who is told even that there is nothing to do
 */
export function fixAllAction(
  judged: Judged,
  configuration: Configuration,
  document: TextDocument,
  abilities: FixAllAbilities,
  isAsked: boolean,
): CodeAction[] {
  const all = fixAllOf(judged, configuration, document.getText());
  const command = isAsked ? saying(abilities, document, all.fixed) : undefined;
  const action = { title: 'Fix all safe findings', kind: fixAllKind, ...(command && { command }) };
  if (all.text !== all.of) return [{ ...action, edit: editOf(document, all, abilities) }];
  return command ? [action] : [];
}

/**
 * The same edit among the quick fixes, where it mends more than a single one of them.
 * @param findings of the document
 * @param checked so much ShellCheck says besides; undefined where that is not known yet
 * @param mended what it mends at the place that was asked for
 */
export function fixAllInMenu(
  judged: Judged,
  configuration: Configuration,
  document: TextDocument,
  abilities: FixAllAbilities,
  { findings, checked }: { readonly findings: readonly Finding[]; readonly checked: number | undefined },
  mended: Diagnostic[],
): CodeAction[] {
  const text = document.getText();
  // A menu comes up at each move of the cursor, and this judges the text some times more.
  if (text.length >= large || findings.filter(safeFix).length < 2) return [];
  const all = fixAllOf(judged, configuration, text);
  if (all.fixed < 2) return [];
  const command = saying(abilities, document, all.fixed);
  return [
    {
      title: titleOf(all.fixed, checked === undefined ? undefined : all.left + checked),
      kind: CodeActionKind.QuickFix,
      edit: editOf(document, all, abilities),
      ...(mended.length > 0 && { diagnostics: mended }),
      ...(command && { command }),
    },
  ];
}

function titleOf(fixed: number, left: number | undefined): string {
  if (left === undefined) return `Fix ${fixed} problems in this file`;
  if (left === 0) return `Fix all ${fixed} problems in this file`;
  return `Fix ${fixed} of the ${fixed + left} problems in this file`;
}

function saying(
  { fixedCommand }: FixAllAbilities,
  { uri }: TextDocument,
  fixed: number,
): Command | undefined {
  if (fixedCommand === undefined) return undefined;
  const title = 'Say what was fixed';
  return { title, command: fixedCommand, arguments: [{ uri, fixed } satisfies FixedArgument] };
}

/** One edit over the part in which two texts differ, so that cursors and folds elsewhere stay. */
function editOf(document: TextDocument, { of, text }: AllFixed, { versionedEdits }: FixAllAbilities) {
  const shorter = Math.min(of.length, text.length);
  let start = 0;
  while (start < shorter && of[start] === text[start]) start++;
  let end = 0;
  while (end < shorter - start && of[of.length - 1 - end] === text[text.length - 1 - end]) end++;
  const edit = { span: { start, end: of.length - end }, text: text.slice(start, text.length - end) };
  return toWorkspaceEdit(document, toTextEdits(document, [edit]), versionedEdits);
}
