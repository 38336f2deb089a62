import { type Requirement, readRequirement } from '../../../facts/requirements.ts';
import { type Answers, ask, type Found } from '../found.ts';
import type { KnownProject } from '../known-project.ts';
import { foldersAbove } from '../paths.ts';
import { besideProgram } from '../sources/applications.ts';
import { appsOf } from '../sources/django-loads.ts';
import { laterImports } from '../sources/later-imports.ts';
import { fileOf, sourceTreeOf } from '../sources/modules.ts';
import { packageOf } from './known-packages.ts';
import { importedPackages, installedBy, noDependencies } from './no-dependencies.ts';
import { contribUse, withContrib } from './opencv.ts';
import { providersOf } from './providers.ts';

/** Packages for programs which no file lists any for. */
interface NamedPackages {
  readonly packages: readonly Requirement[];
  /** The file that tells of them. */
  readonly by: string | null;
}

/** What is installed for programs where no file lists it: asked for, with what was found as choices. */
export function importedRequirements(known: KnownProject, answers: Answers): Found<readonly Requirement[]> {
  const all = namedPackages(known);
  if (all.length === 0) return { refused: noDependencies(known) };
  const chosen = all.find(
    ({ packages }) => packages.length === 0 || wordsOf(packages).join(' ') === answers.dependencies,
  );
  if (!chosen)
    return ask(
      'dependencies',
      all.map(({ packages, by }) => ({ value: wordsOf(packages).join(' '), because: by })),
    );
  return { value: chosen.packages };
}

/** Requirements as a shell takes them. */
export const wordsOf = (requirements: readonly Requirement[]): string[] =>
  requirements.map(({ name, extras, specifier }) => {
    const word = `${name}${extras.length > 0 ? `[${extras.join(',')}]` : ''}${specifier}`;
    return /[^\w.=-]/.test(word) ? `'${word}'` : word;
  });

/**
 * What can be installed for programs where no file lists it, the best first: what a file for readers installs, where that is
 * all that they import, and what brings their imports. None where they import something that is known under no name: a
 * stranger may have taken the name of a module on PyPI.
 */
function namedPackages(known: KnownProject): NamedPackages[] {
  const modules = [...new Set([...importedPackages(known), ...installedApps(known)])];
  const brought = modules.map(packageOf);
  const found: NamedPackages[] = [];
  const [by, words = []] = installedBy(known) ?? [];
  const said = words.flatMap((word) => readRequirement(word) ?? []);
  const names = new Set(said.map(({ name }) => name));
  const isWhole =
    said.length > 0 && modules.every((module) => providersOf(module).some((name) => names.has(name)));
  if (by !== undefined && isWhole) found.push({ packages: said, by });
  if (brought.includes(undefined) || (isWhole && names.size === new Set(brought).size)) return found;
  const [first] = modules;
  // What only functions import ends a program as well, later; of these those that are known.
  const later = importedPackages(known, undefined, (path, { texts }) => laterImports(texts.get(path) ?? ''));
  const isContrib = hasContrib(known);
  const wanted = [...brought, ...later.flatMap((module) => packageOf(module) ?? [])].map((name) =>
    name !== undefined && isContrib ? withContrib(name) : name,
  );
  // Without what this extra brings its pages for other accounts cannot be imported (django-allauth documentation, "Quickstart").
  const isSocial = [...known.texts.values()].some((text) => appsOf(text).includes('allauth.socialaccount'));
  const packages = [...new Set(wanted)]
    .sort()
    .flatMap(
      (name = '') =>
        readRequirement(name === 'django-allauth' && isSocial ? `${name}[socialaccount]` : name) ?? [],
    );
  return [...found, { packages, by: first === undefined ? null : importerOf(known, first) }];
}

const hasContrib = ({ texts }: KnownProject) =>
  [...texts].some(
    ([path, text]) => path.endsWith('.py') && !besideProgram.test(path) && contribUse(text) !== undefined,
  );

/** Applications of others that the settings of Django name as text. */
function installedApps(known: KnownProject): string[] {
  const tree = sourceTreeOf(known, new Set());
  const all = [...known.texts].flatMap(([path, text]) =>
    path.endsWith('.py') && !besideProgram.test(path)
      ? appsOf(text).filter((app) => !foldersAbove(path).some((folder) => fileOf(folder, app, tree)))
      : [],
  );
  return [...new Set(all.map((app) => app.split('.', 1)[0] ?? ''))].filter((top) => top !== 'django');
}

function importerOf(known: KnownProject, module: string): string | null {
  const tree = sourceTreeOf(known, new Set());
  const imports = (path: string) => tree.neededImports(path).some((one) => one.split('.', 1)[0] === module);
  return [...tree.paths].filter(imports).sort((a, b) => a.length - b.length || (a < b ? -1 : 1))[0] ?? null;
}
