import { type Configuration, idsOf } from '../config/configuration.ts';
import { type IgnoreComment, type IgnoredId, readIgnoreComments } from '../config/ignore-comments.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import { lastWhere } from '../facts/stages.ts';
import type { Instruction } from '../syntax/tree.ts';
import type { Span } from '../text/span.ts';
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

/** The ids that hold for some instructions, by what they name; a file may have tens of thousands of either. */
interface Reach {
  readonly byName: Map<string, { readonly ids: IgnoredId[]; isUsed: boolean }>;
}

/**
 * Reads the ignore comments of a file. One above an instruction holds for it; further comment lines may stand between
 * them, a blank line may not. The stage scope holds behind a FROM up to the next one, that one included, as in hadolint.
 */
export function createSuppression(facts: FileFacts, configuration: Configuration): Suppression {
  if (configuration.ignoreCommentsDisabled) return none;
  const lenient = facts.options.lenientIgnoreComments;
  const comments = readIgnoreComments(facts.file, lenient);
  if (comments.length === 0) return none;
  const reaches = createReaches(comments, facts, lenient);
  const used = new Set<IgnoredId>();
  const namesOf = (finding: Judged) => (lenient ? namedLeniently(finding) : namedStrictly(finding));
  return {
    covers(finding) {
      let covered = false;
      for (const { byName } of reaches(finding.instruction)) {
        for (const name of namesOf(finding)) {
          const named = byName.get(name);
          if (!named) continue;
          covered = true;
          if (!named.isUsed) for (const id of named.ids) used.add(id);
          named.isUsed = true;
        }
      }
      return covered;
    },
    unused: () =>
      comments.flatMap((comment) => comment.ids.filter((id) => !used.has(id)).map((id) => ({ comment, id }))),
  };
}

/** The tools' own names for themselves before an id, where it is an alias of no rule with that name. */
export const plainId = (id: string) => id.toLowerCase().replace(/^(?:hadolint|shellcheck|wheelhouse)\//, '');

const lowerIdsOf = (finding: Judged) => new Set(idsOf(finding).map((id) => id.toLowerCase()));

/** What an id of a comment can be found by; undefined for one that names nothing. */
function nameLeniently({ id, loose }: IgnoredId): string | undefined {
  const isWord = id === '*' || (id.toLowerCase() === 'all' && !loose);
  const name = plainId(id);
  return isWord || (name !== '*' && name !== 'all') ? name : undefined;
}

function namedLeniently(finding: Judged): string[] {
  const everyCheck = finding.aliases.some((alias) => alias.startsWith('dockerfile-utils/')) ? ['*'] : [];
  return ['all', ...everyCheck, ...lowerIdsOf(finding)];
}

/** As hadolint, which knows its own ids alone and ignores no syntax error; a `wheelhouse` comment is about the other rules. */
function nameStrictly({ syntax }: IgnoreComment, { id }: IgnoredId): string {
  return `${syntax} ${syntax === 'hadolint' ? id : plainId(id)}`;
}

function namedStrictly(finding: Judged): string[] {
  const { code, aliases } = finding;
  const isOurs = !hadolintCode.test(code) && !aliases.includes(syntaxError);
  return isOurs ? [...lowerIdsOf(finding)].map((id) => `wheelhouse ${id}`) : [`hadolint ${code}`];
}

/** Gives what holds for an instruction, or for what is outside all of them. */
function createReaches(comments: readonly IgnoreComment[], facts: FileFacts, lenient: boolean) {
  const inFile: Reach = { byName: new Map() };
  const ofLine = new Map<number, Reach>();
  /** By the place of the stage's FROM. */
  const ofStage = new Map<number, Reach>();
  const reachIn = (reaches: Map<number, Reach>, key: number): Reach => {
    const reach = reaches.get(key) ?? { byName: new Map() };
    reaches.set(key, reach);
    return reach;
  };
  const below = instructionsBelow(facts);
  for (const comment of comments) {
    const instruction = comment.scope === 'file' ? undefined : below(comment);
    let reach: Reach | undefined;
    if (comment.scope === 'file') reach = inFile;
    else if (comment.scope === 'line') reach = instruction && reachIn(ofLine, instruction.index);
    else if (instruction?.node.keyword === 'FROM') reach = reachIn(ofStage, instruction.index);
    if (!reach) continue;
    for (const id of comment.ids) {
      const name = lenient ? nameLeniently(id) : nameStrictly(comment, id);
      if (name === undefined) continue;
      const named = reach.byName.get(name);
      if (named) named.ids.push(id);
      else reach.byName.set(name, { ids: [id], isUsed: false });
    }
  }
  const { stages } = facts;
  return (instruction: number | undefined): Reach[] => {
    if (instruction === undefined) return [inFile];
    // The stage that this stands in or ends: a FROM belongs to the one above it.
    const stage = stages[lastWhere(stages, ({ from }) => from.index < instruction)];
    const reaches = [inFile, ofLine.get(instruction), stage && ofStage.get(stage.from.index)];
    return reaches.filter((reach) => reach !== undefined);
  };
}

/** Finds the instruction that a comment stands above. */
function instructionsBelow({ file, options }: FileFacts) {
  const { text, instructions } = file;
  const all = [...file.directives, ...file.comments]
    .map(({ span }) => span)
    .sort((a, b) => a.start - b.start);
  const place = new Map(all.map((span, i) => [span.start, i]));
  const belowOf = ({ end }: Span) =>
    instructions[lastWhere(instructions, ({ span }) => span.start < end) + 1];
  /** Whether nothing but comment lines stands between a comment and the instruction below, from the last comment up. */
  const isAbove: boolean[] = [];
  for (let i = all.length - 1; i >= 0; i--) {
    const span = all[i] as Span;
    const start = belowOf(span)?.span.start;
    const next = all[i + 1];
    const isLast = start !== undefined && (!next || next.start > start);
    const gap = text.slice(span.end, isLast ? start : next?.start);
    // The gap begins with the comment's own line ending; what stands before a comment in its line must be blank.
    const isOneLine = gap.indexOf('\n') === gap.lastIndexOf('\n');
    isAbove[i] = isLast
      ? isOneLine
      : options.lenientIgnoreComments &&
        next !== undefined &&
        isOneLine &&
        gap.trim() === '' &&
        isAbove[i + 1] === true;
  }
  return ({ span }: IgnoreComment): Instruction | undefined =>
    isAbove[place.get(span.start) ?? -1] ? belowOf(span) : undefined;
}
