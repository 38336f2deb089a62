import { listOf } from '../packages/dependencies.ts';
import { contribUse, withContrib } from '../packages/opencv.ts';
import type { ProjectFacts } from '../project.ts';
import { programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';

/** Why a program misses a part of OpenCV, in a sentence: the build that is asked for has none of the contributed modules. */
export function opencvFault(facts: ProjectFacts, start: Start): string | undefined {
  const asked = facts.dependencies.asked.map(({ name }) => name).filter((name) => name.startsWith('opencv-'));
  const [own] = asked;
  if (own === undefined || asked.some((name) => name.includes('contrib'))) return undefined;
  for (const { path, text } of programsOfStart(facts, start)) {
    const use = contribUse(text);
    if (use !== undefined)
      return `${path} uses ${use}, which ${own} has not and ${withContrib(own)} has: name that in ${listOf(facts.dependencies)} instead, then add the files again.`;
  }
  return undefined;
}
