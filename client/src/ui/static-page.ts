// A page to read in a panel: HTML without scripts, which may load nothing and looks like the rest of VS Code.
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { asText, html } from './plain-text.ts';

export type Page = {
  readonly title: string;
  /** In it, what comes from outside went through `html`. */
  readonly body: string;
  readonly style: string;
  /** Commands that its links may do; none else is done. */
  readonly commands?: readonly string[];
};

/** By kind and title: what is asked for again comes into its tab, which two that read the same would not be told from. */
const open = new Map<string, vscode.WebviewPanel>();

export function showPage(kind: string, page: Page): void {
  const key = `${kind} ${page.title}`;
  const known = open.get(key);
  const panel = known ?? openPanel(kind, page, () => open.delete(key));
  open.set(key, panel);
  if (known) known.reveal();
  panel.webview.html = documentOf(page, randomBytes(16).toString('base64'), vscode.env.language);
}

function openPanel(kind: string, { title, commands = [] }: Page, closed: () => void): vscode.WebviewPanel {
  const panel = vscode.window.createWebviewPanel(kind, asText(title, 100), vscode.ViewColumn.Active, {
    enableScripts: false,
    enableCommandUris: commands,
    enableFindWidget: true,
    localResourceRoots: [],
  });
  panel.onDidDispose(closed);
  return panel;
}

export function documentOf({ title, body, style }: Page, nonce: string, language = 'en'): string {
  return `<!DOCTYPE html>
<html lang="${html(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(title)}</title>
<style nonce="${nonce}">${common}${style}</style>
</head>
<body><main>${body}</main></body>
</html>`;
}

const common = `
body { color: var(--vscode-foreground); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size);
  padding: 0 1.5em 3em; line-height: 1.45; }
h1 { font-size: 1.5em; overflow-wrap: anywhere; }
h2 { font-size: 1.2em; margin-top: 2em; }
a { color: var(--vscode-textLink-foreground); }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--vscode-focusBorder); outline-offset: -2px; }
table { border-collapse: collapse; }
caption { text-align: start; padding-bottom: .5em; color: var(--vscode-descriptionForeground); }
th, td { text-align: start; vertical-align: top; padding: .25em .9em .25em 0;
  border-bottom: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent)); }
th { font-weight: 600; }
th[scope="col"] { white-space: nowrap; }
tr:target { background: var(--vscode-editor-findMatchHighlightBackground); }
.number { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; }
.code { font-family: var(--vscode-editor-font-family); overflow-wrap: anywhere; font-weight: normal; min-width: 14em; }
span.code { display: inline-block; }
`;
