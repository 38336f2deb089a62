import type { IgnoreFile } from '../syntax/ignore-file.ts';

/** What is known of the folder that a build sends to the engine. */
export interface BuildContext {
  /** The ignore file in force, where there is one. */
  readonly ignoreFile: IgnoreFile | undefined;
}
