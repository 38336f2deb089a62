import type { Copy, Instruction } from '../syntax/tree.ts';
import { contextSources, filesOf, hasWildcard } from './context-sources.ts';
import { type CopiedFolder, contextPathOf } from './copied-folder.ts';
import { joinPath, pathAt } from './paths.ts';

/**
 * Whether the COPY of a whole project may go below another one that writes into its folder: that one brings files of the
 * project to where the whole brings them too, or files of another image that the project does not have.
 */
export function mayPassCopy(folder: CopiedFolder, it: Instruction<Copy>): boolean {
  const { facts, stage, copy } = folder;
  const { node } = it;
  const place = node.destination && pathAt(facts.file, stage, it, node.destination);
  if (place === undefined || node.keyword !== 'COPY' || node.heredocs.length > 0) return false;
  if (node.flags.some(({ name }) => name === 'from')) return isOfNobody(folder, place);
  const flagsOf = ({ node: { flags, text } }: Instruction<Copy>) =>
    flags.map(({ from, to }) => text.slice(from, to)).join(' ');
  if (flagsOf(it) !== flagsOf(copy)) return false;
  const sources = contextSources(facts, it);
  return sources.length === node.sources.length && sources.every(({ path }) => isAtHome(folder, path, place));
}

/** Whether a file comes to where the COPY of the whole puts it. */
function isAtHome({ at, context }: CopiedFolder, path: string, place: string): boolean {
  if (hasWildcard(path) || !context?.files) return false;
  if (!filesOf(context, path).some((file) => file.path === path)) return false;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return [place, joinPath(place, name)].includes(joinPath(at, path));
}

/** Whether the context, known as a whole, has nothing at a place of the folder or below it. */
function isOfNobody(folder: CopiedFolder, place: string): boolean {
  const { context } = folder;
  const path = contextPathOf(folder, place);
  if (!path || !context?.files?.isComplete) return false;
  return filesOf(context, path).length === 0;
}
