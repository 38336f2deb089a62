import { type Configuration, idsOf } from '../config/configuration.ts';
import { type IgnoreComment, type IgnoredId, readIgnoreComments } from '../config/ignore-comments.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import type { Instruction } from '../syntax/tree.ts';
import type { Finding } from './finding.ts';
import { syntaxError } from './report/report.ts';

type Judged = Pick<Finding, 'code' | 'name' | 'aliases' | 'instruction'>;

/** What the ignore comments of one file leave out. */
export interface Suppression {
  /** Whether a comment asks to leave a finding out; every id that does so counts as used from then on. */
  covers(finding: Judged): boolean;
  /** The ids that left out nothing so far, in the order of the file. */
  unused(): UnusedId[];
}

export interface UnusedId {
  readonly comment: IgnoreComment;
  readonly id: IgnoredId;
}

const hadolintCode = /^(?:DL|SC)\d{4}$/;
const none: Suppression = { covers: () => false, unused: () => [] };

/**
 * Reads the ignore comments of a file. One above an instruction holds for it; further comment lines may stand between
 * them, a blank line may not. The stage scope holds behind a FROM up to the next one, that one included, as in hadolint.
 */
export function createSuppression(facts: FileFacts, configuration: Configuration): Suppression {
  if (configuration.ignoreCommentsDisabled) return none;
  const lenient = facts.options.lenientIgnoreComments;
  const comments = readIgnoreComments(facts.file, lenient).map((comment) => ({
    comment,
    holdsFor: reachOf(comment, facts),
    used: new Set<IgnoredId>(),
  }));
  if (comments.length === 0) return none;
  return {
    covers(finding) {
      let covered = false;
      const ids = new Set(idsOf(finding).map((id) => id.toLowerCase()));
      for (const { comment, holdsFor, used } of comments) {
        if (!holdsFor(finding.instruction)) continue;
        for (const id of comment.ids) {
          const names = lenient ? namesLeniently(id, ids, finding) : namesStrictly(comment, id, ids, finding);
          if (!names) continue;
          used.add(id);
          covered = true;
        }
      }
      return covered;
    },
    unused: () =>
      comments.flatMap(({ comment, used }) =>
        comment.ids.filter((id) => !used.has(id)).map((id) => ({ comment, id })),
      ),
  };
}

/** The tools' own names for themselves before an id, where it is an alias of no rule with that name. */
export const plainId = (id: string) => id.toLowerCase().replace(/^(?:hadolint|shellcheck|wheelhouse)\//, '');

function namesLeniently({ id, loose }: IgnoredId, ids: ReadonlySet<string>, { aliases }: Judged): boolean {
  if (id === '*') return aliases.some((alias) => alias.startsWith('dockerfile-utils/'));
  return (id.toLowerCase() === 'all' && !loose) || ids.has(plainId(id));
}

/** As hadolint, which knows its own ids alone and ignores no syntax error; a `wheelhouse` comment is about the other rules. */
function namesStrictly(
  { syntax }: IgnoreComment,
  { id }: IgnoredId,
  ids: ReadonlySet<string>,
  { code, aliases }: Judged,
): boolean {
  const isOurs = !hadolintCode.test(code) && !aliases.includes(syntaxError);
  return isOurs ? syntax === 'wheelhouse' && ids.has(plainId(id)) : syntax === 'hadolint' && id === code;
}

type Reach = (instruction: number | undefined) => boolean;
const nothing: Reach = () => false;

/** For which instructions a comment holds; for those outside all of them where it is about the file. */
function reachOf(comment: IgnoreComment, facts: FileFacts): Reach {
  if (comment.scope === 'file') return () => true;
  const below = instructionBelow(comment, facts);
  if (!below) return nothing;
  if (comment.scope === 'line') return (instruction) => instruction === below.index;
  if (below.node.keyword !== 'FROM') return nothing;
  const next =
    facts.stages.find(({ from }) => from.index > below.index)?.from.index ?? Number.POSITIVE_INFINITY;
  return (instruction) => instruction !== undefined && instruction > below.index && instruction <= next;
}

function instructionBelow({ span }: IgnoreComment, { file, options }: FileFacts): Instruction | undefined {
  const below = file.instructions.find((instruction) => instruction.span.start >= span.end);
  const between = below && file.text.slice(span.end, below.span.start);
  // The gap begins with the comment's own line ending; every further line in it must be a comment.
  const lines = between?.split('\n').slice(1, -1) ?? [];
  if (!options.lenientIgnoreComments) return lines.length === 0 ? below : undefined;
  return lines.every((line) => line.trimStart().startsWith('#')) ? below : undefined;
}
