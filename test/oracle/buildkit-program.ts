import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensureGoProgram } from '../parts/go.ts';
import { runOrThrow } from '../parts/processes.ts';
import type { Missing } from '../parts/progress.ts';

const buildkit = '0.34.2';

/**
 * A program that links a part of BuildKit, built once from its Go module: it gets a list of texts and gives a list of answers.
 * @param name of the folder beside this file that holds its `main.go`
 * @param missing what there is none of where it cannot be built
 */
export async function ensureBuildkitProgram<Answer>(
  name: string,
  missing: string,
): Promise<((texts: readonly string[]) => Promise<readonly Answer[]>) | Missing> {
  const source = new URL(`${name}/main.go`, import.meta.url).pathname;
  const hash = createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 12);
  try {
    const program = await ensureGoProgram(
      {
        name,
        version: `${buildkit} ${hash}`,
        build: async (go, folder) => {
          writeFileSync(path.join(folder, 'go.mod'), `module ${name}\n\ngo 1.26\n`);
          copyFileSync(source, path.join(folder, 'main.go'));
          await go(['get', `github.com/moby/buildkit@v${buildkit}`]);
          await go(['mod', 'tidy']);
          await go(['build', '-ldflags', '-s -w', '-o', name, '.']);
        },
      },
      () => {},
    );
    return async (texts) => {
      const { stdout } = await runOrThrow(program, [], { input: JSON.stringify(texts) });
      return JSON.parse(stdout) as Answer[];
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { missing, why, install: 'Go 1.26 or newer, so that it can be built' };
  }
}

/** All of them, for the unit tests. Who needs one that could not be built says so. */
export async function ensureReaders(): Promise<void> {
  for (const name of ['refusals', 'verdicts', 'reading']) await ensureBuildkitProgram(name, name);
}
