import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { containers } from '../engine/containers.ts';
import type { FileTree } from '../engine/file-tree.ts';
import { shownName } from '../engine/path-bytes.ts';
import { failed } from '../runtime/failures.ts';
import { copy } from '../ui/copy.ts';
import { isNode, type Node, type Tree } from '../ui/tree.ts';
import { vouch } from '../ui/vouched.ts';
import type { Workbench } from '../ui/workbench.ts';
import type { FileAction } from './actions.ts';
import { bringIn } from './bring-in.ts';
import { chooseContainer, choosePlaces } from './choose.ts';
import { containerFiles } from './container.ts';
import { againstImage, pairOf, showDifference } from './difference.ts';
import { make, remove, rename } from './edit.ts';
import { badName, fileGone, fileTooLarge, isOfFolder, noFile } from './failures.ts';
import { follow } from './follow.ts';
import { createImageFiles } from './image.ts';
import { checkName, folderOf } from './model.ts';
import { createProvider, largestFile } from './provider.ts';
import { bringOut } from './save.ts';
import { createFileNodes } from './tree.ts';
import { type FileValue, type Place, scheme, uriOf } from './uri.ts';
import { createVolumeFiles } from './volume.ts';

/** What views show below containers, volumes and layers, and how they are told that this has changed. */
export type FileNodes = Pick<ReturnType<typeof createFileNodes>, 'below' | 'inVolume' | 'inLayer'> & {
  /** The view of containers. */
  shownIn(tree: Tree): void;
  /** Another one that shows them. */
  alsoIn(tree: Tree): void;
  /** How the files of layers are read: `IMAGE:NUMBER`. */
  readLayers(treeOf: (layer: string) => FileTree): void;
  /** Removes what was made to reach a volume; without one, for all of them, and for images. */
  release(volume?: string): Promise<void>;
  /** Takes what is dropped onto a node. */
  drop(node: Node, from: readonly string[]): unknown;
};

