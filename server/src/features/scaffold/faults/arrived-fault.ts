import type { Requirement } from '../../../facts/requirements.ts';
import { listOf } from '../packages/dependencies.ts';
import type { ProjectFacts } from '../project.ts';
import { programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';

/** Why the release that is asked for has not what a program uses, in a sentence. */
export function arrivedFault(facts: ProjectFacts, start: Start): string | undefined {
  const { arrived = [], asked, files } = facts.dependencies;
  const reached = new Set(programsOfStart(facts, start).map(({ path }) => path));
  const found = arrived.find(
    ({ name, first, file }) =>
      reached.has(file) && asked.some((one) => one.name === name && isBefore(one, first)),
  );
  return (
    found &&
    `${found.file} uses ${found.use}, which ${found.name} has from ${found.first} on, and ${listOf({ files })} asks for an older one: ask for ${found.first} or a newer one there, then add the files again.`
  );
}

/** Whether all that a requirement admits is older than a release. */
function isBefore({ exact, specifier }: Requirement, first: string): boolean {
  const highest = /(?:^|,)<(\d[\d.]*)(?=,|$)/.exec(specifier)?.[1];
  if (exact !== undefined) return order(exact.replace(/\+.*/s, ''), first) < 0;
  return highest !== undefined && order(highest, first) <= 0;
}

/** 2.0 and 2.0.0 are one release (Python packaging documentation, "Version specifiers"). */
const order = (a: string, b: string) =>
  a.replace(/(?:\.0){1,3}$/, '').localeCompare(b.replace(/(?:\.0){1,3}$/, ''), 'en', { numeric: true });
