import type { InstructionNode } from '../syntax/tree.ts';
import type { LocalSpan } from '../text/span.ts';

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
