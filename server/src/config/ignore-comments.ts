import { contentEnd } from '../syntax/split.ts';
import type { Comment, Directive, Dockerfile } from '../syntax/tree.ts';
import type { Span } from '../text/span.ts';
import { findCheckList } from './check-directive.ts';

/** Whose way of writing an ignore comment has. */
export type IgnoreSyntax = 'hadolint' | 'wheelhouse' | 'buildkit' | 'tally' | 'dockerfile-utils';

/** One id in an ignore comment. */
export interface IgnoredId {
  /** As written; `all` for every rule, `*` for every check of dockerfile-utils. */
  readonly id: string;
  readonly span: Span;
  /** Only a blank is before it, not a comma, so it may be a word of a reason. */
  readonly loose: boolean;
}

/** What a comment asks to leave out. */
export interface IgnoreComment {
  readonly syntax: IgnoreSyntax;
  readonly scope: 'line' | 'stage' | 'file';
  /** In their order, at least one. */
  readonly ids: readonly IgnoredId[];
  /** The comment from its `#` on. */
  readonly span: Span;
  /** What the last id takes along where the comment says something else too; without it, the whole comment. */
  readonly clause: Span | undefined;
}

const named = /^#\s*(hadolint|wheelhouse|tally)[ \t]+(?:(global|stage)[ \t]+)?ignore[ \t]*=[ \t]*/i;
const check = /^#[ \t]*check=(?=\S)/i;
/** dockerfile-utils 0.16 (dockerValidator.js): the comment has this text and no other. */
const ofDockerfileUtils = /^#\s*dockerfile-utils:[ \t]*(?=ignore$)/i;
/**
 * The whole line as hadolint 2.15 reads it, found by asking it (test/oracle/ignore-comments.test.ts): its own ids alone,
 * in upper case, with commas between them, and a reason behind `#`.
 */
const strict =
  /^#[ \t]*hadolint[ \t]+(?:(global|stage)[ \t]+)?ignore[ \t]*=[ \t]*(?=([DLSC\d]+(?:[ \t]*,[ \t]*[DLSC\d]+)*)[ \t]*(?:#|$))/;

/**
 * Every ignore comment of a file: `# hadolint ignore=DL3008,SC2086 # reason` in its three scopes, the same with
 * `wheelhouse` for rules that hadolint does not know, BuildKit's `# check=skip=A,B` above an instruction or as a
 * directive, `# tally ignore=A;reason=…`, and `# dockerfile-utils: ignore`.
 * @param lenient ids may be lower case, stand apart by blanks and name rules of any tool; otherwise the comments are
 * those that hadolint takes, and those of `wheelhouse`
 */
export function readIgnoreComments(
  { text, comments, directives }: Dockerfile,
  lenient: boolean,
): IgnoreComment[] {
  const read = (comment: Comment) => (lenient ? readComment(text, comment) : readStrictly(text, comment));
  const ofDirectives = lenient ? directives.flatMap((directive) => readDirective(directive) ?? []) : [];
  return [...ofDirectives, ...comments.flatMap((comment) => read(comment) ?? [])];
}

function readComment(text: string, { span }: Comment): IgnoreComment | undefined {
  const line = text.slice(span.start, span.end);
  const match = named.exec(line);
  if (match) {
    const [opening, tool = '', scope] = match;
    const syntax = tool.toLowerCase() as IgnoreSyntax;
    // hadolint's reasons stand behind `#`, tally's behind `;`.
    const list = /^[^#;]*/.exec(line.slice(opening.length))?.[0] ?? '';
    return create(syntax, scopeOf(scope), span, readIds(list, span.start + opening.length));
  }
  const checked = check.exec(line);
  if (checked) return readCheck(line.slice(checked[0].length), 'line', span, checked[0].length);
  const utils = ofDockerfileUtils.exec(line);
  if (!utils) return undefined;
  const word = { start: span.start + utils[0].length, end: span.end };
  return create('dockerfile-utils', 'line', span, [{ id: '*', span: word, loose: false }]);
}

function readStrictly(text: string, comment: Comment): IgnoreComment | undefined {
  const { start } = comment.span;
  // To the end of the line: hadolint does not take all that is blank for a blank.
  const match = strict.exec(text.slice(start, contentEnd(text, start)));
  if (match) {
    const [opening, scope, list = ''] = match;
    return create('hadolint', scopeOf(scope), comment.span, readIds(list, start + opening.length));
  }
  const other = readComment(text, comment);
  return other?.syntax === 'wheelhouse' ? other : undefined;
}

/** The ids of a leading `# check=skip=A,B;error=true`; they hold for the whole file. */
function readDirective({ name, value, span }: Directive): IgnoreComment | undefined {
  if (name !== 'check') return undefined;
  return readCheck(value, 'file', span, span.end - value.length - span.start);
}

/** @param from where the value begins in the comment */
function readCheck(
  value: string,
  scope: IgnoreComment['scope'],
  span: Span,
  from: number,
): IgnoreComment | undefined {
  const list = findCheckList(value, 'skip');
  if (!list) return undefined;
  const start = span.start + from + list.from;
  const ids = readIds(list.text, start);
  const whole = /^\S*/.exec(value)?.[0] ?? '';
  const clauseStart = list.from - 'skip='.length;
  const listEnd = list.from + list.text.length;
  const hasMore = whole.slice(0, clauseStart) + whole.slice(listEnd) !== '';
  const isLast = listEnd === whole.length;
  const clause = {
    start: start - 'skip='.length - (isLast && clauseStart > 0 ? 1 : 0),
    end: start + list.text.length + (isLast ? 0 : 1),
  };
  return create('buildkit', scope, span, ids, hasMore ? clause : undefined);
}

function create(
  syntax: IgnoreSyntax,
  scope: IgnoreComment['scope'],
  span: Span,
  ids: readonly IgnoredId[],
  clause?: Span,
): IgnoreComment | undefined {
  return ids.length > 0 ? { syntax, scope, span, ids, clause } : undefined;
}

function scopeOf(word: string | undefined): IgnoreComment['scope'] {
  if (word === undefined) return 'line';
  return word.toLowerCase() === 'global' ? 'file' : 'stage';
}

/** @param start of the list in the file */
function readIds(list: string, start: number): IgnoredId[] {
  let before = 0;
  return [...list.matchAll(/[^\s,]+/g)].map(({ 0: id, index }) => {
    const loose = before > 0 && !list.slice(before, index).includes(',');
    before = index + id.length;
    return { id, span: { start: start + index, end: start + before }, loose };
  });
}
