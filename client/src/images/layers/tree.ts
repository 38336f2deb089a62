// The files of an image as its layers make them, one on top of the other, and what is lost on the way.
import type { Change, Layer } from './archive.ts';

/** A file with its names: hard links share one. */
export type File = {
  readonly bytes: number;
  readonly layer: number;
  names: number;
  readonly sum?: number;
  readonly special?: Change['special'];
};
export type Folder = { readonly children: Map<string, File | Folder> };

export type LayerSum = { bytes: number; added: number; changed: number; deleted: number; wasted: number };

/** Something of which the image still carries the bytes. */
export type Waste = {
  readonly path: string;
  readonly bytes: number;
  /** The first layer in which it was written, and the one that deleted or rewrote it. */
  readonly layer: number;
  readonly by: number;
  readonly how: 'deleted' | 'rewritten';
};

export type Merged = {
  readonly root: Folder;
  readonly layers: readonly LayerSum[];
  readonly waste: readonly Waste[];
};

export const isFolder = (item: File | Folder | undefined): item is Folder =>
  item !== undefined && 'children' in item;

/** After so many changes others get their turn. */
const atOnce = 20_000;
export const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Hears what a layer did to a path; without a change for what it deleted. */
export type Note = (
  layer: number,
  path: string,
  how: 'added' | 'changed' | 'deleted',
  change?: Change,
) => void;

export async function mergeLayers(layers: readonly Layer[], note?: Note): Promise<Merged> {
  const root: Folder = { children: new Map() };
  const sums = layers.map(() => ({ bytes: 0, added: 0, changed: 0, deleted: 0, wasted: 0 }));
  const waste: Waste[] = [];
  let done = 0;
  for (const [index, { changes }] of layers.entries()) {
    const layer = new Applied(root, index, sums, waste, note);
    // Marks of deletion are about lower layers, wherever they stand among what this one brings.
    for (const apply of [layer.delete, layer.write]) {
      for (const change of changes) {
        apply(change);
        if (++done % atOnce === 0) await turn();
      }
    }
    layer.end();
  }
  return { root, layers: sums, waste };
}

/** A layer on its way into the tree. */
class Applied {
  /** What it deleted; what it writes at the same place it has changed. */
  readonly #deleted = new Set<string>();
  readonly #root: Folder;
  readonly #index: number;
  readonly #sums: readonly LayerSum[];
  readonly #waste: Waste[];
  readonly #sum: LayerSum;
  readonly #note: Note | undefined;

  constructor(root: Folder, index: number, sums: readonly LayerSum[], waste: Waste[], note?: Note) {
    this.#note = note;
    this.#root = root;
    this.#index = index;
    this.#sums = sums;
    this.#waste = waste;
    this.#sum = sums[index] as LayerSum;
  }

  end(): void {
    this.#sum.deleted = this.#deleted.size;
  }

  readonly delete = ({ path, kind }: Change): void => {
    if (kind === 'gone') {
      const slash = path.lastIndexOf('/');
      const parent = slash < 0 ? this.#root : itemAt(this.#root, path.slice(0, slash));
      if (isFolder(parent)) this.#lose(parent, path.slice(slash + 1), path, 'deleted');
    } else if (kind === 'emptied') {
      const folder = path ? itemAt(this.#root, path) : this.#root;
      if (!isFolder(folder)) return;
      for (const name of [...folder.children.keys()])
        this.#lose(folder, name, path ? `${path}/${name}` : name, 'deleted');
    }
  };

  readonly write = (change: Change): void => {
    const { path, kind, bytes, target, sum, special } = change;
    if (kind === 'gone' || kind === 'emptied') return;
    const [parent, name] = this.#placeFor(path);
    const before = parent.children.get(name);
    if (kind === 'folder') {
      this.#note?.(this.#index, path, isFolder(before) ? 'changed' : 'added', change);
      if (!isFolder(before)) this.#makeFolder(parent, name, path);
      return;
    }
    const linked = target === undefined ? undefined : itemAt(this.#root, target);
    const file = linked && !isFolder(linked) ? linked : { bytes, layer: this.#index, names: 0, sum, special };
    if (before === file) return;
    if (before) this.#lose(parent, name, path, 'rewritten');
    const isChanged = before !== undefined || this.#deleted.delete(path);
    if (isChanged) this.#sum.changed++;
    else this.#sum.added++;
    this.#note?.(this.#index, path, isChanged ? 'changed' : 'added', change);
    if (file.names++ === 0) this.#sum.bytes += file.bytes;
    parent.children.set(name, file);
  };

  /** The folder in which a path lies, made where it is missing, also in place of a file, and the last name. */
  #placeFor(path: string): readonly [Folder, string] {
    let folder = this.#root;
    let from = 0;
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', from)) {
      const name = path.slice(from, at);
      const next = folder.children.get(name);
      folder = isFolder(next) ? next : this.#makeFolder(folder, name, path.slice(0, at));
      from = at + 1;
    }
    return [folder, path.slice(from)];
  }

  #makeFolder(parent: Folder, name: string, path: string): Folder {
    this.#lose(parent, name, path, 'deleted');
    const folder = { children: new Map() };
    parent.children.set(name, folder);
    return folder;
  }

  /** Takes a thing out of the tree, and notes of what the image keeps the bytes. */
  #lose(parent: Folder, name: string, lost: string, how: Waste['how']): void {
    const item = parent.children.get(name);
    if (!item) return;
    parent.children.delete(name);
    if (how === 'deleted') this.#note?.(this.#index, lost, how);
    let bytes = 0;
    let first = this.#index;
    const walk = (item: File | Folder, path: string): void => {
      if (isFolder(item)) {
        for (const [name, child] of item.children) walk(child, `${path}/${name}`);
        return;
      }
      if (how === 'deleted' || path !== lost) this.#deleted.add(path);
      if (--item.names > 0) return;
      // Written twice in one archive: only the second one is there.
      if (item.layer === this.#index) {
        this.#sum.bytes -= item.bytes;
        return;
      }
      first = Math.min(first, item.layer);
      bytes += item.bytes;
      (this.#sums[item.layer] as LayerSum).wasted += item.bytes;
    };
    walk(item, lost);
    if (bytes) this.#waste.push({ path: lost, bytes, layer: first, by: this.#index, how });
  }
}

export function itemAt(root: Folder, path: string): File | Folder | undefined {
  let item: File | Folder | undefined = root;
  for (const name of path.split('/')) {
    if (!isFolder(item)) return undefined;
    item = item.children.get(name);
  }
  return item;
}
