// The files of a container as nodes below it, each folder asked for when it is opened.
import { t } from '@vscode/l10n';
import type { EngineUser } from '../engine/connection.ts';
import { containers } from '../engine/containers.ts';
import type { FileEntry, FileTree } from '../engine/file-tree.ts';
import { shownName } from '../engine/path-bytes.ts';
import { code, facts, joined, plain } from '../ui/plain-text.ts';
import type { Node } from '../ui/tree.ts';
import { formatBytes } from '../ui/words.ts';
import type { Workbench } from '../ui/workbench.ts';
import { fileKeys, layerFileKeys, volumeFileKeys } from './actions.ts';
import { changedNodes } from './changed.ts';
import { entryWords, inOrder, isFolder, joinPath } from './model.ts';
import type { FileValue, Place } from './uri.ts';

/**
 * As long a folder that was listed is drawn without being asked for again: views are drawn anew with each event, and a
 * list is one itself.
 */
const keptMs = 10_000;

/** What a node shows below it; without a path what changed. */
type What = { readonly id: string; readonly container: string; readonly path?: string };
type Kept = What & {
  readonly at: number;
  ask(): Promise<readonly Node<FileValue>[]>;
  readonly nodes: Promise<readonly Node<FileValue>[]>;
};

/** How files are shown where they are. */
type How = {
  readonly keys: NonNullable<Node['keys']>;
  readonly scope?: string;
  /** Nothing can be changed. */
  readonly isKept?: boolean;
};
const inContainers: How = { keys: fileKeys };

const folderId = ({ container, path }: Place, { scope = '' }: How) =>
  path === '/' ? `${scope}files:${container}` : `${scope}file:${container}:${path}`;

/** An address has a part of the id of a container only. */
const isSame = (container: string, other: string) =>
  container === other || (!other.includes(':') && container.startsWith(other));

/** Those that are below containers need what is known of these. */
type Reader = EngineUser & Pick<Workbench, 'resources'>;

export function createFileNodes(user: Reader, treeOf: (place: Place) => FileTree) {
  const kept = new Map<string, Kept>();
  const load = (key: string, what: What, ask: Kept['ask']) => {
    const nodes = ask();
    kept.set(key, { ...what, at: Date.now(), ask, nodes });
    nodes.catch(() => kept.delete(key));
    return nodes;
  };
  const keep = (key: string, what: What, ask: Kept['ask']) => {
    for (const [old, { at }] of kept) if (Date.now() - at > keptMs) kept.delete(old);
    return kept.get(key)?.nodes ?? load(key, what, ask);
  };
  const folderNodes = (place: Place, run: string, how: How): Promise<readonly Node<FileValue>[]> =>
    keep(`${run} ${place.path}`, { ...place, id: folderId(place, how) }, async () => {
      const tree = treeOf(place);
      const { entries, isWhole } = await tree.list(place.path);
      const nodes = inOrder(entries).map((entry) =>
        nodeOf(tree, place, entry, how, (inner) => folderNodes(inner, run, how)),
      );
      return isWhole ? nodes : [...nodes, moreNode(place)];
    });
  return {
    /** Below a container; `run` tells one of its runs from another. */
    below: (container: string, run: string): readonly Node<FileValue>[] => [
      {
        id: folderId({ container, path: '/' }, inContainers),
        label: t('Files'),
        icon: 'folder',
        context: ';root;folder;',
        keys: fileKeys,
        value: { file: { container, path: '/' } },
        children: () => folderNodes({ container, path: '/' }, `${container} ${run}`, inContainers),
      },
      {
        id: `changes:${container}`,
        label: t('Changed Files'),
        icon: 'diff',
        context: ';changes;',
        keys: fileKeys,
        children: () =>
          keep(`changes ${container} ${run}`, { container, id: `changes:${container}` }, async () => {
            const found = await user.resources.one(containers, container);
            return changedNodes(user, container, found);
          }),
      },
    ],
    inVolume(volume: string): Node<FileValue> {
      const place = { container: `volume:${volume}`, path: '/' };
      const how = { keys: volumeFileKeys };
      return {
        id: folderId(place, how),
        label: t('Files'),
        icon: 'folder',
        context: ';root;folder;',
        keys: volumeFileKeys,
        value: { file: place },
        children: () => folderNodes(place, place.container, how),
      };
    },
    /** What is at the top of a layer; `scope` tells one node of an image from others. */
    inLayer(layer: string, scope: string): Promise<readonly Node<FileValue>[]> {
      const container = `layer:${layer}`;
      const how = { keys: layerFileKeys, scope, isKept: true };
      return folderNodes({ container, path: '/' }, `${container} ${scope}`, how);
    },
    forget: () => kept.clear(),
    /** Asks again for a folder in which something changed; answers with the nodes whose children are others now. */
    async renew({ container, path }: Place): Promise<readonly string[]> {
      const asked: Promise<unknown>[] = [];
      const ids: string[] = [];
      for (const [key, one] of [...kept]) {
        if (!isSame(one.container, container)) continue;
        const isBelow = one.path?.startsWith(path === '/' ? path : `${path}/`);
        if (one.path === path || one.path === undefined) {
          ids.push(one.id);
          asked.push(load(key, one, one.ask));
        } else if (isBelow) kept.delete(key);
      }
      await Promise.allSettled(asked);
      return ids;
    },
  };
}

function nodeOf(
  tree: FileTree,
  { container, path: folder }: Place,
  entry: FileEntry,
  how: How,
  below: (place: Place) => Promise<readonly Node<FileValue>[]>,
): Node<FileValue> {
  const path = joinPath(folder, entry.name);
  const place = { container, path };
  const value = { file: place };
  const common = {
    id: folderId(place, how),
    label: shownName(entry.name),
    description: entryWords(entry),
    details: () => describe(tree, path),
    value,
    keys: how.keys,
  };
  const context = (kind: string) => (how.isKept ? `;${kind}-kept;` : `;${kind};entry;`);
  if (entry.isGone && !isFolder(entry)) return { ...common, icon: 'diff-removed', context: ';special;' };
  if (isFolder(entry))
    return { ...common, icon: 'folder', context: context('folder'), children: () => below(place) };
  if (entry.kind === 'other')
    return { ...common, icon: 'circle-slash', context: how.isKept ? ';special;' : ';special;entry;' };
  return {
    ...common,
    icon: entry.kind === 'link' ? 'file-symlink-file' : 'file',
    context: context('file'),
    open: { title: t('Open'), command: 'wheelhouse.files.open', arguments: [{ ...value, keepsFocus: true }] },
  };
}

function moreNode({ container, path }: Place): Node<FileValue> {
  return {
    id: `more:${container}:${path}`,
    label: t('There is more'),
    description: t('too much to be listed here'),
    icon: 'ellipsis',
    context: ';more;',
  };
}

async function describe(tree: FileTree, path: string) {
  const stat = await tree.stat(path);
  if (!stat) return plain(t('It is not there any more.'));
  const { kind, size, modified, mode, target } = stat;
  const at = modified && `${modified.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  return joined(
    [
      code(shownName(path)),
      facts([
        [t('Size'), kind === 'file' ? plain(formatBytes(size)) : undefined],
        [t('Changed'), at ? plain(at) : undefined],
        [t('Mode'), mode === undefined ? undefined : code(mode.toString(8).padStart(4, '0'))],
        [t('Link to'), target ? code(shownName(target)) : undefined],
      ]),
    ],
    '\n\n',
  );
}
