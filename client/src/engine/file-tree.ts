// What a tree of files can do, wherever it is: in a container, a volume or a layer.
import type { TarEntry } from './tar.ts';
import type { TarSource } from './tar-write.ts';

export type FileKind = 'file' | 'folder' | 'link' | 'other';

export type Owner = { readonly uid: number; readonly gid: number };

export type FileStat = {
  readonly kind: FileKind;
  /** Of a file. */
  readonly size: number;
  /** Where it is told, as the mode. */
  readonly modified?: Date;
  readonly mode?: number;
  /** Of a link, as it is written there or all the way; nothing where it leads out of the tree. */
  readonly target: string;
};

export type FileEntry = {
  readonly name: string;
  readonly kind: FileKind;
  /** A link to a folder. */
  readonly toFolder?: boolean;
  /** Where it was told. */
  readonly size?: number;
  /** What else is said of it. */
  readonly words?: string;
  /** It was there before, and is told of as it is not any more. */
  readonly isGone?: boolean;
};

export type Listing = {
  readonly entries: readonly FileEntry[];
  /** False where there is more than was looked at. */
  readonly isWhole: boolean;
};

/** Not all come out of an archive. */
export type ReadEntry = Omit<TarEntry, 'peek'>;

export type EntriesFor = (owner: Owner) => AsyncIterable<TarSource> | Iterable<TarSource>;

/** Paths are absolute. Each throws what is wrong in a failure. */
export type FileTree = {
  /** Nothing in it can be changed. */
  readonly isReadOnly?: boolean;
  /** Of a link the link; undefined where nothing is. */
  stat(path: string): Promise<FileStat | undefined>;
  /** Of a folder, or of the one that a link leads to. */
  list(path: string): Promise<Listing>;
  /** A file or folder, then all that is below it; names begin with its own. */
  read(path: string, signal?: AbortSignal): AsyncGenerator<ReadEntry>;
  /** The content of a file. One that is there keeps owner and mode, a new one belongs to whom its folder belongs to. */
  write(path: string, content: Uint8Array): Promise<void>;
  /** Unpacks files and folders in a folder, in place of what has the same names. They get its owner. */
  put(folder: string, entries: EntriesFor, signal?: AbortSignal): Promise<void>;
  /** Fails where something is. */
  makeFolder(path: string): Promise<void>;
  /** Throws what keeps these from being deleted and renamed, for those that ask something first. */
  mayTakeAway(...paths: readonly string[]): Promise<void>;
  /** With all that is below. */
  remove(path: string): Promise<void>;
  /** Fails where something has the new name, unless that may be replaced. */
  rename(path: string, to: string, replace?: boolean): Promise<void>;
};

/** What writes, for a tree in which nothing can be changed. */
export function refusing(refuse: () => Promise<never>) {
  return {
    isReadOnly: true,
    write: refuse,
    put: refuse,
    makeFolder: refuse,
    mayTakeAway: refuse,
    remove: refuse,
    rename: refuse,
  } as const satisfies Partial<FileTree>;
}
