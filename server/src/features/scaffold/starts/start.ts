import type { Arguments } from './arguments.ts';

/** What a container runs. */
export interface Start {
  readonly words: readonly string[];
  /** Follows them where nothing else is said, as `--help`. */
  readonly help?: string;
  /** It does nothing without arguments. */
  readonly asks?: Arguments;
  /** It needs the files of the project and not only an installed package. */
  readonly needsSources: boolean;
  /** Folders of the project in which Python must look for modules beside its own; `''` is the project's. */
  readonly roots: readonly string[];
  /** The file of the project that it runs. */
  readonly file?: string | undefined;
  /** The folder of the project in which it is started; the project's own where it is left out. */
  readonly folder?: string;
  readonly service?: Service;
  /** Where a program that is no service for certain listens. */
  readonly port?: number;
  /** What it is told by the environment. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** Where a service listens, and how it is asked for its health. */
export interface Service {
  readonly port: number;
  /** A path that answers where the service is well; undefined where none is known. */
  readonly health: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
}

/** One of the things that a project can start. */
export interface Candidate {
  readonly start: Start;
  /** The file that speaks for it. */
  readonly file: string | null;
  /** Of several only those with the lowest number count. */
  readonly rank: number;
  /** How the project may name it where it says what it starts. */
  readonly names: readonly string[];
  /** It is asked for even where it is the only one. */
  readonly isDoubtful?: boolean;
  /** It lies where nobody looks for it first, so it counts only where the project names it. */
  readonly isUnusual?: boolean;
}

/** A command as people write it in a terminal. */
export const lineOf = (words: readonly string[]) =>
  words.map((word) => (/[\s"'$&|;<>()*?\\]/.test(word) ? `'${word}'` : word)).join(' ');
