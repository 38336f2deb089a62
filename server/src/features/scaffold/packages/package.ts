import { buildBackends } from '../../../data/build-backends.ts';
import type { KnownProject } from '../known-project.ts';
import { folderOf, isOutside, posixJoin } from '../paths.ts';

/** The Python package of a project, by its name and its folder. */
export interface Module {
  readonly name: string;
  readonly folder: string;
}

/** Folders that setuptools passes over when it looks for packages (setuptools, `FlatLayoutPackageFinder.DEFAULT_EXCLUDE`). */
const passedOver =
  /^(?:ci|bin|debian|docs?|documentation|manpages|news|newsfragments|changelog|tests?|scripts?|tools?|utils?|examples?|build|benchmarks?|exercises?|htmlcov|site_scons|tasks|node_modules|_.*|\..*|.*\.egg-info)$/;

/** Why no tool reads a `[project]` table, in a sentence: it has to have a name, and a version or the word that one is found (PEP 621). */
export function manifestFault({ manifest, project }: KnownProject['context']): string | undefined {
  const text = manifest?.text ?? '';
  if (!project || !/^\[project\]/m.test(text)) return undefined;
  const lacks = project.name === undefined ? 'name' : 'version';
  if (lacks === 'version' && (project.version !== undefined || project.dynamic.includes('version')))
    return undefined;
  return `[project] of pyproject.toml has no ${lacks}, without which it cannot be read: write one, then add the files again.`;
}

/** Whether a wheel can be built of a project: one whose backend finds no code ends the build. */
export function isBuildable(known: KnownProject, module: Module | undefined): boolean {
  const { project } = known.context;
  if (!project || project.isPoetryApplication || manifestFault(known.context)) return false;
  if (!project.uv.isPackage && !isOfSetuptools(known)) return false;
  if (isOldPoetry(known) && !hasCommands(known)) return false;
  if (missingCode(known) !== undefined) return false;
  // Without a command nothing needs it built.
  if (missingReadme(known) !== undefined && !hasCommands(known)) return false;
  if (project.packagePaths.length > 0 || project.selectsFiles) return true;
  const backend = buildBackends.find(({ name }) => project.buildRequires.includes(name));
  if (backend?.code) return module !== undefined && isNamed(project.name, module.name);
  return backend !== undefined || !hasSeveralFolders(known);
}

/** The description of a project that its build backend reads and that is not there. */
export function missingReadme({ context: { project, files } }: KnownProject): string | undefined {
  const isRead = buildBackends.some(({ name, readme }) => readme && project?.buildRequires.includes(name));
  return isRead
    ? project?.readmes.find(
        (path) => !isOutside(path) && !files?.files.some((file) => file.path === posixJoin('', path)),
      )
    : undefined;
}

/** What the project names to its build backend as its code and has not. */
function missingCode({ context: { project, files } }: KnownProject): string | undefined {
  const paths = (files?.files ?? []).map(({ path }) => path);
  const isThere = (place: string) =>
    paths.some((path) => path === place || (place.endsWith('/') && path.startsWith(place)));
  return project?.toldCode.find((told) => !told.paths.some(isThere))?.name;
}

/** Why a project has none of the commands that it describes, in a sentence. */
export function codeFault(known: KnownProject): string | undefined {
  const { project } = known.context;
  const name = missingCode(known);
  if (name === undefined || !project?.uv.isPackage || project.isPoetryApplication || !hasCommands(known))
    return undefined;
  return `pyproject.toml takes ${name} into the package, which is not there by that name, so that the project cannot be built: correct it, then add the files again.`;
}

/** Poetry itself as the backend, as its first releases wrote it: it makes wheels and cannot install where the code lies (uv 0.13.9 with poetry 2.5.1). */
export const isOldPoetry = ({ context }: KnownProject) =>
  /^[ \t]*build-backend[ \t]*=[ \t]*["']poetry\.masonry\.api["']/m.test(context.manifest?.text ?? '');

/**
 * The folder by which Python finds the code of a project where it lies before that which is installed, as its backend makes nothing but wheels;
 * undefined where an editable install does that.
 */
export const rootBefore = (known: KnownProject, module: Module | undefined): string | undefined =>
  module === undefined ||
  !isOldPoetry(known) ||
  // What is compiled lies beside the installed modules alone.
  /^build[ \t]*=/m.test(known.context.manifest?.text ?? '')
    ? undefined
    : folderOf(module.folder);

/**
 * Without a build backend pip and uv take setuptools (Python packaging specification, "pyproject.toml"); uv's own lock file leaves such a project out
 * (uv documentation, "Build system").
 */
const isOfSetuptools = (known: KnownProject) =>
  known.context.lock === undefined &&
  hasCommands(known) &&
  /^\[tool\.setuptools/m.test(known.context.manifest?.text ?? '') &&
  !/^\[build-system\]|^package *= *false/m.test(known.context.manifest?.text ?? '');

const hasCommands = ({ context: { project } }: KnownProject) => (project?.scripts.length ?? 0) > 0;

const isNamed = (project: string | undefined, module: string) =>
  module.toLowerCase() === (project ?? '').replaceAll('-', '_');

/** setuptools builds nothing of several folders side by side, unless it is told what to take. */
function hasSeveralFolders({ context, texts }: KnownProject): boolean {
  const { buildRequires = [] } = context.project ?? {};
  const isSetuptools = buildRequires.length === 0 || buildRequires.includes('setuptools');
  const paths = (context.files?.files ?? []).map(({ path }) => path);
  const isTold =
    /^\[tool\.setuptools/m.test(context.manifest?.text ?? '') ||
    texts.has('setup.py') ||
    texts.has('setup.cfg');
  if (!isSetuptools || isTold || paths.some((path) => /^src\/.*\.py$/.test(path))) return false;
  const tops = new Set(paths.flatMap((path) => /^([A-Za-z]\w*)\/.*\.py$/.exec(path)?.[1] ?? []));
  return [...tops].filter((top) => !passedOver.test(top)).length > 1;
}

/** The package that has the project's name, or else the only one. */
export function moduleOf({ context }: KnownProject): Module | undefined {
  const { project } = context;
  const paths = (context.files?.files ?? []).map(({ path }) => path);
  const inits = paths.flatMap((path) => {
    const [, folder, name] = /^((?:src\/)?([A-Za-z_]\w*))\/__init__\.py$/.exec(path) ?? [];
    return folder !== undefined && name !== undefined && name !== 'src' ? [{ folder, name }] : [];
  });
  const single = paths.flatMap((path) => {
    const [, folder, name] = /^((?:src\/)?([A-Za-z_]\w*))\.py$/.exec(path) ?? [];
    return folder !== undefined && name !== undefined && isNamed(project?.name, name)
      ? [{ folder, name }]
      : [];
  });
  const own = inits.filter(({ name }) => !/^(?:tests?|docs?|examples?|scripts|notebooks)$/.test(name));
  const told = own.filter(({ folder, name }) =>
    project?.packagePaths.some((path) => path === folder || path === name),
  );
  const inSrc = own.filter(({ folder }) => folder.startsWith('src/'));
  const byName = [...own, ...single].find(({ name }) => isNamed(project?.name, name));
  return byName ?? [told, inSrc, own].find((all) => all.length > 0 && all.length === 1)?.[0];
}
