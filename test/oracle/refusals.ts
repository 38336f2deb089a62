import type { Missing } from '../parts/progress.ts';
import { ensureBuildkitProgram } from './buildkit-program.ts';

/** Why BuildKit refuses each of some texts; the empty string where it takes one. */
export type AskRefusals = (texts: readonly string[]) => Promise<readonly string[]>;

/** The parts of BuildKit that read a Dockerfile. */
export const ensureRefusals = (): Promise<AskRefusals | Missing> =>
  ensureBuildkitProgram<string>('refusals', 'BuildKit’s parser');
