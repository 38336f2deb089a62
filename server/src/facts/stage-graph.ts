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
export function usedStage(
  facts: Pick<FileFacts, 'stages' | 'options'>,
  text: string,
  numbers: boolean,
): Stage | undefined {
  if (numbers && /^\+?\d+$/.test(text)) return facts.stages[Number(text)];
  return findStage(facts.stages, text, facts.options);
}

/** Some stages with those that they build on or take files from, directly or through others. */
export function reachableFrom(
  starts: readonly Stage[],
  neighbours: (stage: Stage) => readonly Stage[],
): ReadonlySet<Stage> {
  const seen = new Set(starts);
  for (const stage of seen) for (const next of neighbours(stage)) seen.add(next);
  return seen;
}

/**
 * For each stage one that stands for it and for all that it reaches and that reach it: equal where two need each other.
 * (Kosaraju: the stages in the order in which a walk is done with them, then walked against the arrows from the last.)
 */
export function circlesOf(
  stages: readonly Stage[],
  neighbours: (stage: Stage) => readonly Stage[],
): ReadonlyMap<Stage, Stage> {
  const done: Stage[] = [];
  const seen = new Set<Stage>();
  const users = new Map<Stage, Stage[]>();
  for (const start of stages) {
    // No recursion: a chain of stages may be as long as the file.
    const open = [{ stage: start, next: 0 }];
    if (seen.has(start)) continue;
    seen.add(start);
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const used = neighbours(top.stage)[top.next++];
      if (!used) {
        done.push(top.stage);
        open.pop();
        continue;
      }
      const known = users.get(used);
      if (known) known.push(top.stage);
      else users.set(used, [top.stage]);
      if (seen.has(used)) continue;
      seen.add(used);
      open.push({ stage: used, next: 0 });
    }
  }
  const circles = new Map<Stage, Stage>();
  for (const first of done.reverse()) {
    if (circles.has(first)) continue;
    circles.set(first, first);
    const members = new Set([first]);
    for (const member of members) {
      for (const user of users.get(member) ?? []) {
        if (circles.has(user)) continue;
        circles.set(user, first);
        members.add(user);
      }
    }
  }
  return circles;
}
