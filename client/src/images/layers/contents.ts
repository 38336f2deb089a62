// The files of each layer as a tree, with what the layer did to each: added, changed or deleted.
import type { ArchivedImage, Change } from './archive.ts';
import { type LayerSum, mergeLayers } from './tree.ts';

export type How = 'added' | 'changed' | 'deleted';

export type LayerItem = {
  /** Nothing for a folder that only has something below. */
  how?: How;
  change?: Change;
  children?: Map<string, LayerItem>;
};

export type LayerContents = {
  readonly sums: readonly Readonly<LayerSum>[];
  readonly roots: readonly LayerItem[];
};

const known = new WeakMap<ArchivedImage, Promise<LayerContents>>();

/** Kept as long as the image is. */
export function contentsOf(archived: ArchivedImage): Promise<LayerContents> {
  const found = known.get(archived) ?? read(archived);
  known.set(archived, found);
  return found;
}

async function read({ layers }: ArchivedImage): Promise<LayerContents> {
  const roots = layers.map((): LayerItem => ({ children: new Map() }));
  const merged = await mergeLayers(layers, (layer, path, how, change) => {
    const item = place(roots[layer] as LayerItem, path);
    // Deleted and written anew is changed, as what is told of last.
    item.how = how;
    item.change = change;
    if (how === 'deleted') item.children = undefined;
    else if (change?.kind === 'folder') item.children ??= new Map();
  });
  return { sums: merged.layers, roots };
}

function place(root: LayerItem, path: string): LayerItem {
  let item = root;
  for (const name of path.split('/')) {
    item.children ??= new Map();
    // It came back with other things in it.
    if (item.how === 'deleted') item.how = 'changed';
    const next: LayerItem = item.children.get(name) ?? {};
    item.children.set(name, next);
    item = next;
  }
  return item;
}

export function layerItem(root: LayerItem, path: string): LayerItem | undefined {
  let item: LayerItem | undefined = root;
  for (const name of path.split('/')) if (name) item = item?.children?.get(name);
  return item;
}
