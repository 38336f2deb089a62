import type { Log } from '../../../parts/progress.ts';
import { createFolderService } from '../../../server/folder-service.ts';
import type { World } from '../world.ts';
import type { OptimizeCase, ScaffoldCase } from './case.ts';
import { added } from './cases/added.ts';
import { caches } from './cases/caches.ts';
import { context } from './cases/context.ts';
import { order } from './cases/order.ts';
import { parts } from './cases/parts.ts';
import { programs } from './cases/programs.ts';
import { stages } from './cases/stages.ts';
import { syncs } from './cases/syncs.ts';
import { users } from './cases/users.ts';
import { whole } from './cases/whole.ts';
import { judgeScaffold } from './scaffolded.ts';
import { judgeOptimized, type Verdict } from './verdict.ts';

export const optimizeCases: readonly OptimizeCase[] = [
  ...caches,
  ...users,
  ...stages,
  ...programs,
  ...syncs,
  ...order,
  ...parts,
  ...context,
  ...whole,
];
export const scaffoldCases: readonly ScaffoldCase[] = added;

export interface Verdicts {
  readonly optimized: readonly Verdict[];
  readonly scaffolded: readonly Verdict[];
}

/** Judges the cases whose names are wanted, one after the other. */
export async function judgeAll(
  world: World,
  log: Log,
  isWanted: (name: string) => boolean,
): Promise<Verdicts> {
  const service = await createFolderService();
  const judge = async <T extends { readonly name: string }>(
    cases: readonly T[],
    one: (project: T) => Promise<Verdict>,
  ) => {
    const verdicts: Verdict[] = [];
    for (const project of cases) {
      if (!isWanted(project.name)) continue;
      const verdict = await one(project);
      verdicts.push(verdict);
      const { applied, differences } = verdict;
      const offered = applied.join(', ') || 'nothing';
      log('behaviour', `${project.name}: ${offered}: ${differences.join('; ') || 'the same'}`);
    }
    return verdicts;
  };
  return {
    optimized: await judge(optimizeCases, (project) => judgeOptimized(world, service, project)),
    scaffolded: await judge(scaffoldCases, (project) => judgeScaffold(world, service, project)),
  };
}
