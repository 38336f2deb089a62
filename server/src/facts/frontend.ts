import type { Dockerfile } from '../syntax/tree.ts';

/** What reads the file. */
export interface Frontend {
  /** Docker's own; another one, which `# syntax=` names, may know other instructions and flags. */
  readonly isDocker: boolean;
  /** The minor version of syntax 1 that the directive asks for; undefined where it is whatever the builder has. */
  readonly minor: number | undefined;
}

const docker = /(?:^|\/)docker\/dockerfile(?:-upstream)?(?=[:@]|$)/;

export function frontendOf({ directives }: Dockerfile): Frontend {
  const image = directives.find(({ name }) => name === 'syntax')?.value;
  if (image === undefined) return { isDocker: true, minor: undefined };
  const minor = /:1\.(\d+)(?:\.\d+)?$/.exec(image)?.[1];
  return { isDocker: docker.test(image), minor: minor === undefined ? undefined : Number(minor) };
}
