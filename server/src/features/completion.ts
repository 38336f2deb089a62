import type { Span } from '../text/span.ts';

/** Something that can be put at a place. */
export interface Offer {
  readonly label: string;
  /** Half a line beside the label. */
  readonly detail: string;
  /** Markdown. */
  readonly documentation?: string;
  /** What is inserted, where it is not the label. */
  readonly text?: string;
}

/** What can be put in the place of something typed, the best first. */
export interface Completion {
  readonly typed: Span;
  readonly offers: readonly Offer[];
}
