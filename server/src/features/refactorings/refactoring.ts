import type { FileFacts } from '../../facts/file-facts.ts';
import type { Finding } from '../../lint/finding.ts';
import type { SourceTexts } from '../../project/source-texts.ts';
import type { Edit } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';

/** What a refactoring may look at. */
export interface Subject {
  readonly facts: FileFacts;
  /** What the rules find in the file. */
  readonly findings: readonly Finding[];
  /** The project's own programs and descriptions of how they are run; undefined where they are not known. */
  readonly sources?: SourceTexts | undefined;
  /** These, and what the repository around the build context says of builds and containers: `../docker-compose.yml`. */
  readonly around?: SourceTexts | undefined;
}

/** What a refactoring would change; it always needs a look. */
export interface Proposal {
  /** Where in the file it is offered. */
  readonly spans: readonly Span[];
  /** Edits of the Dockerfile. */
  readonly edits: readonly Edit[];
  /** Lines put at the end of the ignore file of the build context, which is made where there is none. */
  readonly ignoreLines?: readonly string[];
  /** What it takes for granted as no file tells it, such as `the program writes below /app only`. */
  readonly assumes?: string;
  /** What it takes in return in this file, in one sentence. */
  readonly cost?: string;
  /** What it brings in this file, in one sentence, where that is less than elsewhere. */
  readonly gain?: string;
}

/** A change of how an image is built that its user chooses. */
export interface Refactoring {
  /** Stays the same, as commands and tests name it. */
  readonly id: string;
  readonly title: string;
  /** What it brings, in one sentence. */
  readonly gain: string;
  /** What it takes in return, in one sentence, where that is something. */
  readonly cost?: string;
  /** The code of the rule whose finding it mends, where it does that in every file. */
  readonly mends?: string;
  /** Undefined where there is nothing to do, or where the file holds something that it does not understand. */
  propose(subject: Subject): Proposal | undefined;
}
