import { compilesAtRun, keepsFullImage } from '../../../data/compiler-needs.ts';
import { compiledLibraries, indirectNeeds, nativeNeeds, sourceOnly } from '../../../data/native-libraries.ts';
import { codenameOf } from '../../../facts/bare-bases.ts';
import { basePython } from '../../../facts/base-python.ts';
import type { BuildContext } from '../../../facts/build-context.ts';
import { nativeNeedOf } from '../../../facts/native-needs.ts';
import type { Stage } from '../../../facts/stages.ts';
import { fitsLinux, fitsPython, readWheelName } from '../../../facts/wheels.ts';
import type { SourceTexts } from '../../../project/source-texts.ts';
import type { Installed } from './environment-packages.ts';

/**
 * Debian packages that Python packages load or start at run time and that go with the base image or with the compilers;
 * undefined where a slim image is not right, or not known to be.
 * @param kept the Debian packages that the final stage installs anyway
 * @param dropped those that it does without; all of a full base goes with them
 */
export function libraryNeeds(
  {
    stage,
    context,
    sources,
    isSlim = false,
  }: {
    stage: Stage;
    context: BuildContext | undefined;
    sources?: SourceTexts | undefined;
    isSlim?: boolean;
  },
  packages: readonly Installed[],
  kept: readonly string[],
  dropped: readonly string[] = [],
): readonly string[] | undefined {
  const needs: string[] = [];
  const isCompiled = compiledHere(stage, context);
  const asked = new Set(packages.map(({ name }) => name));
  // Every lock file with a PyTorch for GPUs has Triton, which is of use where something is compiled.
  const isKept = (name: string) => keepsFullImage.has(name) && !(name === 'triton' && asked.has('torch'));
  for (const one of packages) {
    const { name } = one;
    if (isKept(name)) return undefined;
    const isBuilt = isCompiled.has(name) || Object.hasOwn(sourceOnly, name);
    const libraries = Object.hasOwn(compiledLibraries, name) ? compiledLibraries[name] : [];
    const isNamed = Object.hasOwn(compiledLibraries, name) || Object.hasOwn(nativeNeeds, name);
    if (libraries === undefined || (isBuilt && !isNamed)) return undefined;
    const own = Object.hasOwn(indirectNeeds, name) ? indirectNeeds[name] : nativeNeedOf(one, packages);
    const brings = (names: readonly string[]) => own && names.some((it) => own.broughtBy.test(it));
    // What a slim base never had is not lost.
    const isLost = !isSlim || brings(dropped.flatMap(withRecommended));
    needs.push(...libraries, ...(own?.inFullImage && isLost && !brings(kept) ? own.use.split(' ') : []));
  }
  const own = codeNeeds(sources);
  if (!own) return undefined;
  if (!isSlim) needs.push(...own);
  if (needs.some((name) => young.has(name)) && !/^(?:bookworm|trixie)$/.test(codenameOf(stage) ?? ''))
    return undefined;
  return [...new Set(needs)].filter((name) => !kept.includes(name));
}

/** Debian's git recommends the client of SSH (its control file). */
const withRecommended = (name: string) => (name === 'git' ? [name, 'openssh-client'] : [name]);

/** Libraries by a name that is looked for while the program runs. */
const loads = /\bfind_library\(|\b(?:CDLL|LoadLibrary|dlopen)\(/;

/** What the project's own code needs of the full image; undefined where it compiles, or loads what is not known. */
function codeNeeds(sources: SourceTexts | undefined): string[] | undefined {
  const code = [...(sources ?? [])].filter(([path]) => path.endsWith('.py')).map(([, text]) => text);
  if (code.some((text) => compilesAtRun.test(text) || loads.test(text))) return undefined;
  const some = (pattern: RegExp, name: string) => (code.some((text) => pattern.test(text)) ? [name] : []);
  return [
    // Python's own module loads it.
    ...some(/^[ \t]*(?:import|from) (?:tkinter|turtle)\b/m, 'libtk8.6'),
    ...some(/\bImageFont\.truetype\(|\/usr\/share\/fonts\//, 'fonts-dejavu-core'),
  ];
}

/** Packages that Debian has had since its release 12. */
const young = new Set(['libharfbuzz-subset0']);

/** Sources that PyPI has without a wheel and that hold Python alone, as known 2026-11. */
const pure = new Set(
  'antlr4-python3-runtime docopt langdetect rouge-score sgmllib3k wget future pyspark pyperclip fire bibtexparser'.split(
    ' ',
  ),
);

/** Names of locked packages without a wheel for this Python: what they are compiled against is not known. */
function compiledHere(stage: Stage, context: BuildContext | undefined): ReadonlySet<string> {
  const python = basePython(stage);
  const compiled = (context?.lock?.packages ?? []).filter(({ isLocal, registry, wheels, name }) => {
    if (isLocal || registry === undefined || pure.has(name) || !python) return false;
    const fit = wheels.flatMap((wheel) => readWheelName(wheel) ?? []).filter(fitsLinux);
    // Those of other systems alone say that Linux needs none of it.
    return wheels.length === 0 || (fit.length > 0 && !fit.some((wheel) => fitsPython(wheel, python)));
  });
  return new Set(compiled.map(({ name }) => name));
}
