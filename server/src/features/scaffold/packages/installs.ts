import { olderExporters, pipenvRelease, poetryRelease } from '../../../data/exporters.ts';
import { runPip } from '../../../data/held-packages.ts';
import { type Blocks, bind, cache, comment, lines, run } from '../layers.ts';
import { folderOf } from '../paths.ts';
import type { PresentDockerfile } from '../present-dockerfile.ts';
import type { ImageFacts } from '../project.ts';
import { limitFlags } from '../releases/releases.ts';
import type { Start } from '../starts/start.ts';

const first = 'Dependencies change less often than the source, so they get a layer of their own.';
const noLock =
  'Without uv.lock these are the newest versions of the day: `uv lock` pins them, then `uv sync --locked` installs them.';

const oldLimit =
  'Without uv.lock these are the newest versions of that day: `uv lock` pins them, then `uv sync --locked` installs them.';

/** The layers that bring the environment into /app/.venv. */
export function installs(facts: ImageFacts, start: Start): Blocks {
  const { dependencies, isPackage, context } = facts;
  const version = isPackage
    ? scmVersion(context.project?.version, context.project?.buildRequires ?? [])
    : undefined;
  return dependencies.source === 'lock'
    ? fromLock(facts, version, isOfMember(facts, start))
    : fromList(facts, version);
}

/** Whether a program lies in a member of the workspace that the project at its top does not depend on. */
const isOfMember = (facts: ImageFacts, { file = '' }: Start): boolean =>
  loneMembers(facts).some(({ folder = '' }) => file.startsWith(`${folder}/`));

/** Members of the workspace that the project at its top does not bring along. */
function loneMembers({ dependencies, context }: ImageFacts) {
  const locals = (context.lock?.packages ?? []).filter(({ isLocal }) => isLocal);
  const asked = new Set(dependencies.asked.map(({ name }) => name));
  for (const name of asked)
    for (const { requires = [] } of locals.filter((one) => one.name === name))
      for (const one of requires) asked.add(one.name);
  return locals.filter(({ folder = '.', name }) => folder !== '.' && !asked.has(name));
}

/** The members that the image does not hold. */
export const membersLeftOut = (facts: ImageFacts, start: Start): string[] =>
  facts.dependencies.source !== 'lock' || isOfMember(facts, start)
    ? []
    : loneMembers(facts).map(({ name }) => name);

/** Installed where it lies. */
const isEditable = ({ staysInPlace, rootBefore }: ImageFacts) => staysInPlace && rootBefore === undefined;

function fromLock(facts: ImageFacts, version: string | undefined, takesAll: boolean): Blocks {
  const { dependencies, isPackage, context, present } = facts;
  const hasOthers = dependencies.paths.length > 0;
  // uv cannot compare the lock file with manifests that are not there yet (uv documentation, "Using uv in Docker").
  const flags = context.project?.isDynamic || hasOthers ? '--frozen' : '--locked';
  // Members of a workspace, and packages in other folders, lie in no layer yet.
  const scope = hasOthers ? '--no-install-local' : '--no-install-project';
  const chosen = (present?.choices ?? [])
    .map((one) => ` ${one}`)
    .filter((one) => uvChoice.test(one))
    .join('');
  const sync = run(cache, ...dependencies.files.map(bind), `uv sync ${flags} --no-dev${chosen} ${scope}`);
  const inPlace = isEditable(facts) ? '' : ' --no-editable';
  const own = isPackage ? '' : ' --no-install-project';
  const held = heldWords(dependencies);
  const members = takesAll ? ' --all-packages' : '';
  return [
    lines('WORKDIR /app', comment(isPackage ? first : undefined), sync),
    isPackage || hasOthers
      ? lines('COPY . .', version, run(cache, `uv sync --locked --no-dev${chosen}${members}${inPlace}${own}`))
      : undefined,
    // Behind the last sync, which would take away what the lock file does not hold.
    held.length > 0 ? run(cache, `uv pip install ${held.join(' ')}`) : undefined,
  ];
}

function fromList(facts: ImageFacts, version: string | undefined): Blocks {
  const { dependencies, isPackage, context, texts, python, present, limit, tools } = facts;
  const inPlace = isEditable(facts) ? '-e ' : '';
  const { source, files, paths, names = [] } = dependencies;
  const note = source === 'pyproject' ? (limit ? oldLimit : noLock) : undefined;
  const venv = dependencies.asked.some(({ name }) => runPip.includes(name)) ? 'uv venv --seed' : 'uv venv';
  const held = heldWords(dependencies)
    .map((one) => ` ${one}`)
    .join('');
  const own = run(cache, `uv pip install --no-deps ${inPlace}.`);
  if (source === 'setup' || (source === 'pyproject' && context.project?.isDynamic))
    return [
      lines(
        'WORKDIR /app',
        'COPY . .',
        version,
        comment(note),
        run(
          cache,
          `${venv} && uv pip install${limitFlags(limit)} ${inPlace}${withExtras(extrasOf(present))}${held}`,
        ),
      ),
    ];
  // uv takes a package from the first index that has it, unless told to do as pip does (uv documentation, "Searching across multiple indexes").
  const builds = dependencies.builds === undefined ? '' : ` --extra-index-url ${dependencies.builds}`;
  const best = `${dependencies.hasSeveralIndexes ? ' --index-strategy unsafe-best-match' : ''}${builds}`;
  const isUnlocked = source === 'poetry' && files[0] === 'pyproject.toml';
  const choices = poetryChoices(present);
  const exported = exportOf(source, python, texts.get('poetry.lock'), choices);
  const more = [...(dependencies.more ?? []), ...heldWords(dependencies)].map((one) => ` ${one}`).join('');
  const extras = source === 'pyproject' ? extrasOf(present).map((extra) => ` --extra ${extra}`) : [];
  const given = [
    ...(files.length > 0 ? [` -r ${files[0]}`] : []),
    ...names.map((one) => ` ${one}`),
    ...extras,
    more,
  ].join('');
  const install = isUnlocked
    ? `${venv} \\\n    && ${unlockedOf(python, choices)}${more === '' ? '' : ` \\\n    && uv pip install${more}`}`
    : exported
      ? `${exported} \\\n    && ${venv} && uv pip install${best} -r /tmp/requirements.txt${more}`
      : `${venv}${given === '' ? '' : ` && uv pip install${best}${limitFlags(limit, tools)}${given}`}`;
  // What it names in the project must be there.
  const named = [...new Set(paths)].map((path) => `COPY ${copyOf(path)}`).sort();
  return [
    lines('WORKDIR /app', comment(note ?? first), ...named, run(cache, ...files.map(bind), install)),
    isPackage ? lines('COPY . .', version, own) : undefined,
  ];
}

