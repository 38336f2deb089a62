import type { Instruction } from '../syntax/tree.ts';
import { remember } from '../text/remember.ts';
import type { FileFacts } from './file-facts.ts';
import type { OptionTable } from './option-table.ts';
import { isWorkbench, startCommand } from './python-project.ts';
import { reachableFrom, stageUses } from './stage-graph.ts';
import { lineage, type Stage } from './stages.ts';

/** The stage of an instruction, where the image of the last stage holds its layers; undefined in other stages. */
export function shippedStage({ finalStage, stageOf }: FileFacts, it: Instruction): Stage | undefined {
  const stage = stageOf(it);
  return stage && finalStage && lineage(finalStage).includes(stage) ? stage : undefined;
}

/** The stages that the last one builds on or takes files from. */
export const stagesOfImage = remember((facts: FileFacts): ReadonlySet<Stage> => {
  const { finalStage } = facts;
  if (!finalStage) return new Set();
  return reachableFrom([finalStage], (stage) => [
    ...(stage.parent ? [stage.parent] : []),
    ...stageUses(facts, stage).map((use) => use.stage),
  ]);
});

/**
 * The stages whose layers get into an image that somebody ships: those of the last stage, and of another that nothing in the
 * file takes from, as `--target` may build it, unless its name says that it is for work.
 */
const shippedStages = remember((facts: FileFacts): ReadonlySet<Stage> => {
  const used = new Set(
    facts.stages.flatMap((stage) => [stage.parent, ...stageUses(facts, stage).map((use) => use.stage)]),
  );
  const ends = facts.stages.filter((stage) => stage.isFinal || (!used.has(stage) && !isForWork(stage)));
  return reachableFrom(ends, ({ parent }) => (parent ? [parent] : []));
});

/** Whether what an instruction leaves in its layer may get into an image that is shipped. */
export function mayShip(facts: FileFacts, it: Instruction): boolean {
  const stage = facts.stageOf(it);
  return stage === undefined || shippedStages(facts).has(stage);
}

/** The option of rules on what is left in the image: whether stages count that are only taken from. */
export const shippedOption = (example: string) =>
  ({
    shippedOnly: {
      default: true,
      description: 'Leave out stages whose layers get into no image, as only files are copied out of them.',
      hadolint: {
        value: false,
        reason:
          'What a builder leaves in its layers never gets into the image that is shipped, so that removing it there makes nothing smaller; hadolint looks at every stage.',
        example,
      },
    },
  }) as const satisfies OptionTable;

/** Whether a stage is one to develop or test in, by its name. */
export const isForWork = ({ name = '' }: Stage): boolean =>
  /(?:^|[-_.])(?:(?:dev|test|unittest|lint|check|debug|jupyter|notebook)[A-Za-z0-9]*|ci|local)(?:$|[-_.])/.test(
    name,
  );

/** Tools of development groups: who runs them in an image wants the group there. */
const devTools =
  /\b(?:pytest|tox|nox|ruff|mypy|pyright|black|flake8|pylint|pre-commit|coverage|jupyter\w*|notebook|ipython)\b/;

/** Whether an image is one for tests or development, or starts a shell. */
export function isToWorkIn(stage: Stage): boolean {
  const start = startCommand(stage);
  return isForWork(stage) || devTools.test(start) || (start !== '' && isWorkbench(stage));
}

/** Whether a RUN of a stage uses tools of development. */
export const usesDevTools = remember(({ byKeyword }: Stage): boolean =>
  (byKeyword.get('RUN') ?? []).some(({ node }) => devTools.test(node.text)),
);
