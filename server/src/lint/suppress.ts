import { type Configuration, idsOf } from '../config/configuration.ts';
import { type IgnoreComment, readCheckDirective, readIgnoreComment } from '../config/ignore-comments.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import type { Instruction } from '../syntax/tree.ts';
import type { Finding } from './finding.ts';

/**
 * Answers whether a finding is ignored by a comment. A comment above an instruction holds for it; further comment lines
 * may stand between them, a blank line may not. The stage scope holds from a FROM's next line to the next FROM.
 */
export function createSuppression(
  { file, stages }: FileFacts,
  configuration: Configuration,
): (finding: Pick<Finding, 'code' | 'name' | 'aliases' | 'instruction'>) => boolean {
  const wholeFile = new Set<string>();
  const byInstruction = new Map<number, Set<string>>();
  const byStage = new Map<number, Set<string>>();
  const add = (ids: Iterable<string>, to: Set<string>) => {
    for (const id of ids) to.add(id);
  };
  const bucket = (map: Map<number, Set<string>>, key: number) => {
    const known = map.get(key) ?? new Set();
    map.set(key, known);
    return known;
  };
  if (!configuration.ignoreCommentsDisabled) {
    for (const directive of file.directives) add(readCheckDirective(directive)?.ids ?? [], wholeFile);
    for (const comment of file.comments) {
      const ignore = readIgnoreComment(comment);
      if (!ignore?.ids.length) continue;
      if (ignore.scope === 'file') add(ignore.ids, wholeFile);
      else placeComment(ignore, instructionBelow(comment.span.end));
    }
  }

  function placeComment(ignore: IgnoreComment, below: Instruction | undefined): void {
    if (!below) return;
    if (ignore.scope === 'line') add(ignore.ids, bucket(byInstruction, below.index));
    else if (below.node.keyword === 'FROM') add(ignore.ids, bucket(byStage, below.index));
  }

  function instructionBelow(commentEnd: number): Instruction | undefined {
    const below = file.instructions.find((instruction) => instruction.span.start >= commentEnd);
    const between = below && file.text.slice(commentEnd, below.span.start);
    // The gap begins with the comment's own line ending; every further line in it must be a comment.
    const lines = between?.split('\n').slice(1, -1) ?? [];
    return lines.every((line) => line.trimStart().startsWith('#')) ? below : undefined;
  }

  const nothing = wholeFile.size === 0 && byInstruction.size === 0 && byStage.size === 0;
  if (nothing) return () => false;
  return (finding) => {
    const ids = idsOf(finding).map((id) => id.toLowerCase());
    const matches = (set: Set<string> | undefined) =>
      set !== undefined && (set.has('all') || ids.some((id) => set.has(id)));
    if (matches(wholeFile)) return true;
    const { instruction } = finding;
    if (instruction === undefined) return false;
    if (matches(byInstruction.get(instruction))) return true;
    const stage = stages.findLast((candidate) => candidate.from.index < instruction);
    return stage !== undefined && matches(byStage.get(stage.from.index));
  };
}
