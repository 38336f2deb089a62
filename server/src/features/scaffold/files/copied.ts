import { dataFolders, weightsFile, workFolders } from '../../../data/ml-artifacts.ts';
import type { ContextFile } from '../../../facts/build-context.ts';
import type { ScaffoldKind } from '../../../protocol/requests.ts';
import { parseGitIgnore } from '../../../syntax/git-ignore-file.ts';
import type { KnownProject } from '../known-project.ts';
import { folderOf, foldersAbove, nameOf, posixJoin } from '../paths.ts';
import { besideProgram } from '../sources/applications.ts';
import type { SourceTree } from '../sources/modules.ts';
import { targetsOf } from '../sources/reach.ts';
import { privateKeys, secretName } from './secret-files.ts';

/** GitHub takes no larger file, in bytes, so Git does not hold it. */
const largest = 100e6;
/** Folders with what the image does not run, unless a program names them. */
const beside = new Set([
  ...workFolders,
  'tests',
  'test',
  'docs',
  'doc',
  'examples',
  'notebooks',
  'build',
  'dist',
  'env',
  '__pycache__',
]);
/** Hidden folders that a program reads when it starts (documentation of Streamlit and Chainlit). */
const hidden = /^\.(?:streamlit|chainlit)$/;
/** Hidden folders of tools, which no program of an image reads although it may name them. */
const ofTools =
  /^\.(?:git|github|gitlab|circleci|venv|vscode|idea|dvc|env|cache|husky|devcontainer|\w+_cache|tox|nox)$/;
/** Names of folders that are common words in quotes. */
const isWord = /^(?:tests?|docs?|build|dist|env|__pycache__)$/;
/** Files at the top that describe the project, and are read by those who work on it. */
const describes =
  /^(?:readme|licen[cs]e|copying|changelog|changes|contributing|authors|security|notice|code_of_conduct|makefile|justfile|dockerfile|containerfile|procfile|pipfile|manifest\.in|runtime\.txt|packages\.txt|mkdocs|docker-compose|compose|tox|codecov|renovate|package(?:-lock)?\.json|environment\.ya?ml|conda\.ya?ml|requirements|constraints|pyproject|setup|noxfile|conftest|tasks|uv\.lock|poetry\.lock|pdm\.lock)|\.(?:md|rst|ipynb|log)$|^test_.*\.py$|^tests?\.py$|_test\.py$|^(?:pytest|mypy)\.ini$|^ruff\.toml$|^[\w-]+\.dockerfile$/i;
const isData = (top: string) => dataFolders.includes(top);

/** The files of a project that a container of it may read, and those that Git keeps out. */
export interface ProjectFiles {
  /** Whether a file belongs in the image. */
  readonly belongs: (file: ContextFile) => boolean;
  /** Whether Git ignores a path, and no program needs it all the same. */
  readonly isIgnored: (path: string) => boolean;
  /** Whether Git ignores a file by its name, be it there or not. */
  readonly isLeftOut: (path: string) => boolean;
  /** Modules that the programs import although Git ignores them, without those that hold secrets. */
  readonly letIn: readonly string[];
  readonly secret: readonly string[];
  /** Whether a program of the project names a path, or begins one with it. */
  readonly isNamed: (path: string) => boolean;
  /** Whether a program of the project calls another one by its name. */
  readonly isCalled: (program: string) => boolean;
}

export function projectFilesOf(known: KnownProject, tree: SourceTree): ProjectFiles {
  const isGitIgnored = gitIgnoreOf(known);
  const imported = importedThough(isGitIgnored, tree);
  const secret = imported.filter((path) => holdsSecrets(known.texts.get(path) ?? ''));
  const letIn = imported.filter((path) => !secret.includes(path));
  // A description of the package that names a folder has it in Git, whatever else is ignored.
  const described = ['MANIFEST.in', 'pyproject.toml', 'setup.cfg', 'setup.py']
    .flatMap((path) => known.texts.get(path) ?? [])
    .join('\n');
  const isDescribed = (path: string) =>
    foldersAbove(path).some((folder) => folder.includes('/') && described.includes(`${folder}/`));
  const isIgnored = (path: string) => isGitIgnored(path) && !letIn.includes(path) && !isDescribed(path);
  // A file for programs that lets through what it names says nothing of a name.
  const isLeftOut = (path: string) =>
    isGitIgnored(path) && !isGitIgnored(posixJoin(folderOf(path), 'no_such_module_of_ours.py'));
  const programs = [...known.texts]
    .filter(([path]) => path.endsWith('.py') && !besideProgram.test(path) && path !== 'setup.py')
    .map(([, text]) => text)
    .join('\n');
  const keys = new Set(privateKeys(known.context.files));
  const answers = new Map<string, boolean>();
  const isNamed = (path: string): boolean => {
    const found = answers.get(path);
    if (found !== undefined) return found;
    const top = path.split('/', 1)[0] ?? '';
    // Most folders of many files are named nowhere.
    const isHere =
      (top === path || isNamed(top)) &&
      ['"', "'", '/'].some((before) => programs.includes(`${before}${path}`));
    answers.set(path, isHere);
    return isHere;
  };
  const isCalled = (name: string) =>
    [`"${name}"`, `'${name}'`, `"${name} `, `'${name} `].some((word) => programs.includes(word));
  const isFolderNamed = (top: string) => ['/', '"', "'"].some((end) => isNamed(`${top}${end}`));
  const belongs = ({ path, size }: ContextFile) => {
    const [top = '', ...rest] = path.split('/');
    if (
      size > largest ||
      isIgnored(path) ||
      (keys.has(path) && !isNamed(path)) ||
      /(?:^|\/)__pycache__\/|\.py[co]$|(?:^|\/)\.env(?:\.|$)/.test(path)
    )
      return false;
    // By such a file programs find the root of their project.
    if (top.startsWith('.'))
      return rest.length === 0
        ? isNamed(top)
        : hidden.test(top) || (!ofTools.test(top) && isFolderNamed(top));
    if (/^(?:docker|container|vagrant)file/i.test(path)) return false;
    if (rest.length === 0) return !describes.test(path) || isNamed(path);
    if (beside.has(top)) return isNamed(`${top}/`) || (!isWord.test(top) && isFolderNamed(top));
    return !isData(top) || path.endsWith('.py') || isFolderNamed(top);
  };
  return { belongs, isIgnored, isLeftOut, letIn, secret, isNamed, isCalled };
}

