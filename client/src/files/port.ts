// What a tree of files can do, wherever it is: in a container now, in volumes and layers by the same port.
import type { TarEntry } from '../engine/tar.ts';

export type FileKind = 'file' | 'folder' | 'link' | 'other';

export type FileStat = {
  readonly kind: FileKind;
  /** Of a file. */
  readonly size: number;
  readonly modified: Date;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Of a link. */
  readonly target: string;
};

export type FileEntry = {
  readonly name: string;
  readonly kind: FileKind;
  /** A link to a folder. */
  readonly toFolder?: boolean;
  /** Where it was told. */
  readonly size?: number;
};

export type Listing = {
  readonly entries: readonly FileEntry[];
  /** False where there is more than was looked at. */
  readonly isWhole: boolean;
};

/** Paths are absolute. Each throws what is wrong in a failure. */
export type FileTree = {
  /** Of a link the link; undefined where nothing is. */
  stat(path: string): Promise<FileStat | undefined>;
  /** Of a folder, or of the one that a link leads to. */
  list(path: string): Promise<Listing>;
  /** A file or folder, then all that is below it; names begin with its own. */
  read(path: string, signal?: AbortSignal): AsyncGenerator<TarEntry>;
};
