/** What the service asks of the outside. */
export interface Ports {
  /** Text of the file at a URI; undefined when there is none or it cannot be read. */
  readFile(uri: string): Promise<string | undefined>;
  log(level: 'info' | 'warn' | 'error', message: string): void;
  /** Told what is wrong in a configuration file whenever it was read; left out where the log is enough. */
  reportProblems?(uri: string, text: string, problems: readonly FileProblem[]): void;
  /** Left out where no program may be run. */
  readonly runShellcheck?: RunShellcheck;
}

/**
 * What ShellCheck says of a script, the entries of `comments` in its format `json1`; undefined where there is no
 * ShellCheck, where it failed, and where it was told to stop.
 * @param script begins with the line `#!` that names its dialect
 */
export type RunShellcheck = (script: string, signal?: AbortSignal) => Promise<readonly unknown[] | undefined>;

/** What is wrong in a file that is not a Dockerfile. */
export interface FileProblem {
  readonly message: string;
  /** Offsets into the text; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}
