import { cacheMounts } from './cache-mounts.ts';
import { ignoreFile } from './ignore-file.ts';
import { multiStage } from './multi-stage.ts';
import { nonRoot } from './non-root.ts';
import type { Refactoring } from './refactoring.ts';
import { fixesOf } from './rule-fixes.ts';
import { wheelDependencies } from './wheel-dependencies.ts';

/** All refactorings in the order in which they are applied, as a later one sees what an earlier one made. */
export const refactorings: readonly Refactoring[] = [
  ignoreFile,
  fixesOf({
    id: 'dependencies-first',
    title: 'Install dependencies before the code is copied',
    gain: 'After a change of the code the dependencies stay as they are, and nothing of them is pushed again.',
    codes: ['source-copied-before-deps', 'uv-sync-single-layer'],
  }),
  wheelDependencies,
  cacheMounts,
  multiStage,
  nonRoot,
];
