import { buildBackends } from '../data/build-backends.ts';
import type { Instruction } from '../syntax/tree.ts';
import type { Project } from './build-context.ts';
import { contextSources, filesOf, hasWildcard } from './context-sources.ts';
import type { FileFacts } from './file-facts.ts';
import { originOf } from './file-origins.ts';
import { follow, type ProjectCommand } from './project-commands.ts';
import { lineage } from './stages.ts';

/** Why a file of the project is not there. */
export interface NotThere {
  /** Path in the build context, where it lies in it. */
  readonly path: string;
  /** The manifest’s path in the context. */
  readonly beside: string;
  readonly why: 'ignored' | 'uncopied' | 'outside' | 'missing';
}

/** What a build of the project needs and does not find. */
export interface LeftOut extends NotThere {
  /** The code of its package, or a file that the manifest names. */
  readonly kind: 'code' | 'file';
  /** The manifest that names it. */
  readonly manifest: 'pyproject.toml' | 'setup.py';
  /** As the manifest has it. */
  readonly file: string;
}

/** Why a command does not find a file of its project; undefined where it does, or may. */
export function whyNotThere(
  facts: FileFacts,
  run: Instruction,
  { folder, source, command }: ProjectCommand,
  file: string,
  manifest = 'pyproject.toml',
): NotThere | undefined {
  const { context } = facts;
  const at = follow(folder, file);
  if (!context || at === undefined || originOf(facts, run, command, at) !== 'nothing') return undefined;
  const below = (name: string) => (source === '' ? name : `${source}/${name}`);
  const path = follow('.', below(file))?.slice(2) ?? file;
  const isOutside = file.startsWith('../') || file.startsWith('/');
  const files = filesOf(context, path);
  const isThere = files.length > 0;
  const isIgnored = isThere && files.every((one) => context.ignoreFile?.keepsOut(one.path));
  // A list of files that is not whole tells of none that is missing.
  if (!isThere && !isOutside && !context.files?.isComplete) return undefined;
  // That instruction ends the build before, and a rule of its own says so.
  if (isIgnored && isNamed(facts, run, path)) return undefined;
  const why = isOutside ? 'outside' : isIgnored ? 'ignored' : isThere ? 'uncopied' : 'missing';
  return { path, beside: below(manifest), why };
}

/** Whether an instruction up to a RUN names a file of the context itself. */
function isNamed(facts: FileFacts, run: Instruction, path: string): boolean {
  const stage = facts.stageOf(run);
  const all = stage ? lineage(stage).flatMap(({ instructions }) => instructions) : [];
  return all.some(
    (it) => it.index <= run.index && contextSources(facts, it).some((source) => source.path === path),
  );
}

/** The first thing that a command which builds a project lacks: its code before its readme. */
export function leftOutOf(facts: FileFacts, run: Instruction, build: ProjectCommand): LeftOut | undefined {
  const { context } = facts;
  if (!context || !build.builds) return undefined;
  const { project, source } = build;
  const backend = project && backendOf(project);
  if (build.tool === 'poetry' && project?.isPoetryApplication) return undefined;
  // uv takes a project without a build backend for no package.
  if (build.tool === 'uv sync' && project && !project.uv.isPackage) return undefined;
  const judge = (file: string, kind: LeftOut['kind'], manifest: LeftOut['manifest']) => {
    const lost = whyNotThere(facts, run, build, file, manifest);
    return lost && { kind, manifest, file, ...lost };
  };
  const code = project && backend?.code && !project.selectsFiles ? codeOf(facts, project, source) : undefined;
  // Poetry 1.8 warns of a readme that is not there, and goes on without the project.
  const isForgiving = build.tool === 'poetry' && saysOldPoetry(facts.file.text);
  const named = backend && project && !isForgiving ? namedFiles(project, backend) : [];
  const read = context.setupReads?.get(source) ?? [];
  const isScript = !project?.buildRequires.some((name) => name !== 'setuptools' && name !== 'wheel');
  return [
    ...(code === undefined ? [] : [judge(code, 'code', 'pyproject.toml')]),
    ...named.map((file) => judge(file, 'file', 'pyproject.toml')),
    ...(isScript ? read.map((file) => judge(file, 'file', 'setup.py')) : []),
  ].find((found) => found !== undefined);
}

/** Whether a file asks for a Poetry of the first major release. */
const saysOldPoetry = (text: string) =>
  /\bpoetry["']?[=~<]=?["']?[01]\.|POETRY_VERSION[= ]["']?[01]\./i.test(text);

const backendOf = ({ buildRequires }: Project) =>
  buildBackends.find(({ name }) => buildRequires.includes(name));

function namedFiles(project: Project, needs: (typeof buildBackends)[number]): string[] {
  return [
    ...(needs.readme ? project.readmes : []),
    ...(needs.licence && project.oldLicense !== undefined ? [project.oldLicense] : []),
    ...(needs.licencePatterns ? project.licenseFiles.filter((pattern) => !hasWildcard(pattern)) : []),
  ];
}

/** Where the package of a project lies in the context, by what Poetry is told or where the others look for it. */
function codeOf(facts: FileFacts, project: Project, source: string): string | undefined {
  const { context } = facts;
  if (!context) return undefined;
  const name = (project.name ?? '').replaceAll('-', '_');
  const usual =
    project.packagePaths.length > 0
      ? project.packagePaths.flatMap((path) => [`${path}/__init__.py`, path])
      : name === ''
        ? []
        : [`src/${name}/__init__.py`, `${name}/__init__.py`, `src/${name}.py`, `${name}.py`];
  const isThere = (file: string) => {
    const path = source === '' ? file : `${source}/${file}`;
    return filesOf(context, path).some((one) => one.path === path);
  };
  return usual.find(isThere);
}
