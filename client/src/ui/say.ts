// The one place where text enters a message, a tooltip or the status bar; test/architecture.test.ts sees that no other does.
import * as vscode from 'vscode';
import { asLines, asText, type Markdown } from './plain-text.ts';

export type Kind = 'info' | 'warning' | 'error';

/** A message with buttons; answers with the label of the one pressed. */
export async function tell(kind: Kind, message: string, ...buttons: string[]): Promise<string | undefined> {
  const show = {
    info: vscode.window.showInformationMessage,
    warning: vscode.window.showWarningMessage,
    error: vscode.window.showErrorMessage,
  }[kind] as (message: string, ...items: string[]) => Thenable<string | undefined>;
  const shown = buttons.map((label) => asText(label, 100));
  const pressed = await show(asText(message), ...shown);
  return pressed === undefined ? undefined : buttons[shown.indexOf(pressed)];
}

/** A question that must be answered before anything else; true when it is answered with yes. */
export async function confirm(question: string, detail: string, yes: string): Promise<boolean> {
  const options = { modal: true, detail: asLines(detail) };
  return (await vscode.window.showWarningMessage(asText(question, 500), options, yes)) === yes;
}

export function tooltip(markdown: Markdown): vscode.MarkdownString {
  const shown = new vscode.MarkdownString(markdown);
  shown.isTrusted = false;
  shown.supportHtml = false;
  shown.supportThemeIcons = false;
  return shown;
}

export type StatusItem = vscode.Disposable & {
  /** With a codicon before its text; nothing hides it. */
  show(said: { readonly icon: string; readonly text: string; readonly tooltip: Markdown } | undefined): void;
};

export function createStatusItem(id: string, name: string, command: string): StatusItem {
  const item = vscode.window.createStatusBarItem(id, vscode.StatusBarAlignment.Left);
  item.name = name;
  item.command = command;
  return {
    show(said) {
      if (!said) return item.hide();
      item.text = `$(${said.icon}) ${asText(said.text, 40)}`;
      item.tooltip = tooltip(said.tooltip);
      item.accessibilityInformation = { label: `${name}: ${asText(said.text, 300)}` };
      item.show();
    },
    dispose: () => item.dispose(),
  };
}

export function tellQuietly(message: string, milliseconds: number): void {
  vscode.window.setStatusBarMessage(asText(message, 300), milliseconds);
}

export function withNotification<T>(
  title: string,
  work: (report: (step: string) => void, token: vscode.CancellationToken) => Thenable<T>,
): Thenable<T> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress(
    { location, title: asText(title, 300), cancellable: true },
    (progress, token) => work((step) => progress.report({ message: asText(step, 200) }), token),
  );
}
