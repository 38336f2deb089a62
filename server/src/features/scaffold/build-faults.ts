import type { KnownProject } from './known-project.ts';
import { isOldPoetry } from './package.ts';

interface Built extends KnownProject {
  readonly isPackage: boolean;
  readonly staysInPlace: boolean;
}

/** Why the project itself cannot be installed in a build, in a sentence; undefined where nothing speaks against it. */
export function buildFault(facts: Built): string | undefined {
  if (!facts.isPackage) return undefined;
  if (facts.staysInPlace && isOldPoetry(facts))
    return 'pyproject.toml names poetry.masonry.api, which cannot install a project where it lies: take poetry.core.masonry.api of poetry-core, then add the files again.';
  return undefined;
}
