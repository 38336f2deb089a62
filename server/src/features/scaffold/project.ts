import { type ProjectFiles, projectFilesOf } from './files/copied.ts';
import { readsAround } from './files/reads-around.ts';
import type { Answers, Found } from './found.ts';
import type { KnownProject } from './known-project.ts';
import { broughtBy, broughtByExtras } from './packages/brought.ts';
import { buildFault } from './packages/build-faults.ts';
import { cloudPackages } from './packages/cloud-packages.ts';
import { type Dependencies, dependenciesOf } from './packages/dependencies.ts';
import { extrasOf } from './packages/extras.ts';
import { withHeldFor, withoutBounds } from './packages/held-releases.ts';
import { withoutIgnoredLocks } from './packages/ignored-locks.ts';
import { type KeptPackages, keptPackages } from './packages/kept-packages.ts';
import { spacyFault } from './packages/outside-sources.ts';
import { isBuildable, type Module, moduleOf, rootBefore } from './packages/package.ts';
import { type SourceBuilds, sourceBuildsOf } from './packages/source-builds.ts';
import { withMore } from './packages/with-more.ts';
import { noDockerfile, type PresentDockerfile, presentDockerfile } from './present-dockerfile.ts';
import { type Gpu, gpuOf } from './releases/gpu.ts';
import { onlyRelease, pythonOf } from './releases/pythons.ts';
import { type ReleaseLimit, releasesOf } from './releases/releases.ts';
import { besidePyproject } from './releases/stale-pythons.ts';
import { type SourceTree, sourceTreeOf } from './sources/modules.ts';

/** What the images of a project are made from. */
export interface ProjectFacts extends KnownProject {
  /** Fit for an image. */
  readonly name: string;
  readonly dependencies: Dependencies;
  /** A build backend makes a wheel of it. */
  readonly isPackage: boolean;
  /** Its code reads files that lie around the package, so it is installed from where it lies. */
  readonly staysInPlace: boolean;
  /** It stays there, and its backend cannot install it so: the folder that comes before what is installed, on Python's path. */
  readonly rootBefore: string | undefined;
  readonly module: Module | undefined;
  /** Whether a file is installed with the package. */
  readonly isInPackage: (path: string) => boolean;
  readonly tree: SourceTree;
  readonly files: ProjectFiles;
  /** The Dockerfile that is there. */
  readonly present: PresentDockerfile | undefined;
  /** Names of the packages that the project itself asks for. */
  readonly direct: ReadonlySet<string>;
  /** Those, and all that are locked. */
  readonly packages: ReadonlySet<string>;
  readonly gpu: Gpu;
}

/** A browser of the system that a program drives. */
export interface DrivenBrowser {
  readonly packages: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** What root does for it. */
  readonly commands: readonly string[];
  readonly note: string;
}

/** A project with the Python of its images, such as `3.12`. */
export interface ImageFacts extends ProjectFacts {
  readonly python: string;
  /** What its images are called by: the same, or the release that the project admits alone, such as `3.10.19`. */
  readonly pythonTag: string;
  /** uv must be told, as `.python-version` asks for something else. */
  readonly tellsPython: boolean;
  readonly builds: SourceBuilds;
  readonly kept: KeptPackages;
  /** Libraries and programs that an image was tried without and did not find. */
  readonly missing: readonly string[];
  /** Up to which day releases are taken. */
  readonly limit: ReleaseLimit | null;
  /** The same for the tools that build what is pinned. */
  readonly tools?: string | undefined;
  /** Installed beside its list, as its programs call for them. */
  readonly called?: readonly string[];
  /** Which extras of the project are installed besides those that are chosen, and why. */
  readonly extraNotes?: readonly string[];
  /** Of the system, as its program drives it. */
  readonly browser?: DrivenBrowser | undefined;
}

/** What its files tell of a project; undefined where there is none. */
export function projectFacts(known: KnownProject, answers: Answers): Found<ProjectFacts> | undefined {
  const shared = withoutIgnoredLocks(known);
  const found = dependenciesOf(shared, answers);
  if (!found || !('value' in found)) return found;
  return { value: factsOf(shared, found.value) };
}

