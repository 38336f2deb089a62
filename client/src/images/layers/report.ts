// What makes an image large: its layers, files, packages and what is wasted, out of its archive.
import { t } from '@vscode/l10n';
import { redact } from '../../runtime/redact.ts';
import type { ArchivedImage, Change } from './archive.ts';
import { type CacheSize, cachesIn } from './caches.ts';
import { cudaTwice, type TwiceThere } from './cuda.ts';
import { type PackageSize, packageSizes } from './packages.ts';
import { type File, type Folder, isFolder, type LayerSum, mergeLayers, turn, type Waste } from './tree.ts';

export type FileSize = {
  readonly path: string;
  readonly bytes: number /** Counted from 1. */;
  readonly layer: number;
};

export type LayerReport = Readonly<LayerSum> & {
  /** What made it, where the image tells. */
  readonly step?: string;
  readonly largest: readonly FileSize[];
};

/** Folders and files as they lie, the small ones together. */
export type Part = { readonly path: string; readonly bytes: number; readonly rest?: boolean };

export type LayersReport = {
  readonly image: string;
  readonly bytes: number;
  readonly wasted: number;
  readonly layers: readonly LayerReport[];
  readonly largest: readonly FileSize[];
  readonly packages: readonly PackageSize[];
  /** Libraries of CUDA in packages and outside of them. */
  readonly twice: readonly TwiceThere[];
  readonly waste: readonly Waste[];
  /** Of package managers, and still there. */
  readonly caches: readonly CacheSize[];
  readonly parts: readonly Part[];
};

const most = 10;
const mostWaste = 20;
const mostParts = 36;

export async function reportOf(image: string, archived: ArchivedImage): Promise<LayersReport> {
  const { root, layers, waste } = await mergeLayers(archived.layers);
  const bytes = layers.reduce((sum, layer) => sum + layer.bytes, 0);
  const wasted = layers.reduce((sum, layer) => sum + layer.wasted, 0);
  const told: LayerReport[] = [];
  for (const [index, layer] of layers.entries()) {
    const largest = largestOf(writtenBy(archived.layers[index]?.changes ?? [], index));
    told.push({ ...layer, step: stepWords(archived.steps[index]), largest });
    await turn();
  }
  const largest = largestOf(filesOf(root));
  await turn();
  const packages = packageSizes(root, (path, { layer }) => archived.layers[layer]?.records.get(path));
  await turn();
  const parts = partsOf(root);
  // Layers are counted from 1 by whoever reads it.
  const lost = together(waste).map((one) => ({ ...one, layer: one.layer + 1, by: one.by + 1 }));
  return {
    image,
    bytes,
    wasted,
    layers: told,
    largest,
    packages,
    twice: cudaTwice(root),
    waste: lost,
    caches: cachesIn(root),
    parts,
  };
}

function* writtenBy(changes: readonly Change[], index: number): Generator<FileSize> {
  for (const { path, bytes } of changes) yield { path, bytes, layer: index + 1 };
}

/** As it stands in the Dockerfile, without what builders add; values of build arguments, which may be secrets, stay out. */
export function stepWords(made: string | undefined): string | undefined {
  if (made === undefined) return undefined;
  const plain = made
    .replace(/# buildkit$/, '')
    .replace(/^(?:RUN )?(?:\|\d+ .*?)?\/bin\/sh -c #\(nop\)\s*/s, '')
    .replace(/^(?:RUN )?(?:\|\d+ .*?)?\/bin\/sh -c /s, 'RUN ')
    .replace(/^RUN \|\d+ .*/s, 'RUN …')
    .trim();
  return redact(plain) || undefined;
}

/** As somebody reads it; `docker import` leaves a comment where the others have an instruction. */
export function stepLabel(step: string | undefined): string {
  if (step === undefined) return t('(the image does not tell)');
  const source = /^Imported from (\S+)$/i.exec(step)?.[1];
  if (source === undefined) return step;
  return source === '-' ? t('(imported from an archive)') : t('(imported from {0})', source);
}

function largestOf(files: Iterable<FileSize>): readonly FileSize[] {
  let found: FileSize[] = [];
  for (const file of files) {
    if (!file.bytes || file.bytes <= (found[most - 1]?.bytes ?? 0)) continue;
    found = [...found, file].sort((a, b) => b.bytes - a.bytes).slice(0, most);
  }
  return found;
}

function* filesOf(root: Folder): Generator<FileSize> {
  const seen = new Set<File>();
  const waiting: (readonly [string, Folder])[] = [['', root]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [path, folder] = next;
    for (const [name, item] of folder.children) {
      const below = path ? `${path}/${name}` : name;
      if (isFolder(item)) waiting.push([below, item]);
      else if (item.names < 2 || !seen.has(item)) {
        seen.add(item);
        yield { path: below, bytes: item.bytes, layer: item.layer + 1 };
      }
    }
  }
}

/** What was lost at one path several times, once; the largest first. */
function together(waste: readonly Waste[]): readonly Waste[] {
  const byPath = new Map<string, Waste>();
  for (const one of waste) {
    const before = byPath.get(one.path);
    byPath.set(one.path, before ? { ...one, bytes: before.bytes + one.bytes, layer: before.layer } : one);
  }
  return [...byPath.values()].sort((a, b) => b.bytes - a.bytes).slice(0, mostWaste);
}

type Shown = { readonly path: string; readonly item: File | Folder; readonly bytes: number };

/** The largest folder is taken apart again and again, until there are as many parts as one can look at. */
function partsOf(root: Folder): readonly Part[] {
  const sizes = new Map<Folder, number>();
  const least = measure(root, sizes) / 100;
  const sizeOf = (item: File | Folder) => (isFolder(item) ? (sizes.get(item) ?? 0) : share(item));
  const parts: Part[] = [];
  let small = 0;
  const folders: Shown[] = [{ path: '', item: root, bytes: sizes.get(root) ?? 0 }];
  while (folders.length && parts.length + folders.length < mostParts) {
    folders.sort((a, b) => b.bytes - a.bytes);
    const { path, item, bytes } = folders.shift() as Shown;
    const inside = isFolder(item) ? [...item.children] : [];
    const shown = inside
      .map(([name, item]) => ({ path: path ? `${path}/${name}` : name, item, bytes: sizeOf(item) }))
      .filter(({ bytes }) => bytes > least)
      .sort((a, b) => b.bytes - a.bytes)
      // Half of the places that are left, so that there are some for what is taken apart after it.
      .slice(0, Math.ceil((mostParts - parts.length - folders.length) / 2));
    folders.push(...shown.filter(({ item }) => isFolder(item)));
    parts.push(...shown.filter(({ item }) => !isFolder(item)));
    const rest = bytes - shown.reduce((sum, { bytes }) => sum + bytes, 0);
    if (!shown.length) parts.push({ path, bytes });
    // Of the image itself, what is left of it and what is small anywhere are one.
    else if (path && rest > least) parts.push({ path, bytes: rest, rest: true });
    else small += rest;
  }
  return [...parts, ...folders, { path: '', bytes: small, rest: true }]
    .map(({ path, bytes, rest }: Part) => ({ path, bytes: Math.round(bytes), rest }))
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes);
}

function measure(folder: Folder, sizes: Map<Folder, number>): number {
  let bytes = 0;
  for (const item of folder.children.values()) bytes += isFolder(item) ? measure(item, sizes) : share(item);
  sizes.set(folder, bytes);
  return bytes;
}

/** A file of several names takes its space once. */
const share = ({ bytes, names }: File) => bytes / names;
