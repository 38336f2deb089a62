import { triggerOf } from '../syntax/parse.ts';
import type { Edit } from '../text/edit.ts';
import type { FileFacts } from './file-facts.ts';
import { readImageUses } from './image-uses.ts';
import type { Stage } from './stages.ts';

/**
 * Edits that give a stage another name wherever the file names it; upper and lower case count as one, as for Docker.
 * Only places that differ from the new name are touched.
 */
export function renameStage({ file, stages }: FileFacts, stage: Stage, newName: string): Edit[] {
  const { alias } = stage.from.node;
  if (!alias) return [];
  const old = alias.value.toLowerCase();
  const below = stages.filter(({ index }) => index > stage.index);
  const places = [
    stage.from.at(alias),
    ...below.flatMap(({ from }) => (from.node.imageWord ? [from.at(from.node.imageWord)] : [])),
    ...file.instructions.flatMap((outer) => {
      const instruction = triggerOf(outer) ?? outer;
      return readImageUses(instruction.node).map((use) => instruction.at(use));
    }),
  ];
  return places.flatMap((span): Edit[] => {
    const text = file.text.slice(span.start, span.end);
    const [, quote = '', name = ''] = /^(["']?)(.*)\1$/s.exec(text) ?? [];
    const isIt = name.toLowerCase() === old && name !== newName;
    return isIt ? [{ span, text: quote + newName + quote }] : [];
  });
}