/** What is held, as a shell takes it. */
export const heldWords = ({ held = [] }: ImageFacts['dependencies']): string[] =>
  held.map(({ name, extras, specifier }) => {
    const brackets = extras.length > 0 ? `[${extras.join(',')}]` : '';
    return `'${name}${brackets}${specifier}'`;
  });

/** A package of the project to where it lies, a folder or a file. */
function copyOf(path: string): string {
  if (path === '' || path === '.') return '. .';
  return /\.(?:whl|zip|tar\.gz)$/.test(path)
    ? `${path} ./${folderOf(path) === '' ? '' : `${folderOf(path)}/`}`
    : `${path}/ ./${path}/`;
}

const isOldFor = (python: string) => Number(python.split('.')[1]) < olderExporters.before;

/** How the tool of a lock file writes it in pip's words: by itself, in the release that wrote the file where that still runs. */
function exportOf(
  source: ImageFacts['dependencies']['source'],
  python: string,
  lock: string | undefined,
  choices: string,
): string | undefined {
  const isOld = isOldFor(python);
  if (source === 'pipenv')
    return `uv tool run pipenv@${isOld ? olderExporters.pipenv : pipenvRelease} requirements > /tmp/requirements.txt`;
  if (source !== 'poetry') return undefined;
  const wrote = /^# This file is .*generated by Poetry ((?:1\.8|[2-9]\.\d+)\.\d+) /.exec(lock ?? '')?.[1];
  const release = wrote ?? (isOld ? olderExporters.poetry : poetryRelease);
  // What it says of a lock that it has to make comes by the same way as the list.
  return `uv tool run --from poetry==${release} --with poetry-plugin-export poetry export ${choices} --format requirements.txt --output /tmp/requirements.txt`;
}

/**
 * What Poetry installs where it has no lock file: one that it makes may name two releases of a package for one machine, which it takes one
 * of, and which its own export names both (poetry 2.5.1 with torch 2.12: nvidia-cublas 13.4 and 13.10). Without \`--no-root\` it would want the code.
 */
const unlockedOf = (python: string, choices: string) =>
  `POETRY_VIRTUALENVS_IN_PROJECT=true uv tool run --from poetry==${isOldFor(python) ? olderExporters.poetry : poetryRelease} poetry install ${choices} --no-root --no-interaction`;

/** What the present Dockerfile has uv take, where it is for no work on the project. */
const uvChoice = /^ --(?:(?:extra|group) (?!.*(?:dev|test|lint|doc))|all-extras)/;

const extrasOf = (present: PresentDockerfile | undefined): string[] =>
  (present?.choices ?? [])
    .flatMap((one) => /^--extras? (.*)/.exec(one)?.[1]?.split(',') ?? [])
    .filter((extra) => !/dev|test|lint|doc/.test(extra));
const withExtras = (extras: readonly string[]) => (extras.length === 0 ? '.' : `'.[${extras.join(',')}]'`);

function poetryChoices(present: PresentDockerfile | undefined): string {
  const groups = (present?.choices ?? []).flatMap(
    (one) => /^--(?:with|only) (.*)/.exec(one)?.[1]?.split(',') ?? [],
  );
  const wanted = new Set(['main', ...groups.filter((group) => !/dev|test|lint|doc/.test(group))]);
  const extras = extrasOf(present);
  const all = present?.choices.includes('--all-extras') ? ' --all-extras' : '';
  return `--only ${[...wanted].join(',')}${extras.map((extra) => ` --extras ${extra}`).join('')}${all}`;
}

/** Variables by which a build backend is told the version that it would take from Git (documentation of each). */
const versionVariables: Readonly<Record<string, string>> = {
  'hatch-vcs': 'SETUPTOOLS_SCM_PRETEND_VERSION',
  'setuptools-scm': 'SETUPTOOLS_SCM_PRETEND_VERSION',
  'uv-dynamic-versioning': 'UV_DYNAMIC_VERSIONING_BYPASS',
  'poetry-dynamic-versioning': 'POETRY_DYNAMIC_VERSIONING_BYPASS',
};

function scmVersion(version: string | undefined, requires: readonly string[]): string | undefined {
  const name = requires.find((one) => Object.hasOwn(versionVariables, one));
  if (version !== undefined || name === undefined) return undefined;
  return lines(
    '# The version is taken from Git, which stays out of the build: give it as a build argument.',
    `ARG ${versionVariables[name]}=0.0.0`,
  );
}
