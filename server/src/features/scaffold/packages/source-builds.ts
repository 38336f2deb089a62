import { compiledPackages } from '../../../data/compiled-packages.ts';
import { sourceOnly } from '../../../data/native-libraries.ts';
import type { LockedPackage } from '../../../facts/build-context.ts';
import { fitsLinux, fitsPython, readWheelName } from '../../../facts/wheels.ts';
import type { KnownProject } from '../known-project.ts';
import type { Dependencies } from './dependencies.ts';
import { hasWheel } from './wheels-for-pythons.ts';

/** Whether an install builds some package from its source: for that a build needs a compiler, and Git for repositories. */
export type SourceBuilds = 'none' | 'possible' | 'certain';

export function sourceBuildsOf(
  { context, texts }: KnownProject,
  dependencies: Dependencies,
  packages: ReadonlySet<string>,
  python: string,
): SourceBuilds {
  if (dependencies.hasRepositories) return 'certain';
  if ((context.project?.buildRequires ?? []).some((name) => compiles.test(name))) return 'certain';
  const locked = dependencies.source === 'lock' ? (context.lock?.packages ?? []) : [];
  const foreign = locked.filter(({ isLocal }) => !isLocal);
  if (foreign.some(({ wheels }) => wheels.length === 0)) return 'certain';
  const withWheels = new Set(foreign.map(({ name }) => name));
  const hasNoWheel = (name: string) => Object.hasOwn(sourceOnly, name) || compiledPackages.has(name);
  if ([...packages].some((name) => hasNoWheel(name) && !withWheels.has(name))) return 'certain';
  if (dependencies.source === 'lock')
    return foreign.some((one) => one.hasSdist && !fits(one, python)) ? 'possible' : 'none';
  if (dependencies.source === 'poetry' && dependencies.files[0] === 'poetry.lock')
    return poetryFiles(texts.get('poetry.lock') ?? '').every((wheels) => fits({ wheels }, python))
      ? 'none'
      : 'possible';
  // The newest release has wheels where those before had them.
  const isKnown = dependencies.asked.every(
    ({ name, exact = newest, specifier }) =>
      (exact !== newest || !/[<~]|==/.test(specifier)) && hasWheel(name, exact, python) === true,
  );
  return isKnown ? 'none' : 'possible';
}

/** Backends and tools that compile the project's own code (documentation of each). */
const compiles =
  /^(?:scikit-build(?:-core)?|meson-python|pybind11|nanobind|cython|setuptools-rust|cffi|numpy)$/;

/** The names of the files of each package of a `poetry.lock`; none where it does not tell them. */
function poetryFiles(text: string): string[][] {
  const packages = text.split(/^\[\[package\]\]$/m).slice(1);
  const all = packages.map((one) => [...one.matchAll(/\bfile = "([^"\n]+)"/g)].map(([, file = '']) => file));
  return all.length > 0 ? all : [[]];
}

/** Behind every release. */
const newest = '999999';

function fits({ wheels }: Pick<LockedPackage, 'wheels'>, python: string): boolean {
  const [major = 3, minor = 0] = python.split('.').map(Number);
  return wheels
    .flatMap((wheel) => readWheelName(wheel) ?? [])
    .some((wheel) => fitsLinux(wheel) && fitsPython(wheel, { major, minor }));
}
