import { readMounts } from '../../facts/mounts.ts';
import type { Proposal, Refactoring, Subject } from './refactoring.ts';

/**
 * Files by which platforms build the Dockerfile beside them without BuildKit, where `--mount` is an error: CapRover's
 * (caprover/caprover#2012) and Heroku's (as known 2026-11, not verified).
 */
const builtBy = /^(?:heroku\.ya?ml|captain-definition)$/;

/** What a refactoring proposes, but for mounts where a platform builds that knows none. */
export function proposeFor(refactoring: Refactoring, subject: Subject): Proposal | undefined {
  const proposal = refactoring.propose(subject);
  const mounts = proposal?.edits.some(({ text }) => text.includes('--mount='));
  return mounts && isBuiltClassically(subject) ? undefined : proposal;
}

function isBuiltClassically({ facts }: Subject): boolean {
  const { files = [] } = facts.context?.files ?? {};
  const runs = facts.stages.flatMap(({ byKeyword }) => byKeyword.get('RUN') ?? []);
  return files.some(({ path }) => builtBy.test(path)) && !runs.some((run) => readMounts(run.node).length > 0);
}
