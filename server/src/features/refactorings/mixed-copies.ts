import { contextSources, filesOf } from '../../facts/context-sources.ts';
import { type CopiedFolder, copiedFolder } from '../../facts/copied-folder.ts';
import { copyRoute } from '../../facts/copy-route.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import type { ManifestTexts } from '../../facts/manifest-files.ts';
import { pathAt, pathBelow } from '../../facts/paths.ts';
import type { Stage } from '../../facts/stages.ts';
import { isWholeCopy } from '../../facts/whole-copies.ts';
import type { Copy, Instruction } from '../../syntax/tree.ts';
import { applyEdits, type Edit, lineEnding, removeWord } from '../../text/edit.ts';

const isList = ({ path }: { path: string }) => /^[\w.-]+\.(?:txt|in)$/i.test(path) && /require/i.test(path);
/** What an install reads beside them, or what ADD unpacks. */
const others =
  /require|constraint|lock|(?:^|\/)(?:pyproject\.toml|setup\.(?:py|cfg)|Pipfile)|\.(?:tar|t?gz|t?bz2?|t?xz|zst|zip|whl)$/i;

/** Whether a COPY brings lists of requirements and, in the same words, what no install reads. */
export function isMixed(facts: FileFacts, it: Instruction): it is Instruction<Copy> {
  if ((it.node.keyword !== 'COPY' && it.node.keyword !== 'ADD') || isWholeCopy(it) || it.onbuild)
    return false;
  const { node } = it as Instruction<Copy>;
  const { context } = facts;
  const sources = contextSources(facts, it);
  if (!context?.files?.isComplete || node.json || node.heredocs.length > 0) return false;
  if (sources.length !== node.sources.length || !node.flags.every(({ name }) => isOfEach.test(name)))
    return false;
  const rest = sources.filter((one) => !isList(one));
  const brought = rest.flatMap(({ path }) => [path, ...filesOf(context, path).map((file) => file.path)]);
  return rest.length > 0 && rest.length < sources.length && !brought.some((path) => others.test(path));
}

/** Flags that a COPY of some of the files may have as well. */
const isOfEach = /^(?:chown|chmod|link)$/;

/** Leaves such a COPY the lists, and puts one of the rest below the installs that read them. */
export function mixedBelow(
  facts: FileFacts,
  stage: Stage,
  copy: Instruction<Copy>,
  texts: ManifestTexts,
): readonly Edit[] | undefined {
  const whole = copiedFolder(facts, stage, copy, texts);
  const folder = whole && { ...whole, stage: withoutOthers(whole) };
  const { last, files } = folder ? copyRoute(folder) : {};
  const sources = contextSources(facts, copy);
  const lists = sources.filter(isList);
  if (!last || !files?.length || !files.every((file) => lists.some(({ path }) => path === file)))
    return undefined;
  const { text } = facts.file;
  const rest = applyEdits(
    copy.node.text,
    lists.map(({ word }) => removeWord(copy.node.text, { start: word.from, end: word.to })),
  );
  const { end } = last.span;
  return [
    ...sources.filter((one) => !isList(one)).map(({ word }) => removeWord(text, copy.at(word))),
    { span: { start: end, end }, text: `${lineEnding(text)}${rest}` },
  ];
}

/** A stage without each COPY that brings nothing to where this one does: in what order the two stand is all the same. */
function withoutOthers({ facts, stage, copy, at, context }: CopiedFolder): Stage {
  const own = contextSources(facts, copy).flatMap(({ path }) => [
    path,
    ...(context ? filesOf(context, path).map((file) => file.path) : []),
  ]);
  const names = new Set(own.map((path) => path.slice(path.lastIndexOf('/') + 1)));
  const isBeside = (it: Instruction) => {
    if (it === copy || it.node.keyword !== 'COPY' || it.onbuild || isWholeCopy(it)) return false;
    const { destination } = it.node as Copy;
    const place = destination && pathAt(facts.file, stage, it, destination);
    const below = place === undefined ? undefined : pathBelow(at, place);
    return below !== undefined && below !== '' && !names.has(below.split('/', 1)[0] ?? '');
  };
  return { ...stage, instructions: stage.instructions.filter((it) => !isBeside(it)) };
}
