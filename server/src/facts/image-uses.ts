import type { Instruction, InstructionNode } from '../syntax/tree.ts';
import type { Edit } from '../text/edit.ts';
import type { LocalSpan } from '../text/span.ts';
import type { FileFacts } from './file-facts.ts';

/** An image or stage that an instruction takes files from. */
export interface ImageUse extends LocalSpan {
  readonly text: string;
}

/** What stands in `COPY --from=…` and `RUN --mount=…,from=…`. */
export function readImageUses(node: InstructionNode): ImageUse[] {
  return node.flags.flatMap(({ name, value }) => {
    if (!value) return [];
    if (name === 'from') return [{ from: value.from, to: value.to, text: value.value }];
    const match = name === 'mount' ? /(^|,)from=([^,"']+)/.exec(value.raw) : null;
    const text = match?.[2];
    if (!match || !text) return [];
    const from = value.from + match.index + match[0].length - text.length;
    return [{ from, to: from + text.length, text }];
  });
}

/** The images from outside that an instruction begins with or takes files from. */
export function outsideImages(facts: FileFacts, it: Instruction): ImageUse[] {
  const { node } = it;
  if (node.keyword !== 'FROM') return readImageUses(node);
  const stage = facts.stageOf(it);
  return node.imageWord && stage && !stage.parent ? [{ ...node.imageWord, text: stage.base.text }] : [];
}

/** Another image in the place of one; undefined where its name came out of an ARG, so that it is to be mended there. */
export function replaceImage({ node, at }: Instruction, use: ImageUse, image: string): Edit | undefined {
  return node.text.slice(use.from, use.to) === use.text ? { span: at(use), text: image } : undefined;
}
