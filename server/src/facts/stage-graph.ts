import { triggerOf } from '../syntax/parse.ts';
import type { Instruction } from '../syntax/tree.ts';
import type { Span } from '../text/span.ts';
import type { FileFacts } from './file-facts.ts';
import { readImageUses } from './image-uses.ts';
import { findStage, type Stage } from './stages.ts';

/** A place where a stage takes files from another one: COPY --from or RUN --mount=from. */
export interface StageUse {
  readonly instruction: Instruction;
  readonly span: Span;
  readonly stage: Stage;
}

/** The stages whose files a stage takes, by `COPY --from` and `RUN --mount=from`, those behind ONBUILD included. */
export function stageUses(facts: FileFacts, stage: Stage): StageUse[] {
  return stage.instructions.flatMap((outer) => {
    const instruction = triggerOf(outer) ?? outer;
    return readImageUses(instruction.node).flatMap((use): StageUse[] => {
      const found = usedStage(facts, use.text, instruction.node.keyword === 'COPY');
      return found ? [{ instruction: outer, span: instruction.at(use), stage: found }] : [];
    });
  });
}

/**
 * The stage that BuildKit takes for a `from`: also one that comes later, which then ends the build.
 * @param numbers whether a number counts the stages, as it does in COPY alone
 */
export function usedStage(facts: FileFacts, text: string, numbers: boolean): Stage | undefined {
  if (numbers && /^\+?\d+$/.test(text)) return facts.stages[Number(text)];
  return findStage(facts.stages, text, facts.options);
}

/** A stage with those that it builds on or takes files from, directly or through others. */
export function reachableFrom(
  start: Stage,
  neighbours: (stage: Stage) => readonly Stage[],
): ReadonlySet<Stage> {
  const seen = new Set([start]);
  for (const stage of seen) for (const next of neighbours(stage)) seen.add(next);
  return seen;
}
