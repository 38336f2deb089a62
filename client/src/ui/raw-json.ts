// What the engine says of a thing, as a read-only document. Values of variables are hidden until a button shows them.
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { redact } from '../runtime/redact.ts';
import { withoutValues } from './hidden-values.ts';

const scheme = 'wheelhouse-inspect';
const showCommand = 'wheelhouse.inspect.showValues';
type Shown = { readonly whole: string; readonly text: string };
const documents = new Map<string, Shown>();
let count = 0;

export function registerRawJson(): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const lens = (document: vscode.TextDocument) => {
    const shown = documents.get(document.uri.toString());
    if (!shown || shown.text === shown.whole) return [];
    const command = { title: l10n.t('Show Values'), command: showCommand, arguments: [document.uri] };
    return [new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), command)];
  };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => documents.get(uri.toString())?.text ?? '',
    }),
    vscode.languages.registerCodeLensProvider(
      { scheme },
      { onDidChangeCodeLenses: changed.event as never, provideCodeLenses: lens },
    ),
    // For this one look: the next time they are hidden again.
    vscode.commands.registerCommand(showCommand, (uri: unknown) => {
      const key = String(uri);
      const shown = documents.get(key);
      if (!shown || !(uri instanceof vscode.Uri)) return;
      documents.set(key, { ...shown, text: shown.whole });
      changed.fire(uri);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => void documents.delete(uri.toString())),
  );
}

/** One of several stays open when the next one is shown. */
export function showRawJson(name: string, value: unknown, isOneOfSeveral = false): Promise<void> {
  return show(
    `${named(name)}.json`,
    { whole: inFull(value), text: inFull(withoutValues(value)) },
    isOneOfSeveral,
  );
}

/** The same of what is told as text; `hide` takes the values of variables out of it. */
export function showRawText(name: string, whole: string, hide = (text: string) => text): Promise<void> {
  return show(named(name), { whole, text: hide(whole) });
}

async function show(name: string, { whole, text }: Shown, isOneOfSeveral = false): Promise<void> {
  // A counter keeps VS Code from showing what it has cached.
  const uri = vscode.Uri.from({ scheme, path: `/${name}`, query: String(count++) });
  documents.set(uri.toString(), { whole, text: redact(text) });
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: !isOneOfSeveral });
}

/** A slash in an image name is no folder. */
const named = (name: string) => name.replace(/[/\\\p{Cc}\p{Bidi_Control}]/gu, '_').slice(0, 200);
const inFull = (value: unknown) => JSON.stringify(value, undefined, 2) ?? '';
