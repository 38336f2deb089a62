import { broughtPackages } from '../../../data/brought-packages.ts';
import { boundModules, pickledModules } from '../../../data/pickled-modules.ts';
import { type Requirement, readRequirement } from '../../../facts/requirements.ts';
import type { SourceTexts } from '../../../project/source-texts.ts';
import type { KnownProject } from '../known-project.ts';
import { nameOf } from '../paths.ts';
import { besideProgram } from '../sources/applications.ts';

/** A package of which a file of the project was written, as that is read when the programs load it. */
export interface PickledPackage {
  readonly by: string;
  /** With the release of that file, or a bound, where they are known. */
  readonly requirement: string;
}

const loads = (text: string) =>
  (/\b(?:pickle|joblib|cloudpickle|dill)\b/.test(text) && /\bload\(/.test(text)) ||
  /\bread_pickle\(|\bload_model\(/.test(text);

/** Whether the programs load such files and name one. */
export function loadedFiles(texts: SourceTexts): (path: string) => boolean {
  const programs = [...texts].flatMap(([path, text]) =>
    path.endsWith('.py') && !besideProgram.test(path) ? text : [],
  );
  // One that loads what it is given is called from another that names the file.
  const isAny = programs.some(loads);
  return (path) => isAny && programs.some((text) => text.includes(nameOf(path)));
}

/** What the programs load, each package once: of several releases the highest. */
export function pickledPackages({ pickled }: KnownProject): PickledPackage[] {
  const found = new Map<string, PickledPackage & { version: string }>();
  for (const [by, { modules, versions, packedBy }] of pickled ?? []) {
    // joblib asks for it itself, and does not bring it (joblib documentation, "Persistence").
    const all = (packedBy === 'lz4' ? [...modules, 'lz4'] : modules).flatMap((module) => {
      const name = pickledModules.get(module.split('.', 1)[0] ?? '');
      const bound = boundModules.get(module);
      return [...(name === undefined ? [] : [name]), ...(bound === undefined ? [] : [bound])];
    });
    for (const one of all) {
      const name = readRequirement(one)?.name ?? one;
      const version = versions.get(name) ?? '';
      const other = found.get(name);
      const isMore = other === undefined || compare(version, other.version) > 0;
      const isBound = one !== name && other !== undefined && other.requirement === name;
      if (isMore || isBound)
        found.set(name, { by, version, requirement: version === '' ? one : `${name}==${version}` });
    }
  }
  return [...found.values()].map(({ by, requirement }) => ({ by, requirement }));
}

const compare = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });

/** Of these what is installed beside a list: what it does not bring, and the release of what it leaves open. */
export function pickledBeside(known: KnownProject, asked: readonly Requirement[]): Requirement[] {
  const brought = new Set(asked.flatMap(({ name }) => [name, ...(broughtPackages.get(name) ?? [])]));
  for (const one of brought) for (const other of broughtPackages.get(one) ?? []) brought.add(other);
  return pickledPackages(known).flatMap(({ requirement }) => {
    const one = readRequirement(requirement);
    if (!one) return [];
    const same = asked.filter(({ name }) => name === one.name);
    const isOpen = same.every(({ specifier }) => specifier === '');
    return isOpen && (one.specifier !== '' || !brought.has(one.name)) ? one : [];
  });
}

/** What is installed for them, and what they were written with otherwise, a sentence for each. */
export function pickledNotes(
  known: KnownProject,
  asked: readonly Requirement[],
  more: readonly string[],
): string[] {
  const words = new Set(more.map((word) => word.replaceAll("'", '')));
  const hidden = [...(known.pickled ?? [])].flatMap(([by, { packedBy }]) =>
    packedBy === undefined
      ? []
      : `The releases that are installed read ${by}, of which ${packedBy} hides what wrote it.`,
  );
  const told = pickledPackages(known).flatMap(({ by, requirement }) => {
    const one = readRequirement(requirement);
    if (!one) return [];
    if (words.has(requirement))
      return one.exact === undefined
        ? `${requirement} is installed beside what the project names, as ${by} holds objects of it.`
        : `${one.name} ${one.exact} is installed, as ${by} was written with it.`;
    const own = asked.find(({ name }) => name === one.name);
    return own && one.exact !== undefined && own.exact !== one.exact
      ? `${by}, which was written with ${one.name} ${one.exact}, is read by ${own.exact ?? 'the release that is installed'} as well.`
      : [];
  });
  return [...told, ...hidden];
}
