import { mayHold } from '../../../facts/markers.ts';
import type { Requirement } from '../../../facts/requirements.ts';
import { readPipfile } from '../../../project/pipfile.ts';
import { readRequirementFile } from '../../../project/requirement-files.ts';
import { type Answers, ask, type Found } from '../found.ts';
import type { KnownProject } from '../known-project.ts';
import { isOutside, posixJoin } from '../paths.ts';
import type { ArrivedUse } from '../releases/arrived-uses.ts';
import type { RemovedUse } from '../releases/removed-uses.ts';
import { importedRequirements, wordsOf } from './imported-list.ts';
import { pipfileLockFault, poetryLockFault, uvLockFault } from './lock-faults.ts';
import { pinned, pipenvPins, poetryPins } from './locked-pins.ts';
import { elsewhere, importedPackages, listed, noDependencies } from './no-dependencies.ts';
import { notebooksIn, workedInNotebooks } from './notebooks.ts';
import { manifestFault } from './package.ts';
import { requirementNeeds } from './requirement-lines.ts';
import { coveringFile, fullerList, listBelow, listInstead, listsOf, saidList } from './requirement-lists.ts';
import { type SetupProject, setupProjectOf } from './setup-project.ts';
import { unreadFault } from './unread-files.ts';

/** What the dependencies of a project are installed from. */
export interface Dependencies {
  readonly source: 'lock' | 'pyproject' | 'requirements' | 'poetry' | 'pipenv' | 'setup';
  /** The files that the install reads, the one that it is given first; none where it is given the names themselves. */
  readonly files: readonly string[];
  /** What the install is given as words, where no file lists it. */
  readonly names?: readonly string[];
  /** What the project itself asks for. */
  readonly asked: readonly Requirement[];
  /** Packages that lie in the project, so that it has to be there first. */
  readonly paths: readonly string[];
  /** The files of setuptools that they stand in. */
  readonly setup?: SetupProject;
  /** What is installed beside the files, as the present Dockerfile does. */
  readonly more?: readonly string[];
  /** Of these what objects of the project were written with. */
  readonly pickled?: readonly string[];
  /** What is held at older releases beside the files, as what they name or the programs go with no newer ones. */
  readonly held?: readonly Requirement[];
  /** All that a lock file of Pipenv or Poetry pins. */
  readonly locked?: readonly Requirement[];
  /** What the programs use of packages whose newer releases have it no more. */
  readonly removed?: readonly RemovedUse[];
  /** What the programs use that packages have not had from the beginning. */
  readonly arrived?: readonly ArrivedUse[];
  /** Something comes from a Git repository. */
  readonly hasRepositories: boolean;
  /** Packages may come from several indexes, of which pip and Poetry take the best. */
  readonly hasSeveralIndexes?: boolean;
  /** An index of PyTorch that no file names and its builds come from. */
  readonly builds?: string | undefined;
}

/** The file that names what is installed, or that would. */
export const listOf = ({ files }: Pick<Dependencies, 'files'>): string => files[0] ?? 'requirements.txt';

/** Finds out what the dependencies are installed from; undefined where there is no project. */
export function dependenciesOf(known: KnownProject, answers: Answers): Found<Dependencies> | undefined {
  const unread = unreadFault(known);
  if (unread !== undefined) return { refused: unread };
  const { project, lock } = known.context;
  const fault = manifestFault(known.context);
  const named = fault === undefined && (project?.name !== undefined || project?.uv.isWorkspace);
  const covering = coveringFile(known);
  if (lock && named && !isOnlyPoetry(known)) return fromLock(known);
  if (covering) return fromRequirements(known, covering.path, answers);
  if (isOnlyPoetry(known) || (named && hasFile(known, 'poetry.lock'))) {
    const list = listInstead(known, 'poetry');
    return list ? fromRequirements(known, list.path, answers) : fromPoetry(known);
  }
  if (hasFile(known, 'pdm.lock') && named)
    return {
      refused:
        'pdm.lock can be read by PDM alone: write "pdm export --prod -o requirements.txt", then add the files again.',
    };
  if (project && named && (project.dependencies.length > 0 || project.isDynamic)) {
    const list = project.isDynamic ? undefined : fullerList(known);
    if (list === undefined) return fromManifest(known);
    const held = new Set(list.requirements.map(({ name }) => name));
    const more = project.dependencies.filter(({ name }) => !held.has(name));
    return more.length === 0
      ? fromRequirements(known, list.path, answers)
      : {
          refused: `${list.path} names packages that the programs import and pyproject.toml lacks, and has no ${listed(more.map(({ name }) => name))}: write all into one of them, then add the files again.`,
        };
  }
  const lists = listsOf(known);
  if (hasFile(known, 'Pipfile') && !saidList(known)) {
    if (lists.length === 0 || answers.dependencies === 'Pipfile') return fromPipenv(known);
    if (answers.dependencies === undefined)
      return ask('dependencies', choicesOf(['Pipfile', ...lists.map(({ path }) => path)]));
  }
  const chosen =
    lists.find(({ path }) => path === answers.dependencies) ??
    saidList(known) ??
    (lists.length === 1 ? lists[0] : undefined);
  if (chosen) return fromRequirements(known, chosen.path, answers);
  if (lists.length > 1) {
    const dockerfiles = [...known.texts]
      .flatMap(([path, text]) => (/dockerfile/i.test(path) ? text : []))
      .join('\n');
    const paths = lists.map(({ path }) => path);
    const named = paths.filter((path) => dockerfiles.includes(path));
    return ask('dependencies', choicesOf([...new Set([...named, ...paths])]));
  }
  if (fault !== undefined) return { refused: fault };
  if (project && named) return fromManifest(known);
  const setup = setupProjectOf(known);
  if (setup) return fromSetup(known, setup);
  const below = listBelow(known);
  if (below !== undefined) return fromRequirements(known, below, answers);
  if (!known.context.files?.files.some(({ path }) => path.endsWith('.py'))) {
    const notebook = notebooksIn(known)[0];
    return notebook === undefined ? undefined : { refused: workedInNotebooks(notebook) };
  }
  return elsewhere(known) === undefined ? fromPrograms(known, answers) : { refused: noDependencies(known) };
}

