import { lastWhere } from '../facts/stages.ts';
import { applyEdits, type Edit, editsConflict } from '../text/edit.ts';
import type { Finding } from './finding.ts';
import type { Fix } from './rule.ts';

const maximalRounds = 10;

/** The first fix of a finding that may be applied without a look. */
export function safeFix(finding: Finding): Fix | undefined {
  return finding.fixes().find((fix) => fix.safety === 'safe');
}

/** The safe fixes of one round: of those that touch the same text, the first by position. */
export function collectSafeEdits(findings: readonly Finding[]): Edit[] {
  const taken: Edit[] = [];
  for (const finding of findings) takeEdits(taken, safeFix(finding)?.edits ?? []);
  return taken;
}

/**
 * Puts the edits of a fix among others, unless one of them touches the same text.
 * @param taken by place, none of them over another: an edit can touch its neighbours only
 */
export function takeEdits(taken: Edit[], edits: readonly Edit[]): void {
  const touches = (edit: Edit) => {
    const place = lastWhere(taken, ({ span }) => span.start < edit.span.start) + 1;
    return editsConflict(taken.slice(Math.max(0, place - 1), place + 1), [edit]);
  };
  if (edits.some(touches)) return;
  for (const edit of edits)
    taken.splice(lastWhere(taken, ({ span }) => span.start <= edit.span.start) + 1, 0, edit);
}

/**
 * Applies safe fixes and lints again, until nothing is left to fix or after ten rounds.
 * @param lint gives the findings of a text, sorted by position
 */
export function fixAll(text: string, lint: (text: string) => readonly Finding[]): string {
  let current = text;
  for (let round = 0; round < maximalRounds; round++) {
    const edits = collectSafeEdits(lint(current));
    if (edits.length === 0) break;
    const next = applyEdits(current, edits);
    if (next === current) break;
    current = next;
  }
  return current;
}
