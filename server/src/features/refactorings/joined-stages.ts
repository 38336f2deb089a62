import type { FileFacts } from '../../facts/file-facts.ts';
import { stageUses } from '../../facts/stage-graph.ts';
import type { Stage } from '../../facts/stages.ts';
import type { SourceTexts } from '../../project/source-texts.ts';
import { groupBy } from '../../text/group-by.ts';

/** A stage and those that build on it as one, and the names of those whose own images would not be the same. */
interface JoinedStages {
  readonly stage: Stage;
  readonly names: readonly string[];
}

/**
 * A stage joined with the one that builds on it, and so on: what moves from one to the next is in the image of the last one
 * all the same. Undefined where another stage uses one of those before, or a text tells that somebody builds it.
 */
export function joinedFrom(
  facts: FileFacts,
  first: Stage,
  around: SourceTexts | undefined,
): JoinedStages | undefined {
  const stages = [first];
  for (let at: Stage | undefined = first; at; ) {
    const next: Stage | undefined = isBuilt(at, around) ? undefined : onlyUser(facts, at);
    if (next) stages.push(next);
    at = next;
  }
  const last = stages.at(-1);
  if (!last || last === first) return undefined;
  const instructions = stages.flatMap((one) => one.instructions);
  return {
    stage: {
      ...last,
      parent: first.parent,
      base: first.base,
      instructions,
      byKeyword: groupBy(instructions, ({ node }) => node.keyword),
    },
    names: stages.slice(0, -1).flatMap(({ name }) => name ?? []),
  };
}

/** The one stage that builds on a stage, where none copies of it or mounts it. */
function onlyUser(facts: FileFacts, stage: Stage): Stage | undefined {
  const [user, more] = facts.stages.filter(({ parent }) => parent === stage);
  const isTaken = facts.stages.some((one) => stageUses(facts, one).some((use) => use.stage === stage));
  return more || isTaken ? undefined : user;
}

/** Whether a text names a stage as what is built: `--target base`, `target: base`. */
const isBuilt = ({ name = '' }: Stage, around: SourceTexts | undefined): boolean =>
  [...(around?.values() ?? [])].some((text) =>
    text.split('\n').some(
      (line) =>
        line.includes('target') &&
        line
          .toLowerCase()
          .split(/[\s"'`=:,[\]{}]+/)
          .includes(name),
    ),
  );
