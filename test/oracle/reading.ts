import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensureGoProgram } from '../parts/go.ts';
import { runOrThrow } from '../parts/processes.ts';
import type { Missing } from '../parts/progress.ts';

const buildkit = '0.34.2';
const source = new URL('reading/main.go', import.meta.url).pathname;

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

/** BuildKit's parser, built once from its Go module. */
export async function ensureReadings(): Promise<AskReadings | Missing> {
  const hash = createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 12);
  try {
    const program = await ensureGoProgram(
      {
        name: 'reading',
        version: `${buildkit} ${hash}`,
        build: async (go, folder) => {
          writeFileSync(path.join(folder, 'go.mod'), 'module reading\n\ngo 1.26\n');
          copyFileSync(source, path.join(folder, 'main.go'));
          await go(['get', `github.com/moby/buildkit@v${buildkit}`]);
          await go(['mod', 'tidy']);
          await go(['build', '-ldflags', '-s -w', '-o', 'reading', '.']);
        },
      },
      () => {},
    );
    return async (texts) => {
      const { stdout } = await runOrThrow(program, [], { input: JSON.stringify(texts) });
      return JSON.parse(stdout) as Reading[];
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { missing: 'BuildKit’s parser', why, install: 'Go 1.26 or newer, so that it can be built' };
  }
}
