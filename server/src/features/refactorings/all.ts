import { cacheMounts } from './cache-mounts/cache-mounts.ts';
import { dependenciesFirst } from './dependencies-first.ts';
import { ignoreFile } from './ignore-file.ts';
import { multiStage } from './multi-stage/multi-stage.ts';
import { nonRoot } from './non-root/non-root.ts';
import type { Refactoring } from './refactoring.ts';
import { wheelDependencies } from './wheel-dependencies.ts';

/** All refactorings in the order in which they are applied, as a later one sees what an earlier one made. */
export const refactorings: readonly Refactoring[] = [
  ignoreFile,
  dependenciesFirst,
  wheelDependencies,
  cacheMounts,
  multiStage,
  nonRoot,
];