export function registerFiles(workbench: Workbench): FileNodes {
  const volumes = createVolumeFiles(workbench);
  const images = createImageFiles(workbench);
  let layers: ((layer: string) => FileTree) | undefined;
  const filesOf = ({ container }: Place) => {
    const [, kind, key = ''] = /^(volume|layer|image):(.+)$/.exec(container) ?? [];
    if (kind === 'volume') return volumes.treeOf(key);
    if (kind === 'image') return images.treeOf(key);
    return kind && layers ? layers(key) : containerFiles(workbench, container);
  };
  const nodes = createFileNodes(workbench, filesOf);
  // Another engine has other things of the same names.
  const release = async (volume?: string) => {
    await Promise.all([volumes.release(volume), volume === undefined ? images.release() : undefined]);
  };
  workbench.engine.onDidMove(() => {
    nodes.forget();
    void release();
  });
  workbench.engine.onDidChange((state) => state !== 'ready' && nodes.forget());
  let view: Tree | undefined;
  const views: Tree[] = [];
  const renew = async (folder: Place) => {
    const ids = await nodes.renew(folder);
    for (const each of views) each.redraw(ids);
  };
  const provider = createProvider(filesOf, renew);
  workbench.own(vscode.workspace.registerFileSystemProvider(scheme, provider, { isCaseSensitive: true }));
  type Given = readonly [argument?: unknown, selection?: unknown];
  const places = (title: string, given: Given) =>
    choosePlaces(workbench, title, ...(view?.meant(...given) ?? given));
  /** For what is done with one: the row that was clicked or has the focus, also where others are selected with it. */
  const onePlace = async (title: string, given: Given) => {
    const [node] = view?.meant(...given) ?? given;
    return (await choosePlaces(workbench, title, node))?.[0];
  };

  const addressOf = async (place: Place) => {
    const found = await workbench.resources.one(containers, place.container).catch(() => undefined);
    return uriOf(place, found?.name);
  };
  const files = { workbench, provider };
  const into = async (title: string, given: Given, asked: 'files' | 'folder') => {
    const place = await onePlace(title, given);
    const { from } = (given[0] ?? {}) as { from?: unknown };
    const named = Array.isArray(from) && from.every((file) => typeof file === 'string') ? from : asked;
    return place && bringIn(workbench, filesOf(place), place.path, named).finally(() => renew(place));
  };
  const making = async (title: string, given: Given, kind: 'file' | 'folder') => {
    const place = await onePlace(title, given);
    return place && make(files, filesOf(place), place, kind, nameGiven(given));
  };

  const handlers: Readonly<Record<FileAction, (...given: Given) => Promise<unknown>>> = {
    async browse(...given) {
      const [node] = view?.meant(...given) ?? given;
      const { value, in: ref } = (node ?? {}) as { value?: { container?: unknown }; in?: unknown };
      const container = await chooseContainer(workbench, t('Browse Files'), value?.container ?? ref);
      if (container) await view?.reveal(`files:${container.id}`);
      return container && { container: container.id };
    },
    async open(...given) {
      const [node] = view?.meant(...given) ?? given;
      if (isNode(node) && node.children) return vscode.commands.executeCommand('list.toggleExpand');
      const place = await onePlace(t('Open File'), given);
      if (!place) return undefined;
      const meant = await follow(filesOf(place), place.path);
      if (!meant) throw failed(fileGone(place.path));
      if (meant.stat.kind === 'folder') throw failed(isOfFolder(place));
      if (meant.stat.kind !== 'file') throw failed(noFile(place.path));
      if (meant.stat.size > largestFile) throw failed(fileTooLarge(place, meant.stat.size));
      const uri = await addressOf(place);
      // A click leaves the focus where it is, as keys may be meant for the row next.
      const { keepsFocus } = (given[0] ?? {}) as { keepsFocus?: unknown };
      await vscode.commands.executeCommand('vscode.open', uri, { preserveFocus: keepsFocus === true });
      return { uri: uri.toString() };
    },
    async difference(...given) {
      const place = pairOf(given[0]) ? undefined : await onePlace(t('Compare with Image'), given);
      const pair = pairOf(given[0]) ?? (place && (await againstImage(workbench, place)));
      const { keepsFocus } = (given[0] ?? {}) as { keepsFocus?: unknown };
      return pair && showDifference(filesOf, pair, keepsFocus === true);
    },
    async download(...given) {
      const wanted = (await places(t('Download'), given)) ?? [];
      const { to } = (given[0] ?? {}) as { to?: unknown };
      const all = wanted.map((place) => ({ tree: filesOf(place), place }));
      return bringOut(workbench, all, typeof to === 'string' ? to : undefined);
    },
    upload: async (...given) => into(t('Upload Files'), given, 'files'),
    uploadFolder: async (...given) => into(t('Upload Folder'), given, 'folder'),
    newFile: async (...given) => {
      const place = await making(t('New File'), given, 'file');
      if (place) await vscode.commands.executeCommand('vscode.open', await addressOf(place));
      return place;
    },
    newFolder: async (...given) => making(t('New Folder'), given, 'folder'),
    async rename(...given) {
      const place = await onePlace(t('Rename'), given);
      return place && rename(files, filesOf(place), place, nameGiven(given));
    },
    remove: async (...given) => remove(files, filesOf, (await places(t('Delete'), given)) ?? []),
    async refresh() {
      nodes.forget();
      for (const each of views) each.refresh([]);
    },
    copyPath: async (...given) =>
      copy((await places(t('Copy Path'), given))?.map(({ path }) => shownName(path))),
  };
  for (const [name, handler] of Object.entries(handlers))
    workbench.command(`wheelhouse.files.${name}`, handler);
  return {
    ...nodes,
    shownIn(tree) {
      view = tree;
      views.push(tree);
    },
    alsoIn: (tree) => void views.push(tree),
    readLayers(treeOf) {
      layers = treeOf;
    },
    release,
    drop(node, from) {
      const { file } = (node.value ?? {}) as Partial<FileValue>;
      if (!file || !from.length) return undefined;
      // Onto a file means beside it.
      const place = node.children ? file : { ...file, path: folderOf(file.path) };
      return vscode.commands.executeCommand('wheelhouse.files.upload', vouch({ file: place, from }));
    },
  };
}

function nameGiven([argument]: readonly unknown[]): string | undefined {
  const { name } = (argument ?? {}) as { name?: unknown };
  if (typeof name !== 'string') return undefined;
  const complaint = checkName(name);
  if (complaint) throw failed(badName(name, complaint));
  return name;
}
