// The one place where text enters a message, a tooltip or the status bar; test/architecture.test.ts sees that no other does.
import * as vscode from 'vscode';
import type { Action } from '../runtime/failures.ts';
import type { Step } from '../runtime/read-exit.ts';
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
  return (await choose(question, detail, yes)) === yes;
}

/** The same with several answers; undefined is none of them. */
export async function choose(
  question: string,
  detail: string,
  ...answers: readonly string[]
): Promise<string | undefined> {
  const options = { modal: true, detail: asLines(detail) };
  return vscode.window.showWarningMessage(asText(question, 500), options, ...answers);
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

/**
 * A notification for what takes longer than a moment alone: VS Code leaves one for most of a second, beside the question that
 * follows (progressService.ts, `withNotificationProgress`).
 * @returns nothing where it is cancelled
 */
export async function withLateNotification<T>(
  title: string,
  work: Promise<T>,
  moment: Promise<unknown> = new Promise((resolve) => setTimeout(resolve, 700)),
): Promise<T | undefined> {
  const late = Symbol();
  if ((await Promise.race([work, moment.then(() => late)])) !== late) return work;
  return withNotification(title, (_, token) => {
    const cancelled = new Promise<undefined>((resolve) => {
      token.onCancellationRequested(() => resolve(undefined));
    });
    return Promise.race([work, cancelled]);
  });
}

/**
 * @param link stands behind each text: VS Code gives a notification of progress no other button than Cancel, and makes a link
 * of `[label](command:…)` in it
 */
export function withNotification<T>(
  title: string,
  work: (report: (step: Step) => void, token: vscode.CancellationToken) => Thenable<T>,
  link?: Action,
): Thenable<T> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress(
    { location, title: asText(title, 300), cancellable: true },
    (progress, token) => {
      let done = 0;
      const report = ({ text, share = done }: Step) => {
        const increment = Math.max(0, 100 * (share - done)) || undefined;
        done = Math.max(done, share);
        const parts = [text && asText(text, 250), link && linkOf(link)];
        progress.report({ message: parts.filter(Boolean).join(' · '), increment });
      };
      if (link) report({ text: '' });
      return work(report, token);
    },
  );
}

/** Nothing in a label or an argument ends the link. */
function linkOf({ label, command, arguments: given }: Action): string {
  const query = encodeURIComponent(JSON.stringify(given ?? [])).replace(
    /[()]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `[${asText(label)}](command:${command}?${query})`;
}

/** Takes away what lies over the editor; all of it stays behind the bell of the status bar. */
export const hideMessages = () => vscode.commands.executeCommand('notifications.hideToasts');
