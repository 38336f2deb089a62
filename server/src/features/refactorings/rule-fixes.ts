import type { Finding } from '../../lint/finding.ts';
import { type Edit, editsConflict } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import type { Refactoring } from './refactoring.ts';

/** The fixes of some rules, applied together, as a refactoring; `fits` tells which of a finding's fixes is meant. */
export function fixesOf({
  codes,
  fits = () => true,
  ...rest
}: Omit<Refactoring, 'propose'> & {
  readonly codes: readonly string[];
  readonly fits?: (title: string) => boolean;
}): Refactoring {
  return {
    ...rest,
    propose({ findings }) {
      const edits: Edit[] = [];
      const spans: Span[] = [];
      for (const finding of findings.filter(({ code }) => codes.includes(code))) {
        const fix = fixOf(finding, fits);
        if (!fix || editsConflict(edits, fix.edits)) continue;
        edits.push(...fix.edits);
        spans.push(finding.span);
      }
      return edits.length > 0 ? { spans, edits } : undefined;
    },
  };
}

const fixOf = (finding: Finding, fits: (title: string) => boolean) =>
  finding.fixes().find(({ title, edits }) => edits.length > 0 && fits(title));
