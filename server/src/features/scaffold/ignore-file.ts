import { dataFolders, weightsEnds, weightsFile, workFolders } from '../../data/ml-artifacts.ts';
import type { BuildContext, ContextFile } from '../../facts/build-context.ts';
import type { ScaffoldKind } from '../../protocol/requests.ts';
import type { ProjectFacts } from './project.ts';

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
  const folders = foldersToKeepOut(facts).filter((folder) =>
    files.some(({ path }) => path.startsWith(`${folder}/`) && !keepsOut(path)),
  );
  const added = [
    ...folders,
    ...neededFiles(facts, kind).flatMap(({ path, pattern }) => (keepsOut(path) ? `!${pattern}` : [])),
  ];
  if (added.length === 0) return undefined;
  const before =
    ignoreFile.text === '' || ignoreFile.text.endsWith('\n') ? ignoreFile.text : `${ignoreFile.text}\n`;
  return `${before}\n# For the ${facts.name} image\n${[...new Set(added)].join('\n')}\n`;
}

function newIgnoreFile(facts: ProjectFacts, kind: ScaffoldKind): string {
  const groups: readonly (readonly [string, readonly string[]])[] = [
    ['Git, editors and secrets', ['.git', '.github', '.vscode', '.idea', '.env', '.env.*']],
    [
      'Environments and caches',
      [...workFolders.filter((folder) => !isRun(folder)), '**/__pycache__', '**/*.py[cod]', '**/*.egg-info'],
    ],
    [
      'Data and runs',
      [
        ...workFolders.filter(isRun),
        ...dataFolders.flatMap((folder) =>
          holdsCode(facts.context, folder)
            ? [`${folder}/**`, `!${folder}/**/*.py`]
            : folder === '.git'
              ? []
              : folder,
        ),
      ],
    ],
    [
      'Weights',
      [...weightsEnds.map((end) => `**/*.${end}`), ...smallWeights(facts).map(({ path }) => `!${path}`)],
    ],
    kind === 'wheel'
      ? ['What was built, but for the wheels', ['build', 'dist/*', '!dist/*.whl']]
      : ['What was built', ['build', 'dist']],
    ['What describes the image', ['**/Dockerfile*', '**/*.Dockerfile', '.dockerignore', 'compose*.y*ml']],
  ];
  const needed = new Set(neededFiles(facts, kind).map(({ path }) => path));
  const text = groups
    .map(
      ([title, patterns]) => `# ${title}\n${patterns.filter((pattern) => !needed.has(pattern)).join('\n')}`,
    )
    .join('\n\n');
  return `${text}\n`;
}

const isRun = (folder: string) => /^(?:mlruns|wandb|lightning_logs|\.dvc\/cache)$/.test(folder);

/** Without those that hold code, of which only the other files stay out. */
function foldersToKeepOut({ context }: ProjectFacts): string[] {
  return [...workFolders, ...dataFolders.filter((folder) => !holdsCode(context, folder))];
}

const holdsCode = ({ files }: BuildContext, folder: string) =>
  (files?.files ?? []).some(({ path }) => path.startsWith(`${folder}/`) && path.endsWith('.py'));

/** Weights that are a part of the package, such as a scaler. */
function smallWeights({ context, module }: ProjectFacts): ContextFile[] {
  if (!module) return [];
  const inPackage = (context.files?.files ?? []).filter(({ path }) => path.startsWith(`${module.folder}/`));
  return inPackage.filter(
    ({ path, size }) => weightsFile.test(path) && size < largeWeights && !/[\s*?[\]\\!#]/.test(path),
  );
}

/** The files that a build fails without, and the patterns that let them through. */
function neededFiles(facts: ProjectFacts, kind: ScaffoldKind): { path: string; pattern: string }[] {
  const { context, source, requirementFile, module } = facts;
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
    source === 'requirements' ? requirementFile : 'pyproject.toml',
    ...(source === 'lock' ? ['uv.lock'] : []),
    ...(facts.isPackage ? (project?.readmes ?? []) : []),
    ...(facts.isPackage ? licences : []),
    ...(module && there.has(`${module.folder}/__init__.py`) ? [`${module.folder}/__init__.py`] : []),
  ].filter((path) => there.size === 0 || there.has(path));
  return named.map((path) => ({
    path,
    pattern: module && path === `${module.folder}/__init__.py` ? `${module.folder}` : path,
  }));
}
