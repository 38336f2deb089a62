import { dataFolders, weightsEnds, workFolders } from '../../data/ml-artifacts.ts';
import type { ContextFile } from '../../facts/build-context.ts';
import type { ScaffoldKind } from '../../protocol/requests.ts';
import { ignoredPaths, isMounted, isWeights } from './files/copied.ts';
import { gitPatterns } from './files/git-patterns.ts';
import { privateKeys } from './files/secret-files.ts';
import { nameOf } from './paths.ts';
import type { ProjectFacts } from './project.ts';

/** Whether a path means itself where patterns are written. */
const isPlain = (path: string) => !/[\s*?[\]\\!#]/.test(path);

/** From this size on, in bytes, weights are no small part of a package. */
const largeWeights = 20e6;

/**
 * The `.dockerignore` for a kind of image. One that is there keeps its lines, and gets those that it lacks; undefined where
 * it lacks none.
 */
export function ignoreFileOf(facts: ProjectFacts, kind: ScaffoldKind): string | undefined {
  const { ignoreFile } = facts.context;
  if (!ignoreFile) return newIgnoreFile(facts, kind);
  const { keepsOut } = ignoreFile;
  const files = facts.context.files?.files ?? [];
  const isSent = (path: string) => !keepsOut(path);
  // Another image that is built from here may need what this one does not.
  const isShared = files.some(({ path }) => path !== 'Dockerfile' && isDockerfile(path));
  const folders = isShared
    ? []
    : foldersToKeepOut(facts, kind).filter((folder) =>
        files.some(({ path }) => path.startsWith(`${folder}/`) && isSent(path)),
      );
  const ignored = isShared
    ? []
    : gitIgnored(facts, kind).filter((path) =>
        files.some((file) => (file.path === path || file.path.startsWith(`${path}/`)) && isSent(file.path)),
      );
  const foreseen = isShared || kind === 'wheel' ? [] : gitPatterns(facts, copiedFolders(facts));
  const isOpen = foreseen.some(
    (pattern) => !pattern.startsWith('!') && isSent(pattern.replace('**/', '').replaceAll('*', 'x')),
  );
  const added = [
    // uv would take that of this machine, which an install by the next reader of the project makes.
    ...(kind !== 'wheel' && isSent('.venv/x') ? ['.venv'] : []),
    ...folders,
    ...ignored,
    ...(isShared
      ? []
      : [...facts.environments, ...keysKeptOut(facts)].filter(
          (path) => isPlain(path) && isSent(`${path}/x`),
        )),
    ...(isOpen ? foreseen : []),
    // Without these the build ends.
    ...neededFiles(facts, kind).flatMap(({ path, pattern }) => (keepsOut(path) ? `!${pattern}` : [])),
  ];
  if (added.length === 0) return undefined;
  const before =
    ignoreFile.text === '' || ignoreFile.text.endsWith('\n') ? ignoreFile.text : `${ignoreFile.text}\n`;
  return `${before}\n# For the ${facts.name} image\n${[...new Set(added)].join('\n')}\n`;
}

const isDockerfile = (path: string) =>
  /^(?:Dockerfile|Containerfile)(?:[.-].*)?$|\.dockerfile$/i.test(nameOf(path)) &&
  !path.endsWith('.dockerignore');

function newIgnoreFile(facts: ProjectFacts, kind: ScaffoldKind): string {
  const groups: readonly (readonly [string, readonly string[]])[] = [
    [
      'Git, editors and secrets',
      [
        ...['.git', '.github', '.vscode', '.idea', '**/.env', '**/.env.*', '**/.streamlit/secrets.toml'],
        ...keyFiles(facts).map((name) => `**/${name}`),
        ...keysKeptOut(facts),
      ],
    ],
    [
      'Environments and caches',
      [
        ...new Set([
          ...workFolders.filter((folder) => !isRun(folder)),
          ...facts.environments.filter(isPlain),
        ]),
        '**/__pycache__',
        '**/*.py[cod]',
        '**/*.egg-info',
      ],
    ],
    [
      'Data and runs',
      [
        ...workFolders.filter(isRun),
        ...dataFolders.flatMap((folder) =>
          folder === '.git' || isRead(facts, folder, kind)
            ? []
            : holdsCode(facts, folder)
              ? [`${folder}/**`, `!${folder}/**/*.py`]
              : folder,
        ),
      ],
    ],
    [
      'Weights',
      [...weightsEnds.map((end) => `**/*.${end}`), ...keptWeights(facts, kind).map(({ path }) => `!${path}`)],
    ],
    ['What Git ignores', keptFromBuilds(facts, kind)],
    kind === 'wheel'
      ? ['What was built, but for the wheels', ['build', 'dist/*', '!dist/*.whl']]
      : ['What was built', ['build', 'dist']],
    ['What describes the image', ['**/Dockerfile*', '**/*.Dockerfile', '.dockerignore', 'compose*.y*ml']],
  ];
  const needed = new Set(neededFiles(facts, kind).map(({ path }) => path));
  const text = groups
    .filter(([, patterns]) => patterns.length > 0)
    .map(
      ([title, patterns]) => `# ${title}\n${patterns.filter((pattern) => !needed.has(pattern)).join('\n')}`,
    )
    .join('\n\n');
  return `${text}\n`;
}

/** Files of keys that programs name and the project does not hold, which a person puts beside them. */
function keyFiles({ texts, context }: ProjectFacts): string[] {
  const here = new Set((context.files?.files ?? []).map(({ path }) => nameOf(path)));
  const names = [...texts].flatMap(([path, text]) =>
    path.endsWith('.py') ? [...text.matchAll(keyFile)].map(([, name = '']) => name) : [],
  );
  return [...new Set(names)].filter((name) => !here.has(name)).sort();
}
const keyFile =
  /["'/]([\w.-]{0,40}(?:credentials?|service[_-]?account|client[_-]?secret)[\w.-]{0,40}\.json)["']/gi;

/** Private keys that lie in the folder, and that no program names. */
const keysKeptOut = ({ context, files }: ProjectFacts) =>
  privateKeys(context.files).filter((path) => isPlain(path) && !files.isNamed(path));

const isRun = (folder: string) => /^(?:mlruns|wandb|lightning_logs|\.dvc\/cache)$/.test(folder);

/** Without those of which something belongs in the image. */
function foldersToKeepOut(facts: ProjectFacts, kind: ScaffoldKind): string[] {
  return [
    ...workFolders,
    ...dataFolders.filter((folder) => !holdsCode(facts, folder) && !isRead(facts, folder, kind)),
  ];
}

const holdsCode = ({ context }: ProjectFacts, folder: string) =>
  (context.files?.files ?? []).some(({ path }) => path.startsWith(`${folder}/`) && path.endsWith('.py'));

/** Whether a folder of data is a part of the project that its programs read. */
const isRead = ({ context, files }: ProjectFacts, folder: string, kind: ScaffoldKind) =>
  (context.files?.files ?? []).some(
    (file) =>
      file.path.startsWith(`${folder}/`) &&
      !file.path.endsWith('.py') &&
      files.belongs(file) &&
      !isMounted(file.path, kind),
  );

/** Weights that Git holds: beside a package those in it, such as a scaler. */
function keptWeights(facts: ProjectFacts, kind: ScaffoldKind): ContextFile[] {
  const { context, files, isPackage, staysInPlace, isInPackage } = facts;
  return (context.files?.files ?? []).filter(
    (file) =>
      isWeights(file.path) &&
      isPlain(file.path) &&
      files.belongs(file) &&
      !isMounted(file.path, kind) &&
      (isInPackage(file.path) ? file.size < largeWeights : !isPackage || staysInPlace),
  );
}

const copiedFolders = ({ context, files }: ProjectFacts): ReadonlySet<string> =>
  new Set(
    (context.files?.files ?? []).flatMap((file) =>
      files.belongs(file) && file.path.includes('/') ? (file.path.split('/', 1)[0] ?? []) : [],
    ),
  );

/** The same with what comes along as soon as a person has put it there. */
const keptFromBuilds = (facts: ProjectFacts, kind: ScaffoldKind) =>
  kind === 'wheel'
    ? []
    : [...new Set([...gitIgnored(facts, kind), ...gitPatterns(facts, copiedFolders(facts))])];

/** What would come along with the folders of the project. */
function gitIgnored(facts: ProjectFacts, kind: ScaffoldKind): string[] {
  if (kind === 'wheel') return [];
  const { files } = facts;
  const copied = copiedFolders(facts);
  return ignoredPaths(facts, files, [...copied]).filter(
    (path) => !isWeights(path) && isPlain(path) && !workFolders.includes(nameOf(path)),
  );
}

/** The files that a build fails without, and the patterns that let them through. */
function neededFiles(facts: ProjectFacts, kind: ScaffoldKind): { path: string; pattern: string }[] {
  const { context, dependencies, module } = facts;
  const { project, files } = context;
  if (kind === 'wheel') {
    const wheel = files?.files.find(({ path }) => /^dist\/[^/]+\.whl$/.test(path))?.path;
    return [{ path: wheel ?? `dist/${facts.name}-1-py3-none-any.whl`, pattern: 'dist/*.whl' }];
  }
  const there = new Set((files?.files ?? []).map(({ path }) => path));
  const licences = [...(project?.licenseFiles ?? []), project?.oldLicense ?? []].flat().flatMap((pattern) => {
    if (!/[*?[]/.test(pattern)) return pattern;
    const start = pattern.replace(/[*?[].*/s, '');
    return [...there].filter((path) => path.startsWith(start) && !path.slice(start.length).includes('/'));
  });
  const named = [
    ...dependencies.files,
    ...(facts.isPackage ? ['pyproject.toml'] : []),
    ...dependencies.paths.map((folder) => `${folder}/pyproject.toml`),
    ...(facts.isPackage ? (project?.readmes ?? []) : []),
    ...(facts.isPackage ? licences : []),
    ...(facts.isPackage ? (context.setupReads?.get('') ?? []) : []),
    ...(module && there.has(`${module.folder}/__init__.py`) ? [`${module.folder}/__init__.py`] : []),
  ].filter((path) => there.size === 0 || there.has(path));
  return [...new Set(named)].map((path) => ({
    path,
    pattern: module && path === `${module.folder}/__init__.py` ? `${module.folder}` : path,
  }));
}
