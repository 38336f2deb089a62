import type { Missing } from '../parts/progress.ts';
import { ensureBuildkitProgram } from './buildkit-program.ts';

/** Why BuildKit cannot make the steps of a build of each of some texts; the empty string where it can. */
export type AskVerdicts = (texts: readonly string[]) => Promise<readonly string[]>;

/** BuildKit's way from a Dockerfile to the steps of a build. */
export const ensureVerdicts = (): Promise<AskVerdicts | Missing> =>
  ensureBuildkitProgram<string>('verdicts', 'BuildKit’s frontend');
