import { cloudList, cloudPackages } from '../packages/cloud-packages.ts';
import { isForBuilds, wantedPackages } from '../packages/kept-packages.ts';
import { systemPackages } from '../packages/needed-packages.ts';
import type { ImageFacts } from '../project.ts';

/** So many names stand in a line. */
const most = 12;

/** What of the list for a host is not installed, in a sentence: our release may not have a package of that name. */
export function cloudNote(facts: ImageFacts, isDebian: boolean): string | undefined {
  const installed = systemPackages(facts, isDebian ? 'bookworm' : 'noble').map((one) => one.split('=', 1)[0]);
  const listed = cloudPackages(facts.texts, facts.direct);
  const names = wantedPackages(listed, facts.files.isCalled).filter(
    (name) => !isForBuilds(name) && !installed.includes(name),
  );
  return names.length === 0
    ? undefined
    : `The program does without ${names.slice(0, most).join(', ')} of ${cloudList}, or the Dockerfile is made to install ${names.length === 1 ? 'it' : 'them'}.`;
}
