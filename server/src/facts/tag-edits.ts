import type { Edit } from '../text/edit.ts';
import type { Stage } from './stages.ts';

/** Writes another tag into a FROM; undefined where the tag is not written there, or a digest outweighs it. */
export function replaceTag({ from, base }: Stage, tag: string): Edit | undefined {
  const word = from.node.imageWord;
  const old = base.image.tag;
  if (!word || old === undefined || !word.raw.endsWith(`:${old}`)) return undefined;
  return { span: from.at({ from: word.to - old.length, to: word.to }), text: tag };
}
