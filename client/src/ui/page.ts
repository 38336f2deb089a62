// A page in an editor tab. It loads one script and one sheet of the extension, and nothing else: what it shows is sent to
// it as data, which it shows as text.
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { asText } from './plain-text.ts';

export type Page = {
  post(message: unknown): void;
  reveal(): void;
  readonly visible: boolean;
};

export type PageOptions = {
  /** The bundle in dist/: `logs` is logs-page.js with logs-page.css. */
  readonly name: string;
  readonly title: string;
  readonly received: (message: unknown) => void;
  readonly seen: (visible: boolean) => void;
  readonly closed: () => void;
};

/** Gives back the tabs of pages that were open when the window was reloaded. */
export function adoptPages(name: string, adopt: (panel: vscode.WebviewPanel) => void): vscode.Disposable {
  return vscode.window.registerWebviewPanelSerializer(viewType(name), {
    deserializeWebviewPanel: async (panel) => adopt(panel),
  });
}

const viewType = (name: string) => `wheelhouse.${name}`;

/** @param known the tab that it had before the window was reloaded */
export function openPage(
  home: vscode.Uri,
  options: PageOptions,
  known?: vscode.WebviewPanel,
): Page & vscode.Disposable {
  const dist = vscode.Uri.joinPath(home, 'dist');
  const may = { enableScripts: true, localResourceRoots: [dist] };
  const panel =
    known ??
    vscode.window.createWebviewPanel(
      viewType(options.name),
      asText(options.title, 100),
      vscode.ViewColumn.Active,
      { ...may, enableFindWidget: true },
    );
  // The extension may lie elsewhere than before.
  if (known) known.webview.options = may;
  panel.webview.onDidReceiveMessage(options.received);
  panel.onDidChangeViewState(() => options.seen(panel.visible));
  let isClosed = false;
  panel.onDidDispose(() => {
    isClosed = true;
    options.closed();
  });
  const file = (end: string) =>
    String(panel.webview.asWebviewUri(vscode.Uri.joinPath(dist, `${options.name}-page.${end}`)));
  const nonce = randomBytes(16).toString('hex');
  const allowed = `default-src 'none'; style-src ${panel.webview.cspSource}; script-src 'nonce-${nonce}'`;
  panel.webview.html = `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${allowed}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${file('css')}">
</head>
<body><script nonce="${nonce}" src="${file('js')}"></script></body>
</html>`;
  return {
    // A page that was closed has no answer but an error.
    post: (message) => void (isClosed || panel.webview.postMessage(message)),
    reveal: () => panel.reveal(),
    get visible() {
      return !isClosed && panel.visible;
    },
    dispose: () => panel.dispose(),
  };
}
