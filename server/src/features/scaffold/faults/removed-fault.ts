import { listOf } from '../packages/dependencies.ts';
import type { ProjectFacts } from '../project.ts';
import { thereBy } from '../releases/ages.ts';
import { earliestOf } from '../releases/releases.ts';
import { programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';

/** Why a program finds no release that has what it uses and goes with all that is asked for, in a sentence. */
export function removedFault(facts: ProjectFacts, start: Start): string | undefined {
  const { removed = [], asked, files } = facts.dependencies;
  const there = thereBy(asked, earliestOf(facts, facts.dependencies));
  const reached = new Set(programsOfStart(facts, start).map(({ path }) => path));
  const found = removed.find(({ until, file }) => until !== undefined && until < there && reached.has(file));
  return (
    found &&
    `${found.file} uses ${found.use}, which ${found.name} has no more behind ${found.last}, and ${listOf({ files })} asks for what came later: write versions there that go together, then add the files again.`
  );
}
