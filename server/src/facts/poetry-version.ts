import type { Instruction } from '../syntax/tree.ts';
import { remember } from '../text/remember.ts';
import { basePython } from './base-python.ts';
import type { FileFacts } from './file-facts.ts';
import { pipArgs, readPipTargets } from './pip.ts';
import { lineage } from './stages.ts';

/** `poetry==2.1.3`, `poetry>=2`, `POETRY_VERSION=1.8.5`. */
const named = /\b(?:poetry(?:[=~>]=|[@=])|POETRY_VERSION[= ])["']?([0-2])\./g;

/** The major releases of Poetry that a file names. */
const majorsIn = remember(
  ({ file }: FileFacts): ReadonlySet<number> =>
    new Set([...file.joined.matchAll(named)].map(([, major]) => Number(major))),
);

/**
 * The major release of the Poetry that a RUN has; undefined where nothing tells. A `pip install poetry` takes the newest
 * one, which has been 2 since January 2025 and wants Python 3.9 (PyPI, 2026-11).
 */
export function poetryMajor(facts: FileFacts, run: Instruction): number | undefined {
  const majors = majorsIn(facts);
  if (majors.size > 0) return majors.size === 1 ? [...majors][0] : undefined;
  const stage = facts.stageOf(run);
  const python = stage && basePython(stage);
  if (!stage || !python || python.minor < 9) return undefined;
  return installsNewest(facts).has(lineage(stage).at(-1)?.index ?? -1) ? 2 : undefined;
}

/** The roots of the stages in which a RUN installs Poetry without a version. */
const installsNewest = remember((facts: FileFacts): ReadonlySet<number> => {
  const roots = facts.stages.flatMap((stage) => {
    const isThere = (stage.byKeyword.get('RUN') ?? []).some((run) =>
      facts.commands(run).some((command) => {
        const args = pipArgs(command);
        return args && readPipTargets(args).packages.some(({ value }) => value === 'poetry');
      }),
    );
    return isThere ? (lineage(stage).at(-1)?.index ?? []) : [];
  });
  return new Set(roots);
});
