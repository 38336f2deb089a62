import type { CachingProgram } from '../../../facts/cache-folders.ts';
import type { FileFacts } from '../../../facts/file-facts.ts';
import type { Stage } from '../../../facts/stages.ts';
import type { ShellCommand } from '../../../syntax/shell.ts';
import type { Instruction } from '../../../syntax/tree.ts';

/** What installs packages of Python and keeps its downloads. */
export interface Installer extends CachingProgram {
  /** The variable that switches its cache off, where there is one. */
  readonly off?: string;
  /** The flags that do. */
  readonly flags: RegExp;
  /** What in a text may install by it. */
  readonly mention: RegExp;
  /** Other programs that call it. */
  readonly calledBy?: RegExp;
  installsBy(facts: FileFacts, run: Instruction): readonly ShellCommand[];
  /** Whether a command empties its cache. */
  empties(command: ShellCommand): boolean;
  /** Whether something keeps it from its cache, or from doing without the cache afterwards, that no edit here takes away. */
  isBarred(facts: FileFacts, stage: Stage, run: Instruction): boolean;
}
