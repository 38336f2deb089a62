// Which folder, what is there, and whether a Dockerfile is missing; through the file system API only.
import path from 'node:path';
import * as vscode from 'vscode';
import { failed, noWorkspace } from '../runtime/failures.ts';
import { isNode } from '../ui/tree.ts';
import { dockerfilePattern, listFolder, upward } from '../ui/workspace.ts';

const manifest = /^(?:pyproject\.toml|requirements\.txt|Pipfile|setup\.py)$/;
const skipped =
  '{**/.venv/**,**/venv/**,**/node_modules/**,**/site-packages/**,**/.git/**,**/dist/**,**/build/**}';

/** The project of the argument, else that of the file in the editor; undefined where neither says it. */
export async function givenFolder(argument: unknown): Promise<vscode.Uri | undefined> {
  if (argument instanceof vscode.Uri) return folderAt(argument);
  if (isNode(argument) && argument.uri) return folderAt(argument.uri);
  const { folder } = (argument ?? {}) as { folder?: unknown };
  if (typeof folder === 'string') return vscode.Uri.file(folder);
  const editor = vscode.window.activeTextEditor?.document.uri;
  if (!editor || !vscode.workspace.getWorkspaceFolder(editor)) return undefined;
  for (const place of upward(vscode.Uri.joinPath(editor, '..'))) {
    if ((await listFolder(place)).some(([name]) => manifest.test(name))) return place;
  }
  return undefined;
}

async function folderAt(uri: vscode.Uri): Promise<vscode.Uri> {
  const { type } = await vscode.workspace.fs.stat(uri);
  return type & vscode.FileType.Directory ? uri : vscode.Uri.joinPath(uri, '..');
}

/** The folders of the workspace that hold a project, the outer ones first. */
export async function findFolders(): Promise<readonly vscode.Uri[]> {
  if (!vscode.workspace.workspaceFolders?.length) throw failed(noWorkspace());
  const files = await vscode.workspace.findFiles(
    '**/{pyproject.toml,requirements.txt,Pipfile,setup.py}',
    skipped,
    100,
  );
  const folders = new Map(
    files.map((file) => {
      const folder = vscode.Uri.joinPath(file, '..');
      return [folder.toString(), folder] as const;
    }),
  );
  // Why nothing can be made of programs without such a file, the server says.
  if (folders.size === 0) return vscode.workspace.workspaceFolders.map(({ uri }) => uri);
  return [...folders.values()].sort((a, b) => a.path.length - b.path.length || a.path.localeCompare(b.path));
}

/** Where tasks are kept, and the way from there to a folder; empty where it is that folder. */
export function tasksFolder(folder: vscode.Uri): { root: vscode.Uri; below: string } {
  const root = vscode.workspace.getWorkspaceFolder(folder)?.uri ?? folder;
  return { root, below: path.posix.relative(root.path, folder.path) };
}

/** Keeps the context key up to date on which the offer in the views depends: there is a project and no Dockerfile. */
export function followDockerfiles(onDidLoad: vscode.Event<string>): readonly vscode.Disposable[] {
  const look = async () => {
    const [projects, files] = await Promise.all([
      vscode.workspace.findFiles('**/pyproject.toml', skipped, 1),
      vscode.workspace.findFiles(dockerfilePattern, skipped, 1),
    ]);
    const isLacking = projects.length > 0 && files.length === 0;
    await vscode.commands.executeCommand('setContext', 'wheelhouse.lacksDockerfile', isLacking);
  };
  const watchers: vscode.FileSystemWatcher[] = [];
  const loads = onDidLoad(() => {
    // Nobody wants to know before a view was drawn.
    if (watchers.length > 0) return;
    for (const pattern of ['**/pyproject.toml', dockerfilePattern]) {
      const watcher = vscode.workspace.createFileSystemWatcher(pattern, false, true, false);
      watcher.onDidCreate(look);
      watcher.onDidDelete(look);
      watchers.push(watcher);
    }
    void look();
  });
  return [loads, { dispose: () => vscode.Disposable.from(...watchers).dispose() }];
}
