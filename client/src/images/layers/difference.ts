// Two images beside each other, as a container sees their files: by file and by Python package.
import type { ArchivedImage } from './archive.ts';
import { packageSizes, plainName } from './packages.ts';
import { type SettingDifference, settingDifferences } from './settings.ts';
import { type File, type Folder, isFolder, mergeLayers, turn } from './tree.ts';

export type How = 'added' | 'removed' | 'changed';
export type FileDifference = {
  readonly path: string;
  readonly how: How;
  readonly before: number;
  readonly after: number;
};
export type PackageDifference = {
  readonly name: string;
  readonly how: How;
  /** Versions, where it is there. */
  readonly from?: string;
  readonly to?: string;
  readonly before: number;
  readonly after: number;
};
export type Sum = { files: number; before: number; after: number };

export type Difference = {
  readonly first: string;
  readonly second: string;
  /** Of all files. */
  readonly before: number;
  readonly after: number;
  /** Of all layers: with what later ones delete or write again. */
  readonly layers: { readonly before: number; readonly after: number };
  readonly sums: Readonly<Record<How, Sum>>;
  /** Those that make most of a difference. */
  readonly files: readonly FileDifference[];
  readonly packages: readonly PackageDifference[];
  readonly settings: readonly SettingDifference[];
};

/** An image with its name and what `inspect` says of it. */
type Side = { readonly ref: string; readonly raw?: unknown; readonly archived: ArchivedImage };

const mostFiles = 300;

export async function differenceOf(first: Side, second: Side): Promise<Difference> {
  const sides = [await sideOf(first.archived), await sideOf(second.archived)] as const;
  const sums = { added: none(), removed: none(), changed: none() };
  let files: FileDifference[] = [];
  let done = 0;
  for (const one of compare(sides[0].root, sides[1].root, '')) {
    const sum = sums[one.how];
    sum.files++;
    sum.before += one.before;
    sum.after += one.after;
    files.push(one);
    if (files.length > 10 * mostFiles) files = largest(files);
    if (++done % 20_000 === 0) await turn();
  }
  return {
    first: first.ref,
    second: second.ref,
    before: sides[0].bytes,
    after: sides[1].bytes,
    layers: { before: sides[0].inLayers, after: sides[1].inLayers },
    sums,
    files: largest(files),
    packages: packagesOf(sides[0].packages, sides[1].packages),
    settings: settingDifferences(first.raw, second.raw),
  };
}

const none = (): Sum => ({ files: 0, before: 0, after: 0 });
const weight = ({ before, after }: { readonly before: number; readonly after: number }) =>
  Math.abs(after - before);
const largest = (files: readonly FileDifference[]) =>
  files
    .toSorted((a, b) => weight(b) - weight(a) || b.after - a.after || (a.path < b.path ? -1 : 1))
    .slice(0, mostFiles);

type Package = { readonly name: string; version: string; bytes: number };

async function sideOf({ layers }: ArchivedImage) {
  const { root, layers: sums } = await mergeLayers(layers);
  await turn();
  const packages = new Map<string, Package>();
  const found = packageSizes(root, (path, { layer }) => layers[layer]?.records.get(path), false);
  for (const { name, version = '', bytes } of found) {
    const before = packages.get(plainName(name));
    if (!before) packages.set(plainName(name), { name, version, bytes });
    else {
      // In two environments.
      before.bytes += bytes;
      before.version = [...new Set([...before.version.split(', '), version])].sort().join(', ');
    }
  }
  let bytes = 0;
  for (const [, file] of filesBelow(root, '')) bytes += share(file);
  await turn();
  const inLayers = sums.reduce((sum, { bytes }) => sum + bytes, 0);
  return { root, packages, bytes: Math.round(bytes), inLayers };
}

/** A file of several names takes its space once. */
const share = ({ bytes, names }: File) => bytes / names;

function* filesBelow(item: File | Folder, path: string): Generator<readonly [path: string, file: File]> {
  if (!isFolder(item)) return yield [path, item];
  for (const [name, child] of item.children) yield* filesBelow(child, path ? `${path}/${name}` : name);
}

function* compare(
  before: File | Folder | undefined,
  after: File | Folder | undefined,
  path: string,
): Generator<FileDifference> {
  if (isFolder(before) && isFolder(after)) {
    for (const name of new Set([...before.children.keys(), ...after.children.keys()]))
      yield* compare(before.children.get(name), after.children.get(name), path ? `${path}/${name}` : name);
    return;
  }
  if (before && after && !isFolder(before) && !isFolder(after)) {
    const isSame =
      before.bytes === after.bytes && before.sum === after.sum && before.special === after.special;
    if (!isSame) yield { path, how: 'changed', before: share(before), after: share(after) };
    return;
  }
  for (const [at, file] of before ? filesBelow(before, path) : [])
    yield { path: at, how: 'removed', before: share(file), after: 0 };
  for (const [at, file] of after ? filesBelow(after, path) : [])
    yield { path: at, how: 'added', before: 0, after: share(file) };
}

/** Those whose version is another one first, then by how much they differ. */
function packagesOf(
  before: ReadonlyMap<string, Package>,
  after: ReadonlyMap<string, Package>,
): readonly PackageDifference[] {
  const found = [...new Set([...before.keys(), ...after.keys()])].flatMap((key): PackageDifference[] => {
    const [old, now] = [before.get(key), after.get(key)];
    const common = { from: old?.version, to: now?.version, before: old?.bytes ?? 0, after: now?.bytes ?? 0 };
    const name = (now ?? old)?.name ?? key;
    if (!old) return [{ name, how: 'added', ...common }];
    if (!now) return [{ name, how: 'removed', ...common }];
    return old.version === now.version && old.bytes === now.bytes
      ? []
      : [{ name, how: 'changed', ...common }];
  });
  return found.sort((a, b) => weight(b) - weight(a) || a.name.localeCompare(b.name));
}
