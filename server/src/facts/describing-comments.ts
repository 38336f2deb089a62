import type { Comment, Dockerfile, Instruction } from '../syntax/tree.ts';

/**
 * The comments that BuildKit takes for the description of an instruction: all since the instruction above, blank lines
 * or not, or since the last line with `#` alone (parser.go, `Parse`).
 */
export function describingComments(file: Dockerfile, instruction: Instruction): Comment[] {
  const above = file.instructions[instruction.index - 1]?.span.end ?? 0;
  const between = file.comments.filter(
    ({ span }) => span.start >= above && span.end <= instruction.span.start,
  );
  const read = between.map((comment) => {
    // BuildKit cuts off the first character of the line, and of an indented one that is not the `#`.
    const { start, end } = comment.span;
    const indented = start > 0 && !/[\n\uFEFF]/.test(file.text[start - 1] as string);
    return indented ? { ...comment, text: file.text.slice(start, end).trim() } : comment;
  });
  return read.slice(read.findLastIndex(({ text }) => text === '') + 1);
}
