// A file beside what would be written to it, before it is written.
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { asText } from './plain-text.ts';
import { tell } from './say.ts';

const scheme = 'wheelhouse-preview';
const texts = new Map<string, string>();
let count = 0;

export function registerPreview(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
  });
}

/** What is asked of a comparison. */
interface DifferenceQuestion {
  readonly title: string;
  readonly question: string;
  readonly accept: string;
  /** What can be done beside writing and discarding it. */
  readonly also?: string | undefined;
}

/** Shows a file beside its new text and asks whether to write it; the comparison is closed with the answer. */
export async function showDifference(
  file: vscode.Uri,
  text: string,
  { title, question, accept, also }: DifferenceQuestion,
): Promise<'accept' | 'also' | undefined> {
  // The counter keeps VS Code from showing what it has cached.
  const preview = vscode.Uri.from({ scheme, path: file.path, query: String(count++) });
  texts.set(preview.toString(), text);
  await vscode.commands.executeCommand('vscode.diff', file, preview, asText(title, 300), { preview: true });
  const buttons = [accept, ...(also === undefined ? [] : [also]), l10n.t('Discard')];
  const answer = await tell('info', question, ...buttons);
  texts.delete(preview.toString());
  await close(preview);
  if (answer === accept) return 'accept';
  return answer !== undefined && answer === also ? 'also' : undefined;
}

async function close(preview: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const shown = tabs.filter(
    ({ input }) =>
      input instanceof vscode.TabInputTextDiff && input.modified.toString() === preview.toString(),
  );
  await vscode.window.tabGroups.close(shown);
}
