import { partOfContext, textsOfPart } from '../../facts/context-part.ts';
import { contextSources, filesOf, hasWildcard } from '../../facts/context-sources.ts';
import { copiedFolder, overlaps } from '../../facts/copied-folder.ts';
import { copyBelow } from '../../facts/copy-below.ts';
import { copyRoute } from '../../facts/copy-route.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import type { ManifestTexts } from '../../facts/manifest-files.ts';
import { pathAt } from '../../facts/paths.ts';
import { isInstaller, pipArgs, readPipTargets } from '../../facts/pip.ts';
import type { Stage } from '../../facts/stages.ts';
import { isWholeCopy } from '../../facts/whole-copies.ts';
import type { Copy, Instruction } from '../../syntax/tree.ts';
import type { Edit } from '../../text/edit.ts';
import { isMixed, mixedBelow } from './mixed-copies.ts';
import { isOfPrograms } from './program-parts.ts';
import type { Proposal } from './refactoring.ts';

/** Puts each COPY of a part of the project below the installs, where those need files alone that others bring. */
export function partsBelow(facts: FileFacts, stage: Stage, texts: ManifestTexts): Proposal | undefined {
  const parts = stage.instructions
    .filter((it): it is Instruction<Copy> => isPart(facts, it) || isMixed(facts, it))
    .filter((copy) => isOfPrograms(facts, stage, copy));
  const moves = parts.flatMap((copy) => {
    const edits = isMixed(facts, copy)
      ? mixedBelow(facts, stage, copy, texts)
      : (belowInstalls(facts, stage, copy, texts) ?? belowOwnInstalls(facts, stage, copy, texts));
    return edits ? [{ copy, edits }] : [];
  });
  const [first] = moves;
  if (!first) return undefined;
  // All go to the same place, in the order in which they stood.
  const places = new Map<number, Edit>();
  const cuts = moves.flatMap(({ edits }) =>
    edits.flatMap((edit) => {
      if (edit.text === '') return edit;
      const known = places.get(edit.span.start);
      places.set(edit.span.start, { ...edit, text: (known?.text ?? '') + edit.text });
      return [];
    }),
  );
  return { spans: moves.map(({ copy }) => copy.span), edits: [...cuts, ...places.values()] };
}

/** What an install reads, which stays above it. */
const manifest = /require|constraint|^pyproject\.toml$|^setup\.(?:py|cfg)$|lock|^Pipfile$/i;
const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

function isPart(facts: FileFacts, it: Instruction): it is Instruction<Copy> {
  if (it.node.keyword !== 'COPY' || !it.node.flags.every(isOfEach) || isWholeCopy(it)) return false;
  const [source, more] = contextSources(facts, it);
  if (more) return false;
  return source !== undefined && !hasWildcard(source.path) && !manifest.test(nameOf(source.path));
}

/** Flags that a COPY of some of the files may have as well. */
const isOfEach = ({ name }: { name: string }) => /^(?:chown|chmod|link)$/.test(name);

/** The same for a folder that brings what the installs need: that comes in by itself first. */
function belowOwnInstalls(
  facts: FileFacts,
  stage: Stage,
  copy: Instruction<Copy>,
  texts: ManifestTexts,
): readonly Edit[] | undefined {
  const [source] = contextSources(facts, copy);
  const whole = copiedFolder(facts, stage, copy, texts);
  const context = source && partOfContext(facts.context, source.path);
  if (!source || !whole?.at.startsWith('/') || !context) return undefined;
  const texted = textsOfPart(texts, source.path);
  const folder = { ...whole, context, from: `${source.path}/`, texts: texted };
  const { last, installs, files } = copyRoute(folder);
  if (!last || files.length === 0) return undefined;
  const isAlone = stage.instructions.every((it) => {
    if (it.index <= copy.index || it.index > last.index || !/^(?:COPY|ADD)$/.test(it.node.keyword))
      return true;
    const { destination } = it.node as Copy;
    const place = destination && pathAt(facts.file, stage, it, destination);
    return place !== undefined && !overlaps(place, whole.at);
  });
  return isAlone ? copyBelow(folder, { files, installs, last, stop: undefined }) : undefined;
}

function belowInstalls(
  facts: FileFacts,
  stage: Stage,
  copy: Instruction<Copy>,
  texts: ManifestTexts,
): readonly Edit[] | undefined {
  const folder = copiedFolder(facts, stage, copy, texts);
  const [source] = contextSources(facts, copy);
  const { context } = facts;
  if (!folder || !source || !context?.files?.isComplete) return undefined;
  const { last, installs, files } = copyRoute(folder);
  if (!last) return undefined;
  const above = stage.instructions.filter(({ index }) => index < last.index);
  const brought = above.flatMap((it) =>
    it === copy ? [] : contextSources(facts, it).map(({ path }) => path),
  );
  const targets = installs.map((command) => readPipTargets(pipArgs(command) ?? []));
  const isOwn = ({ value }: { value: string }) => /^[./]|\.(?:whl|gz|zip)$/.test(value);
  if (targets.some(({ editables, packages }) => editables.length > 0 || packages.some(isOwn)))
    return undefined;
  const named = targets.flatMap(({ requirementFiles }) => requirementFiles);
  const isKnown = (file: string) => {
    const path = brought.find((one) => `/${file}`.endsWith(`/${one}`));
    const known = path === undefined ? undefined : texts.requirements(path);
    return (
      known !== undefined && known.locals.length + known.includes.length + known.constraints.length === 0
    );
  };
  const isAny =
    named.length > 0 || targets.some(({ packages }) => packages.some(({ value }) => !isInstaller(value)));
  if (!isAny || !named.every(isKnown)) return undefined;
  // Where both bring a file to one place, the last one counts.
  const isTwice = brought.some(
    (path) => filesOf(context, `${source.path}/${path.slice(path.lastIndexOf('/') + 1)}`).length > 0,
  );
  if (isTwice || !files.every((file) => brought.includes(file))) return undefined;
  return copyBelow(folder, { files, installs, last, stop: undefined });
}