function fromSetup(known: KnownProject, setup: SetupProject): Found<Dependencies> {
  const files = ['setup.py', 'setup.cfg'].filter((path) => hasFile(known, path));
  if (setup.fault !== undefined)
    return {
      refused: `${files[0]} ${setup.fault}: write pyproject.toml with [build-system], then add the files again.`,
    };
  return checked({
    source: 'setup',
    files,
    asked: setup.dependencies,
    paths: [],
    hasRepositories: files.some((path) => /@ *git\+/.test(known.texts.get(path) ?? '')),
    setup,
  });
}

const choicesOf = (values: readonly string[]) => values.map((value) => ({ value, because: null }));
const hasFile = ({ context }: KnownProject, path: string) =>
  context.files?.files.some((file) => file.path === path) ?? false;

/** Poetry is told the dependencies in its own table, where nothing else reads them. */
const isOnlyPoetry = ({ context: { project } }: KnownProject) =>
  project?.poetry !== undefined && project.dependencies.length === 0;

function checked(dependencies: Dependencies): Found<Dependencies> {
  const outside = dependencies.paths.find(isOutside);
  if (outside !== undefined)
    return { refused: builtByConda.test(outside) ? frozenOf(dependencies, outside) : outsideOf(outside) };
  return {
    value: { ...dependencies, asked: dependencies.asked.filter(({ marker }) => mayHold(marker ?? '')) },
  };
}

const outsideOf = (path: string) =>
  `${path} lies outside of this folder, where no build of it can reach: add the files in the folder that holds both.`;

/** Where its packages were built; `pip freeze` names them so in an environment of conda. */
const builtByConda = /^\/.*\/(?:conda-bld|croots?|feedstock_root|work)(?:\/|$)/;
const frozenOf = ({ files }: Dependencies, path: string) =>
  `${files[0]} names ${path}, where conda built a package on another machine: write each of these lines as name==version, as "pip list --format=freeze" does, then add the files again.`;

function fromLock(known: KnownProject): Found<Dependencies> {
  const { project, lock } = known.context;
  const locals = (lock?.packages ?? []).filter(({ isLocal }) => isLocal);
  if (project?.name === undefined)
    return {
      refused: `The workspace has no project of its own at its top, only ${locals.map(({ name }) => name).join(', ')}: add a [project] table that depends on those of the image.`,
    };
  const fault = uvLockFault(known);
  if (fault !== undefined) return { refused: fault };
  return checked({
    source: 'lock',
    files: ['uv.lock', 'pyproject.toml'],
    asked: project.dependencies,
    paths: locals.flatMap(({ folder }) => (folder === undefined || folder === '.' ? [] : folder)),
    hasRepositories: (lock?.packages ?? []).some(
      ({ isLocal, registry, wheels, hasSdist }) =>
        !isLocal && registry === undefined && wheels.length === 0 && !hasSdist,
    ),
  });
}

