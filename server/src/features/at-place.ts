import type { FileFacts } from '../facts/file-facts.ts';
import { lastWhere } from '../facts/stages.ts';
import type { Instruction, Run } from '../syntax/tree.ts';

/** Whether a text is blank, continuations included, so that what stands before it goes on behind it. */
export const isGap = (text: string): boolean => /^(?:[ \t]|[\\`][ \t]*\r?\n)*$/.test(text);

/** The RUN that is being typed at an offset, blanks behind it included. */
export function runAt({ file }: FileFacts, offset: number): Instruction<Run> | undefined {
  const { instructions, text } = file;
  const found = instructions[lastWhere(instructions, ({ span }) => span.start <= offset)];
  if (found?.node.keyword !== 'RUN') return undefined;
  // A backslash at the end of the file belongs to the instruction, what stands in the next line does not yet.
  const end = found.span.end - (/[\\`]/.test(text[found.span.end - 1] ?? '') ? 1 : 0);
  return isGap(text.slice(end, offset)) ? (found as Instruction<Run>) : undefined;
}
