import { triggerOf } from '../syntax/parse.ts';
import type { Copy } from '../syntax/tree.ts';
import type { Span } from '../text/span.ts';
import type { FileFacts } from './file-facts.ts';
import { readImageUses } from './image-uses.ts';
import { resolveWord } from './scope.ts';
import { usedStage } from './stage-graph.ts';
import type { Stage } from './stages.ts';

/** A path that is copied from another image. */
export interface ForeignCopy {
  readonly path: string | undefined;
  readonly place: Span;
  /** What stands behind `--from`, and the stage that it is. */
  readonly image: string;
  readonly stage: Stage | undefined;
}

/** What a stage copies from other stages and images. */
export function foreignCopies(facts: FileFacts, stage: Stage): ForeignCopy[] {
  return stage.instructions.flatMap((outer) => {
    const it = triggerOf(outer) ?? outer;
    const [use] = it.node.keyword === 'COPY' ? readImageUses(it.node) : [];
    if (!use) return [];
    return (it.node as Copy).sources.map((word) => ({
      path: resolveWord(facts.file, stage, outer, word)?.replace(/(?<=.)\/$/, ''),
      place: it.at(word),
      image: use.text,
      stage: usedStage(facts, use.text, true),
    }));
  });
}