function factsOf(known: KnownProject, found: Dependencies): ProjectFacts {
  const present = presentDockerfile(known.texts);
  const dependencies = withMore(found, present, known);
  const { context, folderName } = known;
  const { project } = context;
  const isLocked = dependencies.source === 'lock';
  const locked = isLocked ? (context.lock?.packages ?? []) : [];
  const direct = new Set(dependencies.asked.map(({ name }) => name));
  const packages = new Set([
    ...direct,
    ...broughtBy(direct, isLocked),
    ...broughtByExtras(dependencies.asked, isLocked),
    ...locked.map(({ name }) => name),
  ]);
  const module = moduleOf(known);
  const isPackage = dependencies.source === 'setup' || isBuildable(known, module);
  const isInPackage = (path: string) =>
    isPackage &&
    (path.startsWith('src/') ||
      (module !== undefined && (path.startsWith(`${module.folder}/`) || path === `${module.folder}.py`)));
  const tree = sourceTreeOf(known, direct);
  const files = projectFilesOf(known, tree);
  const staysInPlace = isPackage && readsAround(known, files, isInPackage);
  return {
    ...known,
    name: imageName(project?.name ?? dependencies.setup?.name ?? folderName),
    dependencies,
    isPackage,
    staysInPlace,
    rootBefore: staysInPlace ? rootBefore(known, module) : undefined,
    module,
    isInPackage,
    tree,
    files,
    present,
    direct,
    packages,
    gpu: gpuOf(isLocked ? context : { ...context, lock: undefined }, dependencies.asked, packages),
  };
}

const withoutImage = (facts: ProjectFacts): ProjectFacts => ({
  ...facts,
  texts: new Map([...facts.texts].filter(([path]) => !/dockerfile/i.test(path))),
});

/** With the Python of its images. */
export function imageFacts(project: ProjectFacts, isWheel: boolean, answers: Answers): Found<ImageFacts> {
  const extras = isWheel ? { value: project.present?.choices ?? [] } : extrasOf(project, answers);
  if (!('value' in extras)) return extras;
  const hasMore = extras.value.length > (project.present?.choices.length ?? 0);
  const facts = hasMore
    ? { ...project, present: { ...(project.present ?? noDockerfile), choices: extras.value } }
    : project;
  const releases = releasesOf(facts, facts.dependencies, isWheel, answers);
  if (!('value' in releases)) return releases;
  const { limit, date, tools } = releases.value;
  const dependencies = limit === null ? facts.dependencies : withoutBounds(facts.dependencies, limit.date);
  const fault = buildFault(facts, limit, isWheel) ?? spacyFault(facts);
  if (fault !== undefined) return { refused: fault };
  // The present Dockerfile tells of no Python for extras that it leaves out.
  const pythonFor = (one: ProjectFacts) => pythonOf(one, dependencies, answers, date);
  const told = hasMore ? withoutImage(facts) : facts;
  const found = isWheel ? pythonFor(told) : besidePyproject(told, pythonFor(told), pythonFor);
  if (!('value' in found)) return found;
  const pin = facts.texts.get('.python-version')?.trim();
  const tellsPython = pin !== undefined && pin !== found.value;
  const builds = sourceBuildsOf(facts, facts.dependencies, facts.packages, found.value);
  return {
    ...found,
    value: {
      ...facts,
      dependencies: withHeldFor(dependencies, found.value, limit?.date),
      python: found.value,
      pythonTag: onlyRelease(facts) ?? found.value,
      tellsPython,
      builds,
      limit,
      // A list that pins them has them for itself alone, and where all comes as wheels they are not called.
      tools:
        builds === 'none' || facts.direct.has('setuptools') || facts.direct.has('cython') ? undefined : tools,
      kept: keptPackages(
        facts.present,
        builds,
        facts.files.isCalled,
        cloudPackages(facts.texts, facts.direct),
      ),
      missing: (answers.missing ?? '').split(' ').filter(Boolean),
    },
  };
}

function imageName(text: string): string {
  const plain = text.normalize('NFKD').toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'image';
}

/** One wheel is enough: all that it depends on comes from an index that it knows. */
export function isOneWheel({
  isPackage,
  staysInPlace,
  context: { project },
  dependencies,
}: ProjectFacts): boolean {
  const sources = [...(project?.uv.sources ?? [])].filter(([name]) => name !== 'torch');
  return (
    isPackage &&
    dependencies.source !== 'setup' &&
    !staysInPlace &&
    dependencies.paths.length === 0 &&
    sources.length === 0
  );
}
