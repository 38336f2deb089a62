import type { Instruction } from '../syntax/tree.ts';
import { remember } from '../text/remember.ts';
import type { FileFacts } from './file-facts.ts';
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