function fromManifest({
  context: { project, manifest, requirementFiles },
}: KnownProject): Found<Dependencies> {
  const [foreign] = project?.uv.isWorkspace ? [] : (project?.uv.fromWorkspace ?? []);
  if (foreign !== undefined)
    return {
      refused: `${foreign} comes from a workspace whose top lies above this folder, where no build of it can reach: add the files there.`,
    };
  return checked({
    source: 'pyproject',
    files: ['pyproject.toml'],
    // Where the build backend finds them, it is nearly always told this file.
    asked: project?.isDynamic
      ? (requirementFiles?.find(({ path }) => path === 'requirements.txt')?.requirements ?? [])
      : (project?.dependencies ?? []),
    paths: [
      ...(project?.uv.paths ?? []).map((path) => posixJoin('', path)),
      ...(project?.uv.isWorkspace && project.uv.fromWorkspace.length > 0 ? ['.'] : []),
    ],
    hasRepositories: project?.uv.hasRepositories === true || /@ *git\+/.test(manifest?.text ?? ''),
  });
}

function fromPoetry(known: KnownProject): Found<Dependencies> {
  const { poetry } = known.context.project ?? {};
  const isLocked = hasFile(known, 'poetry.lock');
  const fault = poetryLockFault(known);
  if (fault !== undefined) return { refused: fault };
  return checked({
    source: 'poetry',
    // Without one its export locks first (poetry-plugin-export, "Usage").
    files: [...(isLocked ? ['poetry.lock'] : []), 'pyproject.toml'],
    asked: [...(known.context.project?.dependencies ?? []), ...(poetry?.dependencies ?? [])],
    ...(isLocked ? { locked: poetryPins(known.texts) } : {}),
    paths: (poetry?.paths ?? []).map((path) => posixJoin('', path)),
    hasRepositories: poetry?.hasRepositories ?? false,
    hasSeveralIndexes: (known.context.manifest?.text ?? '').includes('[[tool.poetry.source]]'),
  });
}

function fromPipenv(known: KnownProject): Found<Dependencies> {
  if (!hasFile(known, 'Pipfile.lock'))
    return {
      refused:
        'Pipfile.lock is missing, so no versions are known: write "pipenv lock", then add the files again.',
    };
  const pipfile = readPipfile(known.texts.get('Pipfile') ?? '');
  if (pipfile === undefined)
    return {
      refused:
        'Pipfile is no valid TOML, so that pipenv cannot read it: correct it, then add the files again.',
    };
  const locked = pipenvPins(known.texts);
  const fault = pipfileLockFault(pipfile.dependencies, locked, known.texts.get('Pipfile.lock') ?? '');
  if (fault !== undefined) return { refused: fault };
  return checked({
    source: 'pipenv',
    files: ['Pipfile.lock', 'Pipfile'],
    asked: pinned(pipfile.dependencies, locked),
    locked,
    paths: pipfile.paths.map((path) => posixJoin('', path)),
    hasRepositories: pipfile.hasRepositories,
    hasSeveralIndexes: (known.texts.get('Pipfile') ?? '').split('[[source]]').length > 2,
  });
}

function fromPrograms(known: KnownProject, answers: Answers): Found<Dependencies> {
  const found = importedRequirements(known, answers);
  if (!('value' in found)) return found;
  const asked = found.value;
  return {
    value: {
      source: 'requirements',
      files: [],
      names: wordsOf(asked),
      asked,
      paths: [],
      hasRepositories: false,
    },
  };
}

function fromRequirements(known: KnownProject, path: string, answers: Answers): Found<Dependencies> {
  const needs = requirementNeeds(path, known.texts);
  const missing = needs.files.find((file) => !hasFile(known, file));
  if (missing !== undefined)
    return isOutside(missing)
      ? { refused: outsideOf(missing) }
      : { refused: `${path} names ${missing}, which is not there.` };
  if (needs.fault !== undefined) return { refused: needs.fault };
  if (needs.variables.length > 0)
    return {
      refused: `${path} takes ${needs.variables.join(', ')} from the environment, which a build gets as a secret: write that Dockerfile by hand.`,
    };
  const lists = needs.files.flatMap((file) => readRequirementFile(file, known.texts.get(file) ?? ''));
  const asked = lists.flatMap(({ requirements }) => requirements);
  if (asked.length + needs.paths.length === 0 && !needs.hasRepositories && !installsByName(known)) {
    const names = importedPackages(known);
    const asked = fromPrograms(known, answers);
    if (names.length > 0 && !('refused' in asked)) return asked;
    if (names.length > 0)
      return {
        refused: `${path} names no package, although the programs import ${listed(names)}: write them there, then add the files again.`,
      };
  }
  return checked({
    source: 'requirements',
    files: needs.files,
    asked,
    paths: needs.paths,
    hasRepositories: needs.hasRepositories,
    hasSeveralIndexes: needs.hasSeveralIndexes || needs.builds !== undefined,
    builds: needs.builds,
  });
}

const installsByName = ({ texts }: KnownProject) =>
  /\b(?:pip|pip3|uv) install\b/.test(texts.get('Dockerfile') ?? '');
