// Reading the workspace through the file system API, which serves remote and virtual folders too.
import * as vscode from 'vscode';
import { gitRemote, type Remote } from '../runtime/git-remote.ts';
import { type Project, parseProject } from '../runtime/pyproject.ts';
import { readTextFile, usualLimit } from '../runtime/text-file.ts';

export type FoundProject = { readonly folder: vscode.Uri; readonly project: Project };

/** Undefined for what is no file, cannot be read, or is larger than a limit in bytes. */
export async function readText(uri: vscode.Uri, limit = usualLimit): Promise<string | undefined> {
  try {
    // VS Code opens whatever lies on the disk, and waits.
    if (uri.scheme === 'file') return await readTextFile(uri.fsPath, limit);
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if (!(type & vscode.FileType.File) || size > limit) return undefined;
    const bytes = await vscode.workspace.fs.readFile(uri);
    return bytes.byteLength > limit ? undefined : new TextDecoder().decode(bytes);
  } catch {
    return undefined;
  }
}

/** Also where it cannot be read as text. */
export async function isThere(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

export async function listFolder(folder: vscode.Uri): Promise<readonly [string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(folder);
  } catch {
    return [];
  }
}

/** The files that are Dockerfiles by their name. */
export const dockerfilePattern =
  '**/{Dockerfile,Dockerfile.*,Containerfile,Containerfile.*,*.dockerfile,*.Dockerfile}';

/** No schemes are named: files on disk, untitled and virtual ones are all served. */
export const dockerfileSelector: vscode.DocumentFilter[] = [
  { language: 'dockerfile' },
  { pattern: dockerfilePattern },
];

/** The Dockerfile of a command's argument: a URI, or options that name one; else the one in the editor in front. */
export async function dockerfileOf(argument: unknown): Promise<vscode.TextDocument | undefined> {
  if (argument instanceof vscode.Uri) return vscode.workspace.openTextDocument(argument);
  const { uri } = (argument ?? {}) as { uri?: unknown };
  if (typeof uri === 'string') return vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  const document = vscode.window.activeTextEditor?.document;
  return document && vscode.languages.match(dockerfileSelector, document) > 0 ? document : undefined;
}

/** The place itself and the folders above it, up to its workspace folder. */
export function upward(uri: vscode.Uri): readonly vscode.Uri[] {
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  const places = [uri];
  for (let place = uri; root && place.path !== root.path && place.path !== '/'; ) {
    place = vscode.Uri.joinPath(place, '..');
    places.push(place);
  }
  return places;
}

export async function readProject(folder: vscode.Uri): Promise<FoundProject | undefined> {
  const text = await readText(vscode.Uri.joinPath(folder, 'pyproject.toml'));
  const project = text === undefined ? undefined : parseProject(text);
  return project && { folder, project };
}

/** The package that a file or folder belongs to: the first pyproject.toml upward, within the workspace. */
export async function nearestProject(uri: vscode.Uri): Promise<FoundProject | undefined> {
  for (const folder of upward(uri)) {
    const found = await readProject(folder);
    if (found) return found;
  }
  return undefined;
}

export async function originOf(folder: vscode.Uri): Promise<Remote | undefined> {
  for (const place of upward(folder)) {
    const config = await readText(vscode.Uri.joinPath(place, '.git', 'config'));
    if (config !== undefined) return gitRemote(config);
  }
  return undefined;
}