/** Whether a module sets what nobody gives away. */
const holdsSecrets = (text: string) =>
  text.split('\n').some((line) => {
    const name = /^[ \t]*(\w+)[ \t]*=[ \t]*["'][^"'\s]{8}/.exec(line)?.[1];
    return name !== undefined && /token|secret|passw|api_?key/i.test(name);
  });

const isScript = /(?:^|\/)scripts?\//;

/** The modules that Git ignores, and that those which it holds import, or those again. */
function importedThough(isIgnored: (path: string) => boolean, tree: SourceTree): string[] {
  const ignored = new Set([...tree.paths].filter(isIgnored));
  if (ignored.size === 0) return [];
  // A script may be what README starts.
  const programs = new Set(
    [...tree.paths].filter(
      (path) => !ignored.has(path) && (!besideProgram.test(path) || isScript.test(path)),
    ),
  );
  for (const file of programs)
    for (const imported of tree.imports(file))
      for (const target of targetsOf(file, imported, foldersAbove(file), tree))
        if (ignored.has(target)) {
          programs.add(target);
          for (const folder of foldersAbove(target)) {
            const own = posixJoin(folder, '__init__.py');
            if (ignored.has(own)) programs.add(own);
          }
        }
  return [...programs].filter((path) => ignored.has(path)).sort();
}

/** Whether .gitignore names a path that Git does not hold all the same; what looks like a secret it may hold by mistake. */
function gitIgnoreOf({ texts, isTracked }: KnownProject): ProjectFiles['isIgnored'] {
  const files = [...texts].flatMap(([path, text]) =>
    nameOf(path) === '.gitignore'
      ? [{ folder: path.slice(0, -'.gitignore'.length), judge: parseGitIgnore(text) }]
      : [],
  );
  return (path) =>
    files.some(
      ({ folder, judge }) => path.startsWith(folder) && judge(path.slice(folder.length), false) === true,
    ) && !(isTracked?.(path) && !secretName.test(nameOf(path)));
}

const plain = /^[\w.@+-]+$/;

/**
 * Sources and destinations of the COPY instructions that bring the files of a project into the image.
 * @param isElsewhere what is installed or mounted
 */
export function sourcesOf(
  { context }: KnownProject,
  { belongs }: ProjectFiles,
  isElsewhere: (path: string) => boolean,
): string[] {
  const folders = new Set<string>();
  const files: string[] = [];
  for (const file of context.files?.files ?? []) {
    const [top = '', ...rest] = file.path.split('/');
    if (!belongs(file) || isElsewhere(file.path) || context.ignoreFile?.keepsOut(file.path)) continue;
    if (rest.length > 0) folders.add(top);
    else files.push(top);
  }
  const all = [...folders, ...files];
  if (all.length === 0 || !all.every((name) => plain.test(name))) return ['. .'];
  return [
    ...[...folders].sort().map((folder) => `${folder}/ ./${folder}/`),
    ...(files.length > 0 ? [`${files.sort().join(' ')} ./`] : []),
  ];
}

/** A training gets its data from outside. */
export const isMounted = (path: string, kind: ScaffoldKind) =>
  kind === 'training' && isData(path.split('/', 1)[0] ?? '') && !path.endsWith('.py');

/** The files that Git ignores, below some folders where those are given, or the outermost folders of nothing else. */
export function ignoredPaths(
  { context }: KnownProject,
  { isIgnored }: ProjectFiles,
  folders?: readonly string[],
): string[] {
  const found = new Set<string>();
  const all = context.files?.files ?? [];
  const kept = new Set(all.flatMap(({ path }) => (isIgnored(path) ? [] : foldersAbove(path))));
  for (const { path } of all) {
    if (folders && !folders.some((folder) => path.startsWith(`${folder}/`))) continue;
    if (!isIgnored(path)) continue;
    if (/(?:^|\/)__pycache__\/|\.py[co]$/.test(path)) continue;
    const outermost = foldersAbove(path)
      .filter((folder) => folder !== '' && !kept.has(folder) && isIgnored(`${folder}/x`))
      .at(-1);
    found.add(outermost ?? path);
  }
  return [...found].sort();
}

export const isWeights = (path: string) => weightsFile.test(path);
