import { contextSources, filesOf, hasWildcard } from '../../facts/context-sources.ts';
import { copiedFolder } from '../../facts/copied-folder.ts';
import { type Block, blockOf, copyBelow } from '../../facts/copy-below.ts';
import { copyRoute } from '../../facts/copy-route.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import type { ManifestTexts } from '../../facts/manifest-files.ts';
import { joinPath, pathAt } from '../../facts/paths.ts';
import type { Stage } from '../../facts/stages.ts';
import { isWholeCopy } from '../../facts/whole-copies.ts';
import type { Copy, Instruction } from '../../syntax/tree.ts';
import { type Edit, lineEnding } from '../../text/edit.ts';
import { isOfPrograms } from './program-parts.ts';
import type { Proposal } from './refactoring.ts';

/** What installers and build backends read of a project beside its code. */
const manifest =
  /^(?:pyproject\.toml|setup\.(?:py|cfg)|Pipfile|poetry\.toml|pdm\.toml)$|require|constraint|lock$/i;
const isManifest = (path: string) => manifest.test(path.slice(path.lastIndexOf('/') + 1));

/**
 * Installs what a project depends on above the COPY of its code, where that comes in by parts, behind its manifest: each as it
 * lies in the build context, in the folder of the manifest.
 */
export function partsOfProject(facts: FileFacts, stage: Stage, texts: ManifestTexts): Proposal | undefined {
  if (!facts.context?.files?.isComplete) return undefined;
  const copies = stage.instructions.filter((it): it is Instruction<Copy> => it.node.keyword === 'COPY');
  const first = copies.find((it) =>
    contextSources(facts, it).some(({ path }) => /^(?:pyproject\.toml|Pipfile)$/.test(path)),
  );
  const at = first && !isWholeCopy(first) ? folderFor(facts, stage, first) : undefined;
  if (!first || !at?.startsWith('/')) return undefined;
  const behind = stage.instructions.filter(({ index }) => index > first.index);
  const start = behind.findIndex((it) => isPart(facts, stage, it, at));
  const rest = start < 0 ? [] : behind.slice(start);
  const end = rest.findIndex((it) => !isPart(facts, stage, it, at));
  const parts = rest.slice(0, end < 0 ? undefined : end) as Instruction<Copy>[];
  const last = parts.at(-1);
  const [top] = parts;
  // What comes in above the code may be code as well.
  const isFirst = copies.every((it) => !top || it.index >= top.index || isOfManifests(facts, it));
  if (!last || !top || !isFirst) return undefined;
  const copied = copiedFolder(facts, stage, last, texts);
  if (!copied) return undefined;
  const folder = { ...copied, at };
  const route = copyRoute(folder);
  const edits = copyBelow(folder, route);
  const { text } = facts.file;
  // Where nothing but dependencies is installed, the manifests have to be there already.
  if (!edits || !(route.stop || isMoved(edits, blockOf(text, last)))) return undefined;
  return { spans: parts.map(({ span }) => span), edits: withAll(text, edits, parts) };
}

/** The folder in which a COPY puts what it brings, each under its path in the context. */
function folderFor(facts: FileFacts, stage: Stage, copy: Instruction<Copy>): string | undefined {
  const { destination, sources } = copy.node;
  const place = destination && pathAt(facts.file, stage, copy, destination);
  const paths = contextSources(facts, copy).map(({ path }) => path);
  if (place === undefined || paths.length !== sources.length) return undefined;
  return paths.length === 1 && place.endsWith(`/${paths[0]}`)
    ? place.slice(0, -`/${paths[0]}`.length) || '/'
    : place;
}

/** Whether a COPY brings manifests and texts for readers alone, or something of another image. */
function isOfManifests(facts: FileFacts, copy: Instruction<Copy>): boolean {
  if (copy.node.flags.some(({ name }) => name === 'from')) return true;
  const sources = contextSources(facts, copy);
  return (
    sources.length === copy.node.sources.length &&
    sources.every(
      ({ path }) => isManifest(path) || /(?:^|\/)(?:readme|licen[cs]e|\.python-version)[\w.-]*$/i.test(path),
    )
  );
}

/** Whether an instruction brings one folder or file of code to where the project lies. */
function isPart(facts: FileFacts, stage: Stage, it: Instruction, at: string): boolean {
  if (it.node.keyword !== 'COPY' || isWholeCopy(it) || !isOfPrograms(facts, stage, it)) return false;
  const { sources, destination, flags } = it.node as Copy;
  const [source] = contextSources(facts, it);
  const place = destination && pathAt(facts.file, stage, it, destination);
  if (!facts.context || !source || place === undefined || sources.length !== 1) return false;
  const { path } = source;
  if (hasWildcard(path)) return false;
  const files = filesOf(facts.context, path).map((file) => file.path);
  const isTop = files.includes(path) && !path.includes('/') && place === at;
  return (
    (isTop || place === joinPath(at, path)) &&
    files.length > 0 &&
    !files.some(isManifest) &&
    flags.every(({ name }) => /^(?:chown|chmod|link)$/.test(name))
  );
}

/** Whether edits take a COPY from where it stands, with nothing in its place. */
const isMoved = (edits: readonly Edit[], { start }: Block) =>
  edits.some((edit) => edit.text === '' && edit.span.start === start);

/** What moves the last part, for all of them. */
function withAll(text: string, edits: readonly Edit[], parts: readonly Instruction[]): Edit[] {
  const blocks = parts.map((part) => blockOf(text, part));
  const [top] = blocks;
  const last = blocks.at(-1);
  const others = blocks.slice(0, -1);
  if (!top || !last || others.length === 0) return [...edits];
  // Nothing is moved where the install comes in right above.
  if (!isMoved(edits, last))
    return edits.map((edit) =>
      edit.span.start === last.start ? { ...edit, span: { start: top.start, end: top.start } } : edit,
    );
  const all = blocks.map((block) => block.text).join(lineEnding(text));
  return [
    ...others.map(({ start, whole }) => ({ span: { start, end: whole }, text: '' })),
    ...edits.map((edit) =>
      edit.text.includes(last.text) ? { ...edit, text: edit.text.replace(last.text, () => all) } : edit,
    ),
  ];
}
