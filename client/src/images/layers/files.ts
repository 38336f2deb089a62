// The files of a layer as a FileTree that cannot be written to. What is there is known from the archive that was read; the
// content of a file is read out of another one, up to where it stands.
import { posix } from 'node:path';
import { t } from '@vscode/l10n';
import { openImageArchive } from '../../engine/archive.ts';
import {
  type FileEntry,
  type FileStat,
  type FileTree,
  type ReadEntry,
  refusing,
} from '../../engine/file-tree.ts';
import { failed } from '../../runtime/failures.ts';
import type { Workbench } from '../../ui/workbench.ts';
import { type ArchivedImage, layerEntries } from './archive.ts';
import { contentsOf, type LayerItem, layerItem } from './contents.ts';
import { layerReadOnly, notInLayer } from './failures.ts';

/** @param layer counted from 1 */
export function layerFiles(
  workbench: Workbench,
  id: string,
  layer: number,
  archivedOf: () => Promise<ArchivedImage>,
): FileTree {
  const root = async () => (await contentsOf(await archivedOf())).roots[layer - 1] ?? {};
  const refuse = async () => {
    throw failed(layerReadOnly());
  };
  const statIn = (top: LayerItem, path: string): FileStat | undefined => {
    const item = layerItem(top, path);
    if (!item || item.how === 'deleted') return undefined;
    const { change, children } = item;
    if (children) return { kind: 'folder', size: 0, target: '' };
    if (change?.kind === 'hardlink')
      return change.target === undefined ? undefined : statIn(top, change.target);
    const size = change?.bytes ?? 0;
    return { kind: change?.special ?? 'file', size, target: change?.leadsTo ?? '' };
  };
  return {
    ...refusing(refuse),
    stat: async (path) => statIn(await root(), path),
    async list(path) {
      const top = await root();
      const { children } = layerItem(top, path) ?? {};
      if (!children) throw failed(notInLayer(path));
      const words = { added: t('added'), changed: t('changed'), deleted: t('deleted') };
      const entries = [...children].map(([name, { how, change, children }]): FileEntry => {
        if (how === 'deleted') return { name, kind: 'file', words: words.deleted, isGone: true };
        const kind = children ? 'folder' : (change?.special ?? 'file');
        // A folder that is told of only because of what is below was there before.
        const isPlain = kind === 'folder' && how === 'changed' && children?.size;
        const size = kind === 'file' ? statIn(top, posix.join(path, name))?.size : undefined;
        return { name, kind, size, words: how && !isPlain ? words[how] : undefined };
      });
      return { entries, isWhole: true };
    },
    async *read(path, signal) {
      const archived = await archivedOf();
      const top = await root();
      const item = layerItem(top, path);
      const at = archived.layers[layer - 1]?.at;
      if (!item || at === undefined || item.how === 'deleted') throw failed(notInLayer(path));
      const { change, children } = item;
      const wanted = (change?.kind === 'hardlink' ? change.target : undefined) ?? path.replace(/^\//, '');
      if (children) yield folderEntry(wanted);
      const ending = new AbortController();
      const stopped = signal ? AbortSignal.any([signal, ending.signal]) : ending.signal;
      try {
        const source = await openImageArchive(workbench, `sha256:${id}`, stopped);
        for await (const { path, entry } of layerEntries(source, at)) {
          const isBelow = wanted === '' || path.startsWith(`${wanted}/`);
          if (children ? isBelow : path === wanted) yield { ...entry, name: path };
          if (!children && path === wanted) return;
        }
      } finally {
        ending.abort();
      }
    },
  };
}

const folderEntry = (name: string): ReadEntry => ({
  kind: 'folder',
  name,
  size: 0,
  mode: 0o755,
  uid: 0,
  gid: 0,
  modified: new Date(),
  target: '',
  attributes: [],
  content: async function* () {},
});
