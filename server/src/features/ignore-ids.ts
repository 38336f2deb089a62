import { type IgnoreSyntax, readIgnoreComments } from '../config/ignore-comments.ts';
import { buildkitChecks } from '../data/linter-ids.ts';
import type { Rule } from '../lint/rule.ts';
import { plainId } from '../lint/suppress.ts';
import { indexRules } from '../lint/unused-ignores.ts';
import type { Dockerfile } from '../syntax/tree.ts';
import type { Span } from '../text/span.ts';

/** An id that an ignore comment takes, and the rule that it is of. */
export interface IgnoreId {
  readonly id: string;
  readonly rule: Rule;
}

/** What an ignore comment begins with up to the id that is being typed, which is behind it. */
const opening =
  /^#\s*(?:(hadolint|wheelhouse|tally)[ \t]+(?:(?:global|stage)[ \t]+)?ignore[ \t]*=|check=(?:[^;\s]*;)?skip=)([^#;]*)$/i;

/**
 * The ids that can be completed at a place: those of the rules that the comment's tool knows, as it writes them, without
 * those that the comment names already.
 * @returns undefined where the place is in no ignore comment; `typed` is what is replaced
 */
export function completeIgnoreIds(
  file: Dockerfile,
  rules: readonly Rule[],
  offset: number,
): { typed: Span; ids: IgnoreId[] } | undefined {
  const comment = [...file.directives, ...file.comments].find(
    ({ span }) => span.start < offset && offset <= lineEnd(file.text, span.end),
  );
  const line = comment && opening.exec(file.text.slice(comment.span.start, offset));
  if (!line) return undefined;
  const syntax = (line[1]?.toLowerCase() ?? 'buildkit') as IgnoreSyntax;
  const list = line[2] ?? '';
  const typed = list.split(/[\s,]/).at(-1) ?? '';
  const named = new Set(
    list
      .slice(0, list.length - typed.length)
      .toLowerCase()
      .split(/[\s,]+/),
  );
  // Several rules may share a check; the first one tells of it.
  const ids = new Map<string, IgnoreId>();
  for (const rule of rules) {
    for (const id of idsFor(syntax, rule)) {
      if (!named.has(id.toLowerCase()) && !ids.has(id)) ids.set(id, { id, rule });
    }
  }
  return { typed: { start: offset - typed.length, end: offset }, ids: [...ids.values()] };
}

/** Blanks behind a comment belong to what is typed. */
function lineEnd(text: string, offset: number): number {
  return offset + (/^[^\r\n]*/.exec(text.slice(offset))?.[0].length ?? 0);
}

const isHadolint = (id: string) => /^DL\d{4}$/.test(id);

/** The ids of a rule that a tool's comment takes. hadolint refuses a comment with any other. */
function idsFor(syntax: IgnoreSyntax, { code, aliases }: Rule): string[] {
  if (syntax === 'hadolint') return [code].filter(isHadolint);
  if (syntax === 'wheelhouse') return [code];
  const checks = [...new Set([code, ...aliases].map((id) => id.replace(/^buildkit\//, '')))].filter((id) =>
    buildkitChecks.includes(id),
  );
  if (syntax === 'buildkit') return checks;
  const own = aliases.filter((id) => id.startsWith('tally/'));
  return [
    ...own,
    ...checks.map((id) => `buildkit/${id}`),
    ...[code].filter(isHadolint).map((id) => `hadolint/${id}`),
  ];
}

/** The rules that the id of an ignore comment at a place names; undefined where none is there. */
export function explainIgnoreId(
  file: Dockerfile,
  rules: readonly Rule[],
  offset: number,
): { span: Span; rules: readonly Rule[] } | undefined {
  const ids = readIgnoreComments(file, true).flatMap((comment) => comment.ids);
  const found = ids.find(({ span }) => span.start <= offset && offset < span.end);
  const named = found && indexRules(rules).get(plainId(found.id));
  return named && { span: found.span, rules: named };
}
