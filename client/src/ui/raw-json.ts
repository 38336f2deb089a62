// What the engine says of a thing, as a read-only document. Values of variables are hidden until a button shows them.
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { redact } from '../runtime/redact.ts';
import { withoutValues } from './hidden-values.ts';

const scheme = 'wheelhouse-inspect';
const showCommand = 'wheelhouse.inspect.showValues';
type Shown = { readonly value: unknown; readonly text: string };
const documents = new Map<string, Shown>();
let count = 0;

export function registerRawJson(): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const lens = (document: vscode.TextDocument) => {
    const shown = documents.get(document.uri.toString());
    if (!shown || shown.text === inFull(shown.value)) return [];
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
      documents.set(key, { ...shown, text: inFull(shown.value) });
      changed.fire(uri);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => void documents.delete(uri.toString())),
  );
}

/** One of several stays open when the next one is shown. */
export async function showRawJson(name: string, value: unknown, isOneOfSeveral = false): Promise<void> {
  // A slash in an image name is no folder; a counter keeps VS Code from showing what it has cached.
  const uri = vscode.Uri.from({
    scheme,
    path: `/${name.replace(/[/\\\p{Cc}\p{Bidi_Control}]/gu, '_').slice(0, 200)}.json`,
    query: String(count++),
  });
  documents.set(uri.toString(), { value, text: redact(inFull(withoutValues(value))) });
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: !isOneOfSeveral });
}

const inFull = (value: unknown) => JSON.stringify(value, undefined, 2) ?? '';
