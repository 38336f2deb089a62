import { hostedModules } from '../../../data/hosted-modules.ts';
import type { ProjectFacts } from '../project.ts';
import { neededFiles, programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';

/** Why a program ends where it begins, in a sentence: what it imports or calls there is in a notebook of a provider alone. */
export function hostedFault(facts: ProjectFacts, start: Start): string | undefined {
  const needed = neededFiles(facts, start);
  for (const { path, text } of programsOfStart(facts, start)) {
    if (!needed.has(path)) continue;
    for (const { use, name, place, packages } of hostedModules)
      if (!packages.some((one) => facts.packages.has(one)) && use.test(text))
        return `${path} uses ${name} as it begins, which is there in ${place} alone: put it behind a condition or leave it out, then add the files again.`;
  }
  return undefined;
}
