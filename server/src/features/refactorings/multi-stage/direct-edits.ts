import type { FileFacts } from '../../../facts/file-facts.ts';
import type { Stage } from '../../../facts/stages.ts';
import { uvCommands } from '../../../facts/uv.ts';
import type { Instruction } from '../../../syntax/tree.ts';
import { aboveComments, type Edit, likeKeyword, lineEnding, removeLines } from '../../../text/edit.ts';
import { mountUv } from './below-cut.ts';
import type { Cut } from './build-part.ts';
import { installLines } from './carried-lines.ts';
import type { UvSource } from './direct-installs.ts';
import { buildName, type RuntimeImage } from './runtime-image.ts';

/** Puts uv into a stage of its own, and lets it install in the final one, which stays as it is but for what it is without. */
export function directEdits(
  facts: FileFacts,
  stage: Stage,
  image: RuntimeImage,
  cut: Cut & { readonly direct: UvSource },
  folder: string,
): Edit[] {
  const { text } = facts.file;
  const { above, carried, direct, rest, restEdits } = cut;
  const keyword = (word: string) => likeKeyword(word, stage.from.node.keywordWord.raw);
  const { alias } = stage.from.node;
  const lines = [
    `${keyword('FROM')} ${direct.from} ${keyword('AS')} ${buildName(stage)}`,
    '',
    `${keyword('FROM')} ${image.from}${alias ? ` ${keyword('AS')} ${alias.raw}` : ''}`,
    ...installLines(carried.more),
  ];
  // `uv run` puts the environment on PATH.
  const isStarted = rest.some(
    ({ node, span }) =>
      /^(?:CMD|ENTRYPOINT)$/.test(node.keyword) &&
      restEdits.some((edit) => edit.span.start >= span.start && edit.span.end <= span.end),
  );
  const start = aboveComments(text, (rest[0] as Instruction).span.start);
  const path = `${keyword('ENV')} VIRTUAL_ENV=${folder} PATH=${folder}/bin:$PATH${lineEnding(text)}`;
  return [
    { span: stage.from.span, text: lines.join(lineEnding(text)) },
    ...above.flatMap((it) => (it === stage.from ? [] : editOf(facts, stage, it, cut))),
    ...(isStarted ? [{ span: { start, end: start }, text: path }] : []),
    ...restEdits,
  ];
}

function editOf(
  facts: FileFacts,
  stage: Stage,
  it: Instruction,
  { carried, direct }: Cut & { direct: UvSource },
): Edit[] {
  if (it.node.keyword === 'RUN' && uvCommands(facts, it).length > 0) return [mountUv(stage, it, direct.path)];
  const line = carried.lines.get(it) ?? '';
  if (it !== direct.copy && line === it.node.text) return [];
  if (it !== direct.copy && line !== '') return [{ span: it.span, text: line }];
  const { file } = facts;
  const start = aboveComments(file.text, it.span.start);
  return [removeLines(file.text, { start, end: it.span.end })];
}
