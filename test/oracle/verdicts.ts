import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensureGoProgram } from '../parts/go.ts';
import { runOrThrow } from '../parts/processes.ts';
import type { Missing } from '../parts/progress.ts';

const buildkit = '0.34.2';
const source = new URL('verdicts/main.go', import.meta.url).pathname;

/** Why BuildKit cannot make the steps of a build of each of some texts; the empty string where it can. */
export type AskVerdicts = (texts: readonly string[]) => Promise<readonly string[]>;

/** BuildKit's way from a Dockerfile to the steps of a build, built once from its Go module. */
export async function ensureVerdicts(): Promise<AskVerdicts | Missing> {
  const hash = createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 12);
  try {
    const program = await ensureGoProgram(
      {
        name: 'verdicts',
        version: `${buildkit} ${hash}`,
        build: async (go, folder) => {
          writeFileSync(path.join(folder, 'go.mod'), 'module verdicts\n\ngo 1.26\n');
          copyFileSync(source, path.join(folder, 'main.go'));
          await go(['get', `github.com/moby/buildkit@v${buildkit}`]);
          await go(['mod', 'tidy']);
          await go(['build', '-ldflags', '-s -w', '-o', 'verdicts', '.']);
        },
      },
      () => {},
    );
    return async (texts) => {
      const { stdout } = await runOrThrow(program, [], { input: JSON.stringify(texts) });
      return JSON.parse(stdout) as string[];
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { missing: 'BuildKit’s frontend', why, install: 'Go 1.26 or newer, so that it can be built' };
  }
}
