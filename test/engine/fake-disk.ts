// The fake VS Code on real files: folders of a workspace, what is found in them, and what edits write. Import it first.
import { globSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EventEmitter } from './fake-events.ts';
import { FileType, type RelativePattern } from './fake-items.ts';
import { Uri } from './fake-uri.ts';
import * as vscode from './fake-vscode.ts';

const file = (name: string) => new Uri(`file://${name}`);
Object.assign(Uri, {
  file,
  joinPath: (uri: Uri, ...parts: string[]) => file(path.posix.join(uri.fsPath, ...parts)),
});

const watchers: { readonly pattern: string; readonly changed: EventEmitter<Uri> }[] = [];

/** As VS Code tells those that watch files; it is told by hand what was written by others. */
export function tellChange(name: string): void {
  for (const { pattern, changed } of watchers) if (path.matchesGlob(name, pattern)) changed.fire(file(name));
}

let folders: readonly string[] = [];

/** Opens these folders as a workspace. */
export function openFolders(...opened: readonly string[]): void {
  folders = opened;
  Object.assign(vscode.workspace, {
    workspaceFolders: opened.map((name) => ({ uri: file(name), name: path.basename(name) })),
  });
}

const inside = (name: string) => folders.find((folder) => name === folder || name.startsWith(`${folder}/`));

Object.assign(vscode.workspace, {
  getWorkspaceFolder(uri: Uri) {
    const folder = inside(uri.fsPath);
    return folder === undefined ? undefined : { uri: file(folder), name: path.basename(folder) };
  },
  asRelativePath(uri: Uri) {
    const folder = inside(uri.fsPath);
    return folder === undefined ? uri.fsPath : path.relative(folder, uri.fsPath);
  },
  createFileSystemWatcher(pattern: string) {
    const changed = new EventEmitter<Uri>();
    watchers.push({ pattern, changed });
    const on = changed.event;
    return { onDidCreate: on, onDidChange: on, onDidDelete: on, dispose() {} };
  },
  onDidChangeWorkspaceFolders: () => ({ dispose() {} }),
  findFiles: async (pattern: string | RelativePattern) => {
    const isWhole = typeof pattern === 'string';
    return (isWhole ? folders : [pattern.base.fsPath]).flatMap((folder) =>
      globSync(isWhole ? pattern : pattern.pattern, { cwd: folder }).map((name) =>
        file(path.join(folder, name)),
      ),
    );
  },
});
Object.assign(vscode.workspace.fs, {
  async stat(uri: Uri) {
    const found = statSync(uri.fsPath);
    const type = found.isDirectory() ? FileType.Directory : FileType.File;
    return { type, size: found.size, mtime: found.mtimeMs };
  },
  readDirectory: async (uri: Uri) =>
    readdirSync(uri.fsPath, { withFileTypes: true }).map((entry) => [
      entry.name,
      entry.isDirectory() ? FileType.Directory : FileType.File,
    ]),
  readFile: async (uri: Uri) => readFileSync(uri.fsPath),
  async writeFile(uri: Uri, bytes: Uint8Array) {
    mkdirSync(path.dirname(uri.fsPath), { recursive: true });
    writeFileSync(uri.fsPath, bytes);
  },
});
