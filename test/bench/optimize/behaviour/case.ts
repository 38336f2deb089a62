import type { ScaffoldKind } from '../../../../server/src/protocol/requests.ts';
import type { Project } from '../project-folder.ts';

/** How a container of the project is started, and what it is asked. */
export interface Start {
  /** Takes the place of the command, as its users write it. */
  readonly command?: readonly string[];
  /** Options of `docker run`. */
  readonly options?: readonly string[];
  /** Folders of the machine by their names, mounted where the container has the value; they belong to root. */
  readonly mounts?: Readonly<Record<string, string>>;
  /** A service: what it is asked on its port; anything else runs to its end. */
  readonly asks?: { readonly port: number; readonly path: string };
  /** The health check of the Compose file. */
  readonly health?: readonly string[];
}

/** A project with its Dockerfile, which behaves the same after Optimize Dockerfile. */
export interface OptimizeCase extends Project, Start {
  /** What can go wrong, as a row of the page says it. */
  readonly about: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  /** The refactorings that are applied; all where left out. */
  readonly only?: readonly string[];
  /** Refactorings that must be offered, as they are right here. */
  readonly offers?: readonly string[];
  /** Refactorings that must not be offered. */
  readonly never?: readonly string[];
}

/** A project without a Dockerfile, which runs from the one of Add Container Files as from its author's folder. */
export interface ScaffoldCase extends Project, Start {
  readonly about: string;
  /** The kind that is offered first, where left out. */
  readonly kind?: ScaffoldKind;
  /** What it prints or answers. */
  readonly says: string;
  /** Files that the project keeps to itself, by the end of their paths. */
  readonly secret?: readonly string[];
  /** No files at all are right as well, as something must be asked. */
  readonly mayRefuse?: true;
}
