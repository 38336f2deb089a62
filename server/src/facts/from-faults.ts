import { isImageName } from '../syntax/image-reference.ts';
import type { Instruction } from '../syntax/tree.ts';
import { remember } from '../text/remember.ts';
import type { FileFacts } from './file-facts.ts';
import { type ImageUse, readImageUses } from './image-uses.ts';
import { readMounts } from './mounts.ts';
import { usedStage } from './stage-graph.ts';
import type { Stage } from './stages.ts';

/** Why BuildKit ends the build at the image or stage that files are taken from. */
export type FromFault = 'variable' | 'number' | 'later' | 'name';

/**
 * The fault of what stands in `COPY --from=` or in the `from=` of a mount (`toCommand`, `dispatch` and `resolveBaseImage`
 * of BuildKit 0.34.2). A stage that takes from itself is the matter of rules of their own.
 */
export function findFromFault(
  facts: FileFacts,
  instruction: Instruction,
  { text }: ImageUse,
): FromFault | undefined {
  const isCopy = instruction.node.keyword === 'COPY';
  if (text === '' || instruction.onbuild) return undefined;
  if (text.includes('$')) return isCopy ? 'variable' : undefined;
  const stage = facts.stageOf(instruction);
  if (isCopy && /^[-+]?\d+$/.test(text)) return numberFault(facts, instruction, stage, Number(text));
  const used = usedStage(facts, text, false);
  if (used) return stage && used.index > stage.index ? 'later' : undefined;
  return isImageName(text) ? undefined : 'name';
}

function numberFault(facts: FileFacts, instruction: Instruction, stage: Stage | undefined, number: number) {
  if (number < 0) return 'number';
  if (number < facts.stages.length) return stage && number > stage.index ? 'later' : undefined;
  // Behind the stages BuildKit counts the images that were taken from so far.
  return number < facts.stages.length + (imagesBefore(facts).get(instruction.index) ?? 0)
    ? undefined
    : 'number';
}

const imagesBefore = remember((facts: FileFacts): ReadonlyMap<number, number> => {
  const before = new Map<number, number>();
  let count = 0;
  for (const { node, index } of facts.file.instructions) {
    before.set(index, count);
    if (node.keyword !== 'COPY' && node.keyword !== 'RUN') continue;
    const isCopy = node.keyword === 'COPY';
    const uses = readImageUses(node).filter(({ text }) => text !== '');
    const bare = isCopy ? 0 : readMounts(node).filter(({ options }) => !options.get('from')).length;
    const images = uses.filter(({ text }) => {
      const isNumber = isCopy && /^[-+]?\d+$/.test(text);
      return !isNumber && !usedStage(facts, text, false);
    });
    count += images.length + bare;
  }
  return before;
});
