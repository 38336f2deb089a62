import { lineage, type Stage } from './stages.ts';

const known = new WeakMap<Stage, string>();

/** All that a stage and those that it builds on say, behind their FROM: for a look at what else a file does. */
export function stageText(stage: Stage): string {
  const text =
    known.get(stage) ??
    lineage(stage)
      .flatMap(({ instructions }) => instructions.map(({ node }) => node.text))
      .join('\n');
  known.set(stage, text);
  return text;
}
