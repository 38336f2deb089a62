import type { RequirementFile } from '../../../facts/build-context.ts';
import { normalizeName } from '../../../facts/requirements.ts';
import type { KnownProject } from '../known-project.ts';
import { folderOf, nameOf, posixJoin } from '../paths.ts';
import { besideProgram } from '../sources/applications.ts';
import { importedPackages } from './no-dependencies.ts';
import { providersOf } from './providers.ts';
import { requirementNeeds } from './requirement-lines.ts';

/** The requirements file that an image is for: the usual one, and else any that is not for work on the project. */
export function listsOf(known: KnownProject): readonly RequirementFile[] {
  const { requirementFiles = [] } = known.context;
  const usual = requirementFiles.find(({ path }) => path === 'requirements.txt');
  if (usual) return [widerList(known, usual) ?? usual];
  const fit = requirementFiles.filter(
    ({ path }) => !/dev|test|doc|lint|ci\b|build|constraint|typing/i.test(path),
  );
  const included = new Set(
    fit.flatMap(({ path, includes }) => includes.map((one) => posixJoin(folderOf(path), one))),
  );
  return fit.filter(({ path }) => !included.has(path));
}

/** One that files tell of, with all that the usual one names and with what the programs import and that one has not. */
function widerList(known: KnownProject, usual: RequirementFile): RequirementFile | undefined {
  const own = new Set(usual.requirements.map(({ name }) => name));
  const told = toldInstalls(known);
  const wider = (known.context.requirementFiles ?? []).filter(({ path, requirements }) => {
    const names = new Set(requirements.map(({ name }) => name));
    return (
      folderOf(path) === '' &&
      names.size > own.size &&
      [...own].every((name) => names.has(name)) &&
      told.some((text) => saysList(text, path))
    );
  });
  if (own.size === 0 || wider.length === 0) return undefined;
  const lacking = importedPackages(known)
    .map(providersOf)
    .filter((all) => !all.some((name) => own.has(name)));
  const fills = ({ requirements }: RequirementFile) =>
    lacking.some((all) => requirements.some(({ name }) => all.includes(name)));
  return wider.filter(fills).sort((a, b) => a.requirements.length - b.requirements.length)[0];
}

/**
 * The list in the one folder of the programs that import each other by the name of that folder, as they are started above it; or in one
 * without programs, such as `environment`, where it has what those around it import.
 */
export function listBelow(known: KnownProject): string | undefined {
  const { context, texts } = known;
  const paths = (context.files?.files ?? []).map(({ path }) => path);
  const lists = paths.filter((path) =>
    /^[^/]+\/(?:requirements\.txt|pyproject\.toml|setup\.py|Pipfile)$/.test(path),
  );
  const [list = '', ...others] = lists;
  const folder = folderOf(list);
  if (others.length > 0 || nameOf(list) !== 'requirements.txt') return undefined;
  if (!paths.some((path) => path.endsWith('.py') && path.startsWith(`${folder}/`)))
    return isUsed(known, list) ? list : undefined;
  if (!/^[A-Za-z_]\w*$/.test(folder)) return undefined;
  const isImported = [...texts].some(
    ([path, text]) =>
      path.startsWith(`${folder}/`) &&
      path.endsWith('.py') &&
      text.split('\n').some((line) => /^(?:from|import) /.test(line) && line.split(/[\s.]/, 2)[1] === folder),
  );
  if (opensBeside(known, folder)) return list;
  return isImported && !paths.some((path) => path.startsWith(`${folder}/${folder}/`)) ? list : undefined;
}

