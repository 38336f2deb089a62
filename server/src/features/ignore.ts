import type { FileFacts } from '../facts/file-facts.ts';
import type { Finding } from '../lint/finding.ts';
import { type Edit, lineEnding } from '../text/edit.ts';

/** hadolint accepts no other ids in its comments: one of ours among them would void the whole comment for it. */
const hadolintId = /^(?:DL|SC)\d+$/;
const tool = (code: string) => (hadolintId.test(code) ? 'hadolint' : 'wheelhouse');

/** Inserts an ignore comment above the finding's instruction, or adds the code to the one that is there. */
export function ignoreHere({ file }: FileFacts, finding: Finding): Edit | undefined {
  const instruction = finding.instruction === undefined ? undefined : file.instructions[finding.instruction];
  if (!instruction) return undefined;
  const { start } = instruction.span;
  const lineStart = file.text.lastIndexOf('\n', start - 1) + 1;
  const above = file.comments.findLast((comment) => comment.span.end < start);
  const adjacent = above && /^\r?\n[ \t]*$/.test(file.text.slice(above.span.end, start)) ? above : undefined;
  if (adjacent && opens(adjacent.text, `${tool(finding.code)} ignore=`))
    return appendTo(adjacent, finding.code);
  const indent = file.text.slice(lineStart, start).replace('\ufeff', '');
  const text = `# ${tool(finding.code)} ignore=${finding.code}${lineEnding(file.text)}${indent}`;
  return { span: { start, end: start }, text };
}

/** Inserts an ignore comment for the whole file below its directives, or adds the code to the one that is there. */
export function ignoreInFile({ file }: FileFacts, finding: Finding): Edit {
  const opening = `${tool(finding.code)} global ignore=`;
  const known = file.comments.find((comment) => opens(comment.text, opening));
  if (known) return appendTo(known, finding.code);
  const last = file.directives.at(-1);
  const newline = lineEnding(file.text);
  const comment = `# ${opening}${finding.code}`;
  if (last) return { span: { start: last.span.end, end: last.span.end }, text: newline + comment };
  const start = file.text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return { span: { start, end: start }, text: comment + newline };
}

const opens = (text: string, opening: string) => text.toLowerCase().startsWith(opening);

function appendTo(comment: { span: { start: number; end: number }; text: string }, code: string): Edit {
  // A reason may follow the ids: `# hadolint ignore=DL3008 # mirrors are pinned`.
  const ids =
    /^\S+[ \t]+(?:global[ \t]+)?ignore=[ \t]*[\w./-]+(?:[ \t]*,[ \t]*[\w./-]+)*/i.exec(comment.text)?.[0] ??
    comment.text;
  const textStart = comment.span.end - comment.text.length;
  const at = textStart + ids.length;
  return { span: { start: at, end: at }, text: `,${code}` };
}
