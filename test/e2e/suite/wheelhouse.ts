// The extension as a suite sees it.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Failure } from '../../../client/src/runtime/failures.ts';
import type { JobResult } from '../../../client/src/ui/jobs.ts';
import type { Api } from '../../../client/src/ui/workbench.ts';

export { eventually } from '../eventually.ts';

export const extensionId = 'wheelhouse.wheelhouse';

export function extension(): vscode.Extension<Api> {
  const found = vscode.extensions.getExtension<Api>(extensionId);
  assert.ok(found, 'Wheelhouse is not installed.');
  return found;
}

export function workspaceFolder(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'No folder is open.');
  return folder.uri;
}

export function fileIn(...path: string[]): vscode.Uri {
  return vscode.Uri.joinPath(workspaceFolder(), ...path);
}

export async function openText(text: string, language = 'dockerfile'): Promise<vscode.TextDocument> {
  return vscode.workspace.openTextDocument({ language, content: text });
}

/** Shown as well: the language client asks for diagnostics of what is in a tab. */
export async function openFile(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

export async function writeFile(uri: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}

/** Codes of what Wheelhouse says of a document, in the order of the text. */
export function codesOf({ uri }: vscode.TextDocument): string[] {
  return diagnosticsOf(uri).map(codeOf);
}

export function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

export function diagnosticsOf(uri: vscode.Uri): vscode.Diagnostic[] {
  const own = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'wheelhouse');
  return own.sort((a, b) => a.range.start.compareTo(b.range.start) || codeOf(a).localeCompare(codeOf(b)));
}

/** What a command ends with: its result, or its failure. */
export async function outcome(
  command: string,
  ...args: unknown[]
): Promise<{ value: unknown; result?: JobResult; failure?: Failure }> {
  const api = await extension().activate();
  let result: JobResult | undefined;
  let failure: Failure | undefined;
  const listeners = [
    api.onDidFinish((event) => {
      result = event;
    }),
    api.onDidFail((event) => {
      failure = event;
    }),
  ];
  try {
    // The suite has agreed to what it asks for; a modal question cannot be answered in a test of VS Code.
    const given = args.map(api.vouch);
    return { value: await vscode.commands.executeCommand(command, ...given), result, failure };
  } finally {
    for (const listener of listeners) listener.dispose();
  }
}

export async function failureOf(command: string, ...args: unknown[]): Promise<Failure> {
  const { failure, result, value } = await outcome(command, ...args);
  assert.ok(failure, `${command} did not fail, it ended with ${JSON.stringify(result ?? value)}.`);
  assert.equal(value, undefined, 'A command that failed answers with nothing.');
  return failure;
}
