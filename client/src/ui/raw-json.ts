// What the engine says of a thing, as a read-only document.
import * as vscode from 'vscode';

const scheme = 'wheelhouse-inspect';
const texts = new Map<string, string>();

export function registerRawJson(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
  });
}

export async function showRawJson(name: string, value: unknown): Promise<void> {
  // A slash in an image name is no folder; a counter keeps VS Code from showing what it has cached.
  const uri = vscode.Uri.from({
    scheme,
    path: `/${name.replaceAll('/', '_')}.json`,
    query: String(texts.size),
  });
  texts.set(uri.toString(), JSON.stringify(value, undefined, 2));
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
}
