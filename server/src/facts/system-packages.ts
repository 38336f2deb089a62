import type { ShellWord } from '../syntax/shell.ts';
import type { Instruction } from '../syntax/tree.ts';
import type { FileFacts } from './file-facts.ts';
import { type InstallForm, installsOf } from './package-installs.ts';

/** How the package managers of the distributions install. */
const forms: readonly InstallForm[] = [
  { programs: ['apt-get', 'apt', 'aptitude'], verbs: ['install'], valueFlags: ['t', 'target-release', 'o'] },
  { programs: ['dnf', 'microdnf', 'yum', 'tdnf'], verbs: ['install'] },
  { programs: ['zypper'], verbs: ['install', 'in'] },
  { programs: ['apk'], verbs: ['add'], valueFlags: ['t', 'virtual', 'X', 'repository'] },
];

/** A package of the distribution that a RUN installs. */
export interface SystemPackage {
  readonly word: ShellWord;
  /** Its name without a version, architecture or release behind `=`, `:` or `/`. */
  readonly name: string;
}

/** The packages that a RUN installs with the package manager of the distribution. */
export function systemPackages(facts: FileFacts, run: Instruction): SystemPackage[] {
  return forms.flatMap((form) =>
    installsOf(facts, run, form).flatMap(({ packages }) =>
      packages.map((word) => ({ word, name: word.value.replace(/[=:/].*$/s, '') })),
    ),
  );
}
