import type { Span } from '../text/span.ts';
import type { Fix, ReportExtras, Severity } from './rule.ts';

/** One finding in one file. */
export interface Finding extends ReportExtras {
  readonly code: string;
  readonly name: string;
  readonly aliases: readonly string[];
  /** Where it is explained; undefined where it is nowhere. */
  readonly page: string | undefined;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  /** Place of the instruction among those of the file; undefined outside instructions. */
  readonly instruction: number | undefined;
  /** The other places that the same edit mends; in the order of the file. */
  readonly also?: readonly Span[];
  /** Made on first call. */
  fixes(): readonly Fix[];
}

/** Every place of a finding, the first one in front. */
export const spansOf = ({ span, also = [] }: Finding): readonly Span[] => [span, ...also];

/** Sorts by position and then by code, alike in every locale. */
export function byPlace(a: Finding, b: Finding): number {
  return a.span.start - b.span.start || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);
}
