import { lineage, type Stage } from './stages.ts';

const texts = new WeakMap<Stage, string>();

/** All that a stage and those that it builds on say, behind their FROM. */
function stageText(stage: Stage): string {
  const text =
    texts.get(stage) ??
    lineage(stage)
      .flatMap(({ instructions }) => instructions.map(({ node }) => node.text))
      .join('\n');
  texts.set(stage, text);
  return text;
}

const answers = new WeakMap<Stage, Map<RegExp, boolean>>();

/**
 * Whether a pattern, a constant of the caller's, is found in what a stage and those that it builds on say behind their FROM.
 * Each is looked for once.
 */
export function stageSays(stage: Stage, pattern: RegExp): boolean {
  const known = answers.get(stage) ?? new Map<RegExp, boolean>();
  const answer = known.get(pattern) ?? pattern.test(stageText(stage));
  known.set(pattern, answer);
  answers.set(stage, known);
  return answer;
}
