// What would be written into a project, once it is agreed on: exactly that, and nothing over what came to be there meanwhile.
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ScaffoldTask } from '../../../server/src/protocol/requests.ts';
import { failed } from '../runtime/failures.ts';
import { ask, type Question } from '../ui/pickers.ts';
import { showDifference } from '../ui/preview.ts';
import { readText } from '../ui/workspace.ts';
import { notWritten, unreadableTasks } from './failures.ts';
import { mergeTasks } from './model.ts';

export type Decision = 'keep' | 'replace' | 'difference' | 'beside';
export type Change = {
  readonly uri: vscode.Uri;
  readonly path: string;
  readonly text: string;
  /** What was there when it was looked at. */
  readonly before: string | undefined;
  /** Of a file of tasks: what is added to whatever is there. */
  readonly tasks?: readonly ScaffoldTask[];
};
/** Paths below the folder of the workspace. */
export type AddedFiles = { readonly written: readonly string[]; readonly kept: readonly string[] };
/** What was agreed on. */
export type Agreed = {
  readonly changes: readonly Change[];
  readonly kept: readonly string[];
  /** It is shown when all is written. */
  readonly dockerfile: vscode.Uri;
  /** Of a file that came to be there, or became another, since it was agreed on. */
  readonly decide: (path: string) => Decision | Promise<Decision>;
};

/** As it stands in an editor that has changed it, and on disk otherwise. */
export async function currentText(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  return open?.isDirty ? open.getText() : readText(uri);
}

/** Undefined where the tasks that are there cannot be read. */
export async function changeOfTasks(
  uri: vscode.Uri,
  path: string,
  tasks: readonly ScaffoldTask[],
): Promise<Change | undefined> {
  const before = await currentText(uri);
  const text = mergeTasks(before, tasks);
  return text === undefined ? undefined : { uri, path, text, before, tasks };
}

export async function isReplaced({ uri, path, text }: Change, decision: Decision): Promise<boolean> {
  if (decision !== 'difference') return decision === 'replace';
  const answer = await showDifference(uri, text, {
    title: l10n.t('{0}: as it is ↔ as it would be', path),
    question: l10n.t('Replace {0} with the text on the right?', path),
    accept: l10n.t('Replace'),
  });
  return answer === 'accept';
}

/** What is done with a file that is there. */
export function existingQuestion(path: string, canBeBeside: boolean): Question {
  return {
    key: path,
    kind: 'pick',
    title: l10n.t('{0} is there already', path),
    choices: [
      { label: l10n.t('Keep It'), value: 'keep' },
      { label: l10n.t('Show Difference'), value: 'difference' },
      { label: l10n.t('Replace It'), value: 'replace' },
      ...(canBeBeside ? [{ label: l10n.t('Write Another Beside It'), value: 'beside' }] : []),
    ],
  };
}

/** Asks as for those that were there before; who leaves keeps it. */
export async function decideMeanwhile(path: string): Promise<Decision> {
  const answers = await ask(l10n.t('Add Container Files'), [() => existingQuestion(path, false)]);
  return (answers?.[path] as Decision | undefined) ?? 'keep';
}

export async function writeAgreed({ changes, kept, dockerfile, decide }: Agreed): Promise<AddedFiles> {
  const written: Change[] = [];
  const keptNow: string[] = [];
  for (const agreed of changes) {
    const now = await currentText(agreed.uri);
    if (now === agreed.text || now === agreed.before) written.push(agreed);
    else if (agreed.tasks) {
      const change = await changeOfTasks(agreed.uri, agreed.path, agreed.tasks);
      if (!change) throw failed(unreadableTasks());
      written.push(change);
    } else if (now === undefined || (await isReplaced(agreed, await decide(agreed.path))))
      written.push(agreed);
    else keptNow.push(agreed.path);
  }
  if (written.length > 0) await write(written);
  if ((await currentText(dockerfile)) !== undefined) await vscode.window.showTextDocument(dockerfile);
  return { written: written.map(({ path }) => path), kept: [...kept, ...keptNow] };
}

/** One edit, so that one Undo takes it all back. */
async function write(changes: readonly Change[]): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const changed: vscode.TextDocument[] = [];
  for (const { uri, text } of changes) {
    if ((await currentText(uri)) === undefined) {
      edit.createFile(uri, { contents: new TextEncoder().encode(text) });
      continue;
    }
    const document = await vscode.workspace.openTextDocument(uri);
    const end = document.positionAt(document.getText().length);
    edit.replace(uri, new vscode.Range(new vscode.Position(0, 0), end), text);
    changed.push(document);
  }
  if (!(await vscode.workspace.applyEdit(edit))) throw failed(notWritten());
  for (const document of changed) if (!(await document.save())) throw failed(notWritten());
}
