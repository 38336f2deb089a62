import { type PipTargets, readPipTargets } from './pip.ts';
import { stageSays } from './stage-text.ts';
import type { Stage } from './stages.ts';
import type { UvCommand } from './uv.ts';

/** What uv is asked to install, where it takes the newest release that there is. */
export function readUvTargets(stage: Stage | undefined, { verb, args }: UvCommand): PipTargets | undefined {
  if (!/^(?:pip install|add|tool install)$/.test(verb)) return undefined;
  if (stage && stageSays(stage, uvBound)) return undefined;
  return args.some(({ value }) => uvHolding.test(value)) ? undefined : readPipTargets(args);
}

/** Flags by which something else decides over the version, or nothing is installed. */
const uvHolding =
  /^--(?:exclude-newer|no-index|offline|tag|rev|frozen|group|dry-run|overrides?|with-requirements)(?:=|$)/;
/** Settings that do the same. */
const uvBound = /\bUV_(?:EXCLUDE_NEWER|CONSTRAINT|OVERRIDE|OFFLINE|NO_INDEX)\b/;
