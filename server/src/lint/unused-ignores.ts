import { idsOf } from '../config/configuration.ts';
import type { IgnoredId, IgnoreSyntax } from '../config/ignore-comments.ts';
import { buildkitChecks, linterIds } from '../data/linter-ids.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import { removeLines } from '../text/edit.ts';
import { nearest } from '../text/nearest.ts';
import { remember } from '../text/remember.ts';
import type { Span } from '../text/span.ts';
import type { Rule, UnusedIgnore } from './rule.ts';
import { plainId, type UnusedId } from './suppress.ts';

/** Rules by each of their ids, in lower case. */
export type RulesById = ReadonlyMap<string, readonly Rule[]>;

export function indexRules(rules: readonly Rule[]): RulesById {
  const byId = new Map<string, Rule[]>();
  for (const rule of rules) {
    for (const id of new Set(idsOf(rule).map((id) => id.toLowerCase()))) {
      const known = byId.get(id);
      if (known) known.push(rule);
      else byId.set(id, [rule]);
    }
  }
  return byId;
}

const ofShellcheck = /^(?:shellcheck|(?:shellcheck\/)?SC\d{4})$/i;
const isNumbered = /^(?:DL|SC)\d+$/i;
const elsewhere = new Set(linterIds.map((id) => id.toLowerCase()));
const isElsewhere = (id: string) => elsewhere.has(id.toLowerCase());

/** The part of what a pass did not use that is ShellCheck's, whose findings come with another pass. */
export const isShellcheckId = ({ id }: UnusedId['id']) => ofShellcheck.test(id);

/**
 * What is to be said of ids that left out nothing: only what is sure. Nothing is said of `all`, of ids of rules that did
 * not judge the file, and of checks of other linters that Wheelhouse does not have.
 * @param judged whether a rule was on, did not fail and had what it rests on
 */
export function describeUnused(
  unused: readonly UnusedId[],
  byId: RulesById,
  judged: (rule: Rule) => boolean,
  { file }: FileFacts,
): UnusedIgnore[] {
  const suggest = createSuggestions(byId);
  let known: readonly Rule[] | undefined;
  const checks = () => {
    known ??= ofDockerfileUtils(byId);
    return known;
  };
  const isName = (id: string) => byId.has(plainId(id)) || ofShellcheck.test(id) || isElsewhere(id);
  const removalsOf = remember((ids: readonly IgnoredId[]) => removals(ids, isName));
  const allJudged = remember((named: readonly Rule[]) => named.every(judged));
  return unused.flatMap((entry): UnusedIgnore[] => {
    const { id, span, loose } = entry.id;
    if (id.toLowerCase() === 'all') return [];
    const named = id === '*' ? checks() : byId.get(plainId(id));
    const isKnown = named !== undefined || ofShellcheck.test(id);
    if (named && !allJudged(named)) return [];
    if (!isKnown && (loose || isElsewhere(id))) return [];
    const meant = isKnown || isNumbered.test(id) ? undefined : suggest(id, entry.comment.syntax);
    // Another linter may find something where Wheelhouse does not, and then its comment is needed.
    const safety = isKnown && entry.comment.syntax !== 'wheelhouse' ? 'unsafe' : 'safe';
    const { clause, span: comment, ids } = entry.comment;
    const part = removalsOf(ids).get(entry.id) ?? clause;
    const removal = part ? { span: part, text: '' } : removeLines(file.text, comment);
    return [{ id, span, unknown: !isKnown, meant, removal, safety, isAlone: part === undefined }];
  });
}

const ofDockerfileUtils = (byId: RulesById) => [
  ...new Set([...byId].filter(([id]) => id.startsWith('dockerfile-utils/')).flatMap(([, rules]) => rules)),
];

function namesOf(byId: RulesById): string[] {
  const rules = new Set([...byId.values()].flat());
  return [...new Set([...[...rules].flatMap(idsOf), ...linterIds])];
}

/** So many misspelt ids of a file get a suggestion: each is compared with all names that there are. */
const mostSuggestions = 100;

function createSuggestions(byId: RulesById) {
  const known = new Map<string, string | undefined>();
  let names: readonly string[] | undefined;
  return (id: string, syntax: IgnoreSyntax): string | undefined => {
    const key = `${syntax} ${id}`;
    if (!known.has(key) && known.size < mostSuggestions) {
      if (syntax !== 'buildkit') names ??= namesOf(byId);
      known.set(key, nearest(id, syntax === 'buildkit' ? buildkitChecks : (names ?? [])));
    }
    return known.get(key);
  };
}

/**
 * For each id of a comment what to take away with it: a comma beside it and the words up to the next id. A word of the
 * reason would else become an id, to be removed next. Undefined for an only id.
 * @param isName whether a linter has such an id
 */
function removals(ids: readonly IgnoredId[], isName: (id: string) => boolean): Map<IgnoredId, Span> {
  const names = ids.flatMap((id, place) => (!id.loose || isName(id.id) ? [{ id, place }] : []));
  const spans = new Map<IgnoredId, Span>();
  for (const [index, { id, place }] of names.entries()) {
    const next = names[index + 1];
    const before = ids[place - 1];
    if (next) spans.set(id, { start: id.span.start, end: next.id.span.start });
    else if (index > 0 && before) spans.set(id, { start: before.span.end, end: id.span.end });
  }
  return spans;
}
