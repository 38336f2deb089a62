// Where the dialogues for files of this machine start: where one was last, and at first not in the open folder, which is the
// context of its builds. What was exported is found again by an import so, and a download lies beside it.
import * as fs from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';

let last: string | undefined;

/** @param name of the file that is to be written */
export async function localPlace(name = '', home = homedir()): Promise<vscode.Uri> {
  for (const folder of [last, path.join(home, 'Downloads')])
    if (folder !== undefined && (await isFolder(folder))) return vscode.Uri.file(path.join(folder, name));
  return vscode.Uri.file(path.join(home, name));
}

/** What a dialogue gave. */
export function wentTo(file: vscode.Uri | undefined): vscode.Uri | undefined {
  if (file) last = path.dirname(file.fsPath);
  return file;
}

const isFolder = (folder: string) =>
  fs.stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
