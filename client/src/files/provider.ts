// Files in containers for editors: what VS Code asks of a file system, over any FileTree.
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FileEntry, FileTree } from '../engine/file-tree.ts';
import { failed } from '../runtime/failures.ts';
import { fileTooLarge, noFile } from './failures.ts';
import { follow } from './follow.ts';
import { folderOf, isFolder } from './model.ts';
import { type Place, placeOf } from './uri.ts';

/** An editor holds all of a file, and asks for it in one piece. */
export const largestFile = 50_000_000;

export type TreeOf = (place: Place) => FileTree;

export function createProvider(treeOf: TreeOf, onChange: (folder: Place) => void): vscode.FileSystemProvider {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  // One container goes by other names in what editors have kept of before it was renamed, and of other windows.
  const seen = new Map<string, Set<string>>();
  const at = (uri: vscode.Uri) => {
    if (!vscode.workspace.isTrusted)
      throw vscode.FileSystemError.NoPermissions(
        t('This folder is not trusted, so only linting works in it.'),
      );
    const place = placeOf(uri);
    if (!place) throw vscode.FileSystemError.FileNotFound(uri);
    seen.set(place.container, (seen.get(place.container) ?? new Set()).add(uri.authority));
    return { place, path: place.path, tree: treeOf(place) };
  };
  const tell = (...changes: readonly vscode.FileChangeEvent[]) => {
    changed.fire(
      changes.flatMap(({ type, uri }) => {
        const known = [...(seen.get(placeOf(uri)?.container ?? '') ?? [])];
        return known.map((authority) => ({
          type,
          uri: authority === uri.authority ? uri : uri.with({ authority }),
        }));
      }),
    );
    const places = changes.flatMap(({ uri }) => placeOf(uri) ?? []);
    const folders = new Map(places.map((place) => [folderOf(place.path), place]));
    for (const [path, { container }] of folders) onChange({ container, path });
  };
  return {
    onDidChangeFile: changed.event,
    // Nothing tells what changes in a container.
    watch: () => new vscode.Disposable(() => {}),
    async stat(uri) {
      const { path, tree } = at(uri);
      const own = await tree.stat(path);
      if (!own) throw vscode.FileSystemError.FileNotFound(uri);
      const meant = own.kind === 'link' ? (await follow(tree, path))?.stat : own;
      const modified = (meant ?? own).modified?.getTime() ?? 0;
      return {
        type: typeOf(meant?.kind ?? 'other') | (own.kind === 'link' ? vscode.FileType.SymbolicLink : 0),
        size: meant?.size ?? 0,
        ctime: modified,
        mtime: modified,
        permissions: tree.isReadOnly ? vscode.FilePermission.Readonly : undefined,
      };
    },
    async readDirectory(uri) {
      const { path, tree } = at(uri);
      const { entries } = await tree.list(path);
      return entries.map((entry) => [entry.name, entryType(entry)]);
    },
    async readFile(uri) {
      const { place, tree } = at(uri);
      const found = await readWhole(tree, place);
      if (!found) throw vscode.FileSystemError.FileNotFound(uri);
      return found;
    },
    async createDirectory(uri) {
      const { path, tree } = at(uri);
      await tree.makeFolder(path);
      tell({ type: vscode.FileChangeType.Created, uri });
    },
    async writeFile(uri, content, { create, overwrite }) {
      const { path, tree } = at(uri);
      // A link stays one: what it leads to is written.
      const meant = await follow(tree, path);
      if (!meant && !create) throw vscode.FileSystemError.FileNotFound(uri);
      if (meant && create && !overwrite) throw vscode.FileSystemError.FileExists(uri);
      if (meant?.stat.kind === 'folder') throw vscode.FileSystemError.FileIsADirectory(uri);
      if (meant?.stat.kind === 'other') throw failed(noFile(path));
      await tree.write(meant?.path ?? path, content);
      tell({ type: meant ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created, uri });
    },
    async delete(uri) {
      const { path, tree } = at(uri);
      await tree.remove(path);
      tell({ type: vscode.FileChangeType.Deleted, uri });
    },
    async rename(from, to, { overwrite }) {
      const { place, path, tree } = at(from);
      const target = at(to);
      if (target.place.container !== place.container)
        throw vscode.FileSystemError.NoPermissions(t('Files are renamed within one container only.'));
      await tree.rename(path, target.path, overwrite);
      const { Created, Deleted } = vscode.FileChangeType;
      tell({ type: Deleted, uri: from }, { type: Created, uri: to });
    },
  };
}

export async function readWhole(tree: FileTree, place: Place): Promise<Buffer | undefined> {
  const { path } = place;
  const meant = await follow(tree, path);
  if (!meant) return undefined;
  if (meant.stat.kind !== 'file') throw failed(noFile(path));
  if (meant.stat.size > largestFile) throw failed(fileTooLarge(place, meant.stat.size));
  for await (const entry of tree.read(meant.path)) {
    const portions: Buffer[] = [];
    let bytes = 0;
    for await (const portion of entry.content()) {
      bytes += portion.length;
      if (bytes > largestFile) throw failed(fileTooLarge(place, bytes));
      portions.push(portion);
    }
    return Buffer.concat(portions);
  }
  return undefined;
}

function typeOf(kind: string): vscode.FileType {
  if (kind === 'folder') return vscode.FileType.Directory;
  return kind === 'file' ? vscode.FileType.File : vscode.FileType.Unknown;
}

function entryType(entry: FileEntry): vscode.FileType {
  const type = isFolder(entry)
    ? vscode.FileType.Directory
    : entry.kind === 'other'
      ? vscode.FileType.Unknown
      : vscode.FileType.File;
  return type | (entry.kind === 'link' ? vscode.FileType.SymbolicLink : 0);
}
