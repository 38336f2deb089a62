// Caches of package managers that an image still carries, which its containers have no use for.
import { type File, type Folder, isFolder } from './tree.ts';

export type CacheSize = {
  readonly path: string;
  readonly bytes: number;
  /** Whose it is. */
  readonly tool: string;
  /** The one that most of it was written in, counted from 1. */
  readonly layer: number;
};

/** Where they keep them by themselves; the first are of the system, the others lie in a home or wherever XDG_CACHE_HOME says. */
const atRoot: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'var/lib/apt/lists': 'apt',
    'var/cache/apt': 'apt',
    'var/cache/apk': 'apk',
    'etc/apk/cache': 'apk',
    'var/cache/dnf': 'dnf',
    'var/cache/libdnf5': 'dnf',
    'var/cache/yum': 'yum',
    'var/cache/zypp': 'zypper',
  }),
);
const anywhere: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '.cache/pip': 'pip',
    '.cache/uv': 'uv',
    '.cache/pypoetry/cache': 'poetry',
    '.cache/pypoetry/artifacts': 'poetry',
    '.cache/pdm': 'pdm',
    '.cache/pipenv': 'pipenv',
    '.cache/rattler': 'pixi',
    '.cache/yarn': 'yarn',
    '.cache/go-build': 'go',
    '.conda/pkgs': 'conda',
    '.npm/_cacache': 'npm',
    '.cargo/registry': 'cargo',
  }),
);

export function cachesIn(root: Folder): readonly CacheSize[] {
  const found: CacheSize[] = [];
  const look = (folder: Folder, path: string, above: Folder | undefined) => {
    const tool = toolOf(folder, path, above);
    if (tool) {
      const cache = { path, tool, ...measured(folder) };
      if (cache.bytes) found.push(cache);
      return;
    }
    for (const [name, child] of folder.children)
      if (isFolder(child)) look(child, path ? `${path}/${name}` : name, folder);
  };
  look(root, '', undefined);
  return found.sort((a, b) => b.bytes - a.bytes);
}

function toolOf({ children }: Folder, path: string, above: Folder | undefined): string | undefined {
  const parts = path.split('/');
  const known =
    atRoot.get(path) ?? [2, 3].map((count) => anywhere.get(parts.slice(-count).join('/'))).find(Boolean);
  if (known) return known;
  // Of an installation of conda, wherever that is (docs.conda.io, Managing environments).
  if (parts.at(-1) === 'pkgs' && above && isFolder(above.children.get('conda-meta'))) return 'conda';
  // Told another place by PIP_CACHE_DIR or UV_CACHE_DIR, they are known by what is in them.
  if (children.has('selfcheck') && (children.has('http-v2') || children.has('http'))) return 'pip';
  const isOfUv = (name: string) => name.startsWith('archive-v') || name.startsWith('simple-v');
  return children.has('CACHEDIR.TAG') && [...children.keys()].some(isOfUv) ? 'uv' : undefined;
}

/** What would go with it: uv and conda link the files of packages to where they are used, where their bytes stay. */
function measured(folder: Folder): Pick<CacheSize, 'bytes' | 'layer'> {
  const names = new Map<File, number>();
  const count = (item: File | Folder): void => {
    if (isFolder(item)) for (const child of item.children.values()) count(child);
    else names.set(item, (names.get(item) ?? 0) + 1);
  };
  count(folder);
  const byLayer = new Map<number, number>();
  for (const [file, here] of names)
    if (file.bytes && here === file.names)
      byLayer.set(file.layer, (byLayer.get(file.layer) ?? 0) + file.bytes);
  const [largest] = [...byLayer].sort(([, a], [, b]) => b - a);
  const bytes = [...byLayer.values()].reduce((sum, each) => sum + each, 0);
  return { bytes, layer: (largest?.[0] ?? 0) + 1 };
}
