import type { FileFacts } from '../../facts/file-facts.ts';
import type { Finding } from '../../lint/finding.ts';
import type { Edit } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';

/** What a refactoring may look at. */
export interface Subject {
  readonly facts: FileFacts;
  /** What the rules find in the file. */
  readonly findings: readonly Finding[];
}

/** What a refactoring would change; it always needs a look. */
export interface Proposal {
  /** Where in the file it is offered. */
  readonly spans: readonly Span[];
  /** Edits of the Dockerfile. */
  readonly edits: readonly Edit[];
  /** Lines put at the end of the ignore file of the build context, which is made where there is none. */
  readonly ignoreLines?: readonly string[];
}

/** A change of how an image is built that its user chooses. */
export interface Refactoring {
  /** Stays the same, as commands and tests name it. */
  readonly id: string;
  readonly title: string;
  /** What it brings, in one sentence. */
  readonly gain: string;
  /** Undefined where there is nothing to do, or where the file holds something that it does not understand. */
  propose(subject: Subject): Proposal | undefined;
}
