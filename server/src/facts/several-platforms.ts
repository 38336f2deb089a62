import { lineage, type Stage } from './stages.ts';

/**
 * Whether a stage is meant for more than one platform: it, or one that it builds on, asks which one it is built for
 * (Dockerfile reference, "Automatic platform ARGs in the global scope").
 */
export function isForSeveralPlatforms(stage: Stage): boolean {
  return lineage(stage).some(({ byKeyword }) =>
    (byKeyword.get('ARG') ?? []).some(({ node }) => /TARGET(?:ARCH|PLATFORM)/.test(node.text)),
  );
}
