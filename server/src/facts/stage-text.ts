import { remember } from '../text/remember.ts';
import { lineage, type Stage } from './stages.ts';

/** All that a stage and those that it builds on say, behind their FROM. */
const stageText = remember((stage: Stage): string =>
  lineage(stage)
    .flatMap(({ instructions }) => instructions.map(({ node }) => node.text))
    .join('\n'),
);

const answersOf = remember((_: Stage) => new Map<object, boolean>());

/**
 * Whether a pattern, a constant of the caller's, is found in what a stage and those that it builds on say behind their FROM.
 * Each is looked for once.
 */
export function stageSays(stage: Stage, pattern: { test(text: string): boolean }): boolean {
  const answers = answersOf(stage);
  const answer = answers.get(pattern) ?? pattern.test(stageText(stage));
  answers.set(pattern, answer);
  return answer;
}
