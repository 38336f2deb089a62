/** No file that people write about a project is larger, in bytes. */
export const usualLimit = 2_000_000;
/** A frontend of BuildKit gets a Dockerfile in a message, which is at most as large (containerd, `DefaultMaxRecvMsgSize`). */
export const dockerfileLimit = 16_000_000;
/** So many entries of a folder are looked at. */
export const mostEntries = 20_000;

/** What the service asks of the outside. */
export interface Ports {
  /**
   * Text of the file at a URI; undefined when there is none, and when it cannot or may not be read.
   * @param limit in bytes; a larger file cannot be read. `usualLimit` where left out
   */
  readFile(uri: string, limit?: number): Promise<string | undefined>;
  /**
   * The beginning of what zlib or gzip packed into the file at a URI, as text; undefined where neither did. Left out where bytes cannot be read.
   * @param limit in bytes, of the file and of what is told of it
   */
  readUnpacked?(uri: string, limit: number): Promise<string | undefined>;
  /** Whether a file is there that may not be read, as nobody trusts its folder yet. Left out where all may be read. */
  isPassedOver?(uri: string): Promise<boolean>;
  /** Somebody works on the files, and is shown anew what is found when they change. */
  readonly isLive?: boolean;
  /** What lies in the folder at a URI; undefined when it cannot be listed. Left out where no folder can be. */
  listFolder?(uri: string): Promise<readonly FolderEntry[] | undefined>;
  log(level: 'info' | 'warn' | 'error', message: string): void;
  /** Told what is wrong in a configuration file whenever it was read; left out where the log is enough. */
  reportProblems?(uri: string, text: string, problems: readonly FileProblem[]): void;
  /** Left out where no program may be run. */
  readonly runShellcheck?: RunShellcheck;
  /** Left out where nobody outside may be asked. */
  readonly listTags?: ListTags;
}

/**
 * What ShellCheck says of a script, the entries of `comments` in its format `json1`; undefined where there is no
 * ShellCheck, where it failed, and where it was told to stop.
 * @param script begins with the line `#!` that names its dialect
 */
export type RunShellcheck = (script: string, signal?: AbortSignal) => Promise<readonly unknown[] | undefined>;

/**
 * The tags of a repository of Docker Hub; undefined where it gave none, and where it was told to stop.
 * @param repository as a registry knows it: `library/python`
 */
export type ListTags = (repository: string, signal?: AbortSignal) => Promise<readonly string[] | undefined>;

export interface FolderEntry {
  readonly name: string;
  /** A link is a file, also where it points to a folder. */
  readonly kind: 'file' | 'folder';
  /** In bytes; 0 for a folder. */
  readonly size: number;
  /** When it last changed, in milliseconds since 1970; 0 for a folder. */
  readonly changed: number;
}

/** What is wrong in a file that is not a Dockerfile. */
export interface FileProblem {
  readonly message: string;
  /** The rule that says so, and where it is explained; undefined where a file cannot be read. */
  readonly code?: string;
  readonly page?: string | undefined;
  readonly severity?: 'error' | 'warning' | 'info' | 'style' | 'hint';
  /** Offsets into the text; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}
