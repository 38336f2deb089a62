import { type IgnoreComment, readIgnoreComments } from '../config/ignore-comments.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import type { Finding } from '../lint/finding.ts';
import { type Edit, lineEnding } from '../text/edit.ts';

/** hadolint accepts no other ids in its comments: one of ours among them would void the whole comment for it. */
const hadolintId = /^(?:DL|SC)\d+$/;
const toolOf = (code: string) => (hadolintId.test(code) ? 'hadolint' : 'wheelhouse');

/** Inserts an ignore comment above the finding's instruction, or adds the code to the one that is there. */
export function ignoreHere({ file }: FileFacts, finding: Finding): Edit | undefined {
  const instruction = finding.instruction === undefined ? undefined : file.instructions[finding.instruction];
  if (!instruction) return undefined;
  const { start } = instruction.span;
  const tool = toolOf(finding.code);
  const comments = readIgnoreComments(file, true);
  const lineAbove = (at: number) => comments.find(({ span }) => isDirectlyAbove(file.text, span.end, at));
  const adjacent = lineAbove(start);
  if (adjacent && isOf(adjacent, tool, 'line')) return append(adjacent, finding.code);
  // hadolint reads the line above the instruction alone, so ours goes above its comment.
  const keepsPlace = tool === 'wheelhouse' && adjacent?.syntax === 'hadolint';
  const above = keepsPlace ? lineAbove(adjacent.span.start) : undefined;
  if (above && isOf(above, tool, 'line')) return append(above, finding.code);
  const at = keepsPlace ? adjacent.span.start : start;
  const indent = file.text.slice(file.text.lastIndexOf('\n', at - 1) + 1, at).replace('\ufeff', '');
  const text = `# ${tool} ignore=${finding.code}${lineEnding(file.text)}${indent}`;
  return { span: { start: at, end: at }, text };
}

/** Inserts an ignore comment for the whole file below its directives, or adds the code to the one that is there. */
export function ignoreInFile({ file }: FileFacts, finding: Finding): Edit {
  const tool = toolOf(finding.code);
  const known = readIgnoreComments(file, true).find((comment) => isOf(comment, tool, 'file'));
  if (known) return append(known, finding.code);
  const last = file.directives.at(-1);
  const newline = lineEnding(file.text);
  const comment = `# ${tool} global ignore=${finding.code}`;
  if (last) return { span: { start: last.span.end, end: last.span.end }, text: newline + comment };
  const start = file.text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return { span: { start, end: start }, text: comment + newline };
}

const isOf = ({ syntax, scope }: IgnoreComment, tool: string, wanted: IgnoreComment['scope']) =>
  syntax === tool && scope === wanted;

const isDirectlyAbove = (text: string, end: number, at: number) =>
  end < at && /^[ \t]*\r?\n[ \t]*$/.test(text.slice(end, at));

/** Adds a code behind the last id that surely is one; a reason may follow. */
function append({ ids }: IgnoreComment, code: string): Edit {
  const last = ids.findLast(({ loose }) => !loose) ?? ids[0];
  const at = last?.span.end ?? 0;
  return { span: { start: at, end: at }, text: `,${code}` };
}
