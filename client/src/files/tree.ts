// The files of a container as nodes below it, each folder asked for when it is opened.
import { t } from '@vscode/l10n';
import type { EngineUser } from '../engine/connection.ts';
import { shownName } from '../engine/path-bytes.ts';
import { code, facts, joined, plain } from '../ui/plain-text.ts';
import type { Node } from '../ui/tree.ts';
import { formatBytes } from '../ui/words.ts';
import { changedNodes } from './changed.ts';
import { containerFiles } from './container.ts';
import { entryWords, inOrder, isFolder, joinPath } from './model.ts';
import type { FileEntry, FileTree } from './port.ts';
import type { FileValue, Place } from './uri.ts';

/**
 * As long a folder that was listed is drawn without being asked for again: views are drawn anew with each event, and a
 * list is one itself.
 */
const keptMs = 10_000;

type Kept = { readonly at: number; readonly nodes: Promise<readonly Node<FileValue>[]> };

export function createFileNodes(user: EngineUser) {
  const kept = new Map<string, Kept>();
  const keep = (key: string, load: () => Promise<readonly Node<FileValue>[]>) => {
    const known = kept.get(key);
    if (known && Date.now() - known.at < keptMs) return known.nodes;
    const nodes = load();
    forgetOld(kept);
    kept.set(key, { at: Date.now(), nodes });
    nodes.catch(() => kept.delete(key));
    return nodes;
  };
  const folderNodes = (place: Place, run: string): Promise<readonly Node<FileValue>[]> =>
    keep(`${run} ${place.path}`, async () => {
      const tree = containerFiles(user, place.container);
      const { entries, isWhole } = await tree.list(place.path);
      const nodes = inOrder(entries).map((entry) =>
        nodeOf(tree, place, entry, (inner) => folderNodes(inner, run)),
      );
      return isWhole ? nodes : [...nodes, moreNode(place)];
    });
  return {
    /** Below a container; `run` tells one of its runs from another. */
    below: (container: string, run: string): readonly Node<FileValue>[] => [
      {
        id: `files:${container}`,
        label: t('Files'),
        icon: 'folder',
        context: ';root;folder;',
        value: { file: { container, path: '/' } },
        children: () => folderNodes({ container, path: '/' }, `${container} ${run}`),
      },
      {
        id: `changes:${container}`,
        label: t('Changed Files'),
        icon: 'diff',
        context: ';changes;',
        children: () => keep(`changes ${container} ${run}`, () => changedNodes(user, container)),
      },
    ],
    forget: () => kept.clear(),
  };
}

function forgetOld(kept: Map<string, Kept>): void {
  for (const [key, { at }] of kept) if (Date.now() - at > keptMs) kept.delete(key);
}

function nodeOf(
  tree: FileTree,
  { container, path: folder }: Place,
  entry: FileEntry,
  below: (place: Place) => Promise<readonly Node<FileValue>[]>,
): Node<FileValue> {
  const path = joinPath(folder, entry.name);
  const place = { container, path };
  const value = { file: place };
  const common = {
    id: `file:${container}:${path}`,
    label: shownName(entry.name),
    description: entryWords(entry),
    details: () => describe(tree, path),
    value,
  };
  if (isFolder(entry))
    return { ...common, icon: 'folder', context: ';folder;entry;', children: () => below(place) };
  if (entry.kind === 'other') return { ...common, icon: 'circle-slash', context: ';special;entry;' };
  return {
    ...common,
    icon: entry.kind === 'link' ? 'file-symlink-file' : 'file',
    context: ';file;entry;',
    open: { title: t('Open'), command: 'wheelhouse.files.open', arguments: [value] },
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
