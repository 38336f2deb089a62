import { type CodeAction, CodeActionKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { BuildContext } from '../facts/build-context.ts';
import { refactorings } from '../features/refactorings/all.ts';
import type { Refactoring } from '../features/refactorings/refactoring.ts';
import type { Finding } from '../lint/finding.ts';
import type { Service } from '../service.ts';
import { appendLines, askBefore, toTextEdits, toWorkspaceEdit } from './convert.ts';

/** What a client can do with the edits of a refactoring. */
export interface RefactorAbilities {
  /** It takes `documentChanges`, edits of a version of a document; else it gets `changes`. */
  readonly versionedEdits: boolean;
  /** It shows a change for confirmation where an edit asks for that. */
  readonly previews: boolean;
}

/** A refactoring as an action; none where it changes the ignore file and the client takes no edits of other files. */
export function toRefactorAction(
  document: TextDocument,
  { title, gain, cost, proposal }: ReturnType<Service['refactorings']>[number],
  { versionedEdits, previews }: RefactorAbilities,
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
  const description = [proposal.gain ?? gain, proposal.cost ?? cost, granted].filter(Boolean).join(' ');
  const asked = previews && versionedEdits ? askBefore(edit, title, description) : edit;
  return { title, kind: CodeActionKind.RefactorRewrite, edit: asked };
}

/** Refactorings that mend a finding. */
export const mends =
  ({ code }: Finding) =>
  (refactoring: Pick<Refactoring, 'mends'>) =>
    refactoring.mends === code;
export const isMendable = (finding: Finding) => refactorings.some(mends(finding));
