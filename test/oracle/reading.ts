import type { Missing } from '../parts/progress.ts';
import { ensureBuildkitProgram } from './buildkit-program.ts';

export interface ReadHeredoc {
  readonly name: string;
  readonly quoted: boolean;
  readonly chomp: boolean;
  readonly content: string;
}

/** An instruction as BuildKit's parser reads it. */
export interface ReadInstruction {
  readonly keyword: string;
  /** Lines, from 1. */
  readonly start: number;
  readonly end: number;
  /** Its lines joined. */
  readonly line: string;
  readonly flags: readonly string[];
  readonly json: boolean;
  readonly words: readonly string[];
  readonly heredocs: readonly ReadHeredoc[];
  readonly trigger: ReadInstruction | null;
}

export interface Reading {
  /** Why the parser ends; empty where it does not. */
  readonly refused: string;
  readonly instructions: readonly ReadInstruction[] | null;
}

/** What BuildKit's parser reads of each of some texts. */
export type AskReadings = (texts: readonly string[]) => Promise<readonly Reading[]>;

/** BuildKit's parser. */
export const ensureReadings = (): Promise<AskReadings | Missing> =>
  ensureBuildkitProgram<Reading>('reading', 'BuildKit’s parser');
