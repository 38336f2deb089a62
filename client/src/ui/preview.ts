// A file beside what would be written to it, before it is written.
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { asText } from './plain-text.ts';
import { tell } from './say.ts';

const scheme = 'wheelhouse-preview';
const texts = new Map<string, string>();
/** Of the comparisons that are open: what takes the answer that is not given in the message. */
const open = new Map<string, (answer: 'accept' | undefined) => void>();
let count = 0;

export function registerPreview(): vscode.Disposable {
  const answered = (answer: 'accept' | undefined) => (uri: unknown) => {
    const chosen =
      uri instanceof vscode.Uri ? uri : previewOf(vscode.window.tabGroups.activeTabGroup.activeTab);
    open.get(String(chosen))?.(answer);
  };
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
    }),
    // In the title of the comparison, as the message with the same buttons goes after a while.
    vscode.commands.registerCommand('wheelhouse.preview.accept', answered('accept')),
    vscode.commands.registerCommand('wheelhouse.preview.discard', answered(undefined)),
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      for (const tab of closed) open.get(String(previewOf(tab)))?.(undefined);
    }),
  );
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
  const discard = l10n.t('Discard');
  const buttons = [accept, ...(also === undefined ? [] : [also]), discard];
  const answer = await new Promise<'accept' | 'also' | undefined>((resolve) => {
    open.set(preview.toString(), (answer) => {
      resolve(answer);
      // The message asks no more; there is no way to take a single one away.
      void vscode.commands.executeCommand('notifications.hideToasts');
    });
    void tell('info', question, ...buttons).then((pressed) => {
      if (pressed === accept) resolve('accept');
      else if (pressed !== undefined) resolve(pressed === discard ? undefined : 'also');
      // A message that was closed is no answer while the comparison is there.
    });
  });
  open.delete(preview.toString());
  texts.delete(preview.toString());
  await close(preview);
  return answer;
}

function previewOf(tab: vscode.Tab | undefined): vscode.Uri | undefined {
  return tab?.input instanceof vscode.TabInputTextDiff ? tab.input.modified : undefined;
}

async function close(preview: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const shown = tabs.filter((tab) => String(previewOf(tab)) === preview.toString());
  await vscode.window.tabGroups.close(shown);
}