/** Whether the programs of a folder, which are started there, open what lies beside it: `open("../model/a.pkl")`. */
function opensBeside({ context, texts }: KnownProject, folder: string): boolean {
  const paths = new Set((context.files?.files ?? []).map(({ path }) => path));
  return (
    ![...paths].some((path) => path.endsWith('.py') && !path.includes('/')) &&
    [...texts].some(
      ([path, text]) =>
        path.endsWith('.py') &&
        folderOf(path) === folder &&
        [...text.matchAll(/["']\.\.\/((?:[\w.-]+\/)*[\w.-]+)["']/g)].some(([, beside = '']) =>
          paths.has(beside),
        ),
    )
  );
}

/** Whether a list that is for no work on the project names something that the programs import. */
function isUsed(known: KnownProject, list: string): boolean {
  const names = new Set(
    (known.texts.get(list) ?? '')
      .split('\n')
      .map((line) => normalizeName(/^[ \t]*([\w.-]+)/.exec(line)?.[1] ?? '')),
  );
  return (
    !besideProgram.test(list) &&
    importedPackages(known).some((module) => providersOf(module).some((name) => names.has(name)))
  );
}

/** The one that the project's own Dockerfile installs. */
export function saidList({
  context: { requirementFiles = [] },
  texts,
}: KnownProject): RequirementFile | undefined {
  const words = (texts.get('Dockerfile') ?? '').split(/\s+/);
  const said = words.flatMap((word, at) => {
    const value =
      word === '-r' || word === '--requirement'
        ? words[at + 1]
        : /^(?:-r|--requirement=)(.+)/.exec(word)?.[1];
    return value?.endsWith('.txt') ? [value] : [];
  });
  const all = requirementFiles.filter(({ path }) =>
    said.some((one) => one === path || one.endsWith(`/${path}`)),
  );
  return new Set(said).size === 1 && all.length === 1 ? all[0] : undefined;
}

/** A list of exact versions that was made from the manifest: it pins what the manifest leaves open. */
export function coveringFile({ context, texts }: KnownProject): RequirementFile | undefined {
  const { project } = context;
  const direct = project?.dependencies.length ? project.dependencies : project?.poetry?.dependencies;
  if (!direct?.length) return undefined;
  return context.requirementFiles?.find(({ path, requirements }) => {
    const pinned = new Set(requirements.filter(({ exact }) => exact !== undefined).map(({ name }) => name));
    return (
      path === 'requirements.txt' &&
      direct.every(({ name }) => pinned.has(name)) &&
      // What was written down from one machine may name what no build can have, and the manifest needs none of it.
      requirementNeeds(path, texts).fault === undefined
    );
  });
}

/** Files that say how the programs are installed. */
const tellsInstall =
  /^(?:readme(?:\.\w+)?|makefile|justfile|(?:[\w-]+\.)?(?:dockerfile|containerfile)(?:\.[\w-]+)?|.*\.ya?ml)$/i;

/**
 * The list that is installed in place of a manifest which somebody left behind: the one that the files tell of, where none
 * tells of the manifest's own tool, or that has what the programs import and the manifest and its lock file have not.
 */
export function listInstead(known: KnownProject, tool: string): RequirementFile | undefined {
  const [list, ...others] = listsOf(known);
  if (!list || others.length > 0) return undefined;
  const told = toldInstalls(known);
  const isSaid = told.some((text) => saysList(text, list.path));
  const isToolSaid = told.some((text) => text.includes(`${tool} `));
  if (isSaid && !isToolSaid) return list;
  return isStale(known, tool, list) ? list : undefined;
}

const toldInstalls = ({ texts }: KnownProject) =>
  [...texts].flatMap(([path, text]) => (tellsInstall.test(nameOf(path)) ? text : []));

const saysList = (text: string, path: string) =>
  ['-r ', '-r', '--requirement ', '--requirement='].some((flag) => text.includes(`${flag}${path}`));

function isStale(known: KnownProject, tool: string, { requirements }: RequirementFile): boolean {
  const { context, texts } = known;
  const { project, lock } = context;
  const text = tool === 'poetry' ? texts.get('poetry.lock') : '';
  if (text === undefined) return false;
  const held = new Set([
    ...[...text.matchAll(/^name = "([^"\n]+)"$/gm)].map(([, name = '']) => normalizeName(name)),
    ...(lock?.packages ?? []).map(({ name }) => name),
    ...[...(project?.dependencies ?? []), ...(project?.poetry?.dependencies ?? [])].map(({ name }) => name),
  ]);
  const listed = new Set(requirements.map(({ name }) => name));
  return importedPackages(known).some((module) => {
    const providers = providersOf(module);
    return providers.some((name) => listed.has(name)) && !providers.some((name) => held.has(name));
  });
}

/** The list beside a manifest without a lock file that has what the programs import and the manifest has not. */
export function fullerList(known: KnownProject): RequirementFile | undefined {
  const list = listsOf(known).find(({ path }) => path === 'requirements.txt');
  return list && isStale(known, 'uv', list) && requirementNeeds(list.path, known.texts).fault === undefined
    ? list
    : undefined;
}
