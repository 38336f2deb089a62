// Python packages in the files of an image, by size: a folder that holds `NAME-VERSION.dist-info` holds packages.
import type { OwnedNames } from './record.ts';
import { type File, type Folder, isFolder } from './tree.ts';

export type PackageSize = {
  readonly name: string;
  readonly version?: string;
  readonly bytes: number;
  /** The folder of the packages. */
  readonly folder: string;
  /** How many packages it stands for. */
  readonly count: number;
};

/** The name under which the `nvidia-…` packages are counted: they bring the libraries of CUDA, all below one folder. */
export const cudaLibraries = 'CUDA libraries';
const cudaFolder = 'nvidia';

type Found = { readonly name: string; readonly version?: string; readonly info: string; owned: OwnedNames };

export function packageSizes(
  root: Folder,
  recordAt: (path: string, record: File) => OwnedNames | undefined,
  /** The libraries of CUDA as one. */
  together = true,
): readonly PackageSize[] {
  const sizes: PackageSize[] = [];
  const look = (folder: Folder, path: string) => {
    const found = packagesIn(folder, path, recordAt);
    // What lies deeper was brought along by a package, and is part of it.
    if (found.length) sizes.push(...sizesIn(folder, path, found, together));
    else
      for (const [name, child] of folder.children)
        if (isFolder(child)) look(child, path ? `${path}/${name}` : name);
  };
  look(root, '');
  return sizes.sort((a, b) => b.bytes - a.bytes || a.name.localeCompare(b.name));
}

function packagesIn(
  folder: Folder,
  path: string,
  recordAt: (path: string, record: File) => OwnedNames | undefined,
): readonly Found[] {
  return [...folder.children].flatMap(([info, item]) => {
    const match = /^([^-]+)-([^-]+)\.dist-info$/.exec(info);
    if (!match || !isFolder(item)) return [];
    const [, name = '', version] = match;
    const record = item.children.get('RECORD');
    const owned = record && !isFolder(record) ? recordAt(`${path}/${info}/RECORD`, record) : undefined;
    // Without a RECORD, as Debian's have none, its module is taken to be called as it is.
    return [{ name, version, info, owned: owned ?? namedAlike(folder, name) }];
  });
}

function namedAlike(folder: Folder, name: string): OwnedNames {
  const tops = [...folder.children.keys()].filter(
    (top) => plainName(top.replace(/\.py$/, '')) === plainName(name),
  );
  return new Map(tops.map((top) => [top, new Set<string>()]));
}

export const plainName = (name: string) => name.toLowerCase().replace(/[-_.]+/g, '-');

function sizesIn(
  folder: Folder,
  path: string,
  found: readonly Found[],
  together: boolean,
): readonly PackageSize[] {
  const bytes = new Map(found.map((one) => [one, 0]));
  const add = (owner: Found, item: File | Folder) =>
    bytes.set(owner, (bytes.get(owner) ?? 0) + bytesOf(item));
  const byTop = new Map<string, Found[]>();
  for (const one of found) {
    for (const top of new Set([...one.owned.keys(), one.info]))
      byTop.set(top, [...(byTop.get(top) ?? []), one]);
  }
  for (const [top, item] of folder.children) {
    const [owner, ...others] = byTop.get(top) ?? [];
    if (!owner) continue;
    if (!others.length || !isFolder(item)) {
      add(owner, item);
      continue;
    }
    // A folder of several packages: what lies in it belongs to the one that names it.
    for (const [below, part] of item.children) {
      const named = [owner, ...others].find(({ owned }) => owned.get(top)?.has(below));
      add(named ?? owner, part);
    }
  }
  const isCuda = ({ owned }: Found) => together && owned.has(cudaFolder);
  const cuda = found.filter(isCuda);
  const rest = found
    .filter((one) => !isCuda(one))
    .map((one) => ({
      name: one.name,
      version: one.version,
      bytes: bytes.get(one) ?? 0,
      folder: path,
      count: 1,
    }));
  if (!cuda.length) return rest;
  const sum = cuda.reduce((sum, one) => sum + (bytes.get(one) ?? 0), 0);
  return [...rest, { name: cudaLibraries, bytes: sum, folder: path, count: cuda.length }];
}

/** Of a file with several names each counts its bytes; where it matters they are in one folder and counted once. */
export function bytesOf(item: File | Folder, seen = new Set<File>()): number {
  if (!isFolder(item)) {
    if (item.names < 2) return item.bytes;
    if (seen.has(item)) return 0;
    seen.add(item);
    return item.bytes;
  }
  let bytes = 0;
  for (const child of item.children.values()) bytes += bytesOf(child, seen);
  return bytes;
}
