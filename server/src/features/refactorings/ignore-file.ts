import { dataFolders, workFolders } from '../../data/ml-artifacts.ts';
import type { BuildContext } from '../../facts/build-context.ts';
import { contextSources, filesOf, sentFilesOf } from '../../facts/context-sources.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { pipArgs, readPipTargets } from '../../facts/pip.ts';
import { totalSize } from '../../facts/sizes.ts';
import type { SourceTexts } from '../../project/source-texts.ts';
import { parseGitIgnore } from '../../syntax/git-ignore-file.ts';
import type { IgnoreFile } from '../../syntax/ignore-file.ts';
import { needsRepository } from './git-users.ts';
import { bytecodePasses, environmentsIn, isBare, mountedFolders } from './local-folders.ts';
import { runningPrograms } from './project-programs.ts';
import type { Refactoring } from './refactoring.ts';
import { areSettingsRead } from './settings-read.ts';

/** What no image needs, whether it is there yet or not: each project makes these sooner or later. */
const always = ['.git', ...workFolders, '**/__pycache__', '**/*.py[cod]', '.env'];
/** From which size on a folder of data is kept out, in bytes; smaller ones an image may be meant to hold. */
const muchData = 50e6;

/** Creates the ignore file of the build context from what lies there, or adds what it lacks. */
export const ignoreFile: Refactoring = {
  id: 'ignore-file',
  title: 'Keep environments, logs and data out of the build',
  gain: 'The builder is sent less, and a change of these files no longer runs the steps below COPY anew.',
  propose({ facts, sources, around }) {
    const { context } = facts;
    const copies = facts.file.instructions.filter((it) =>
      contextSources(facts, it).some(({ path, kind }) => kind === 'copy' && path === '.'),
    );
    const [first] = copies;
    if (!context?.files || !first || isElsewhere(facts) || isBuiltFromAbove(sources)) return undefined;
    const mounted = mountedFolders(context, sources);
    const own = [...environmentsIn(context), ...mounted];
    const all = [...always, ...own.filter((path) => !always.includes(path))];
    const lines = context.ignoreFile ? lacking(context, context.ignoreFile, sources, all) : all;
    const data = dataFolders.filter((folder) => {
      const files = sentFilesOf(context, folder);
      return folder !== '.git' && totalSize(files) >= muchData;
    });
    const wanted = [...lines, ...data.filter((folder) => !lines.includes(folder))];
    const copied = new Set(namedSources(facts));
    const patterns = wanted.filter(
      (pattern) => ![...copied].some((path) => isBelow(path, pattern)) && !isUsed(facts, sources, pattern),
    );
    if (patterns.length === 0 || (!context.ignoreFile && isBare(context, patterns, around))) return undefined;
    const left = data.filter((folder) => patterns.includes(folder));
    const filled = mounted.filter((path) => patterns.includes(path) && filesOf(context, path).length > 0);
    const isKeptBack = parseGitIgnore(sources?.get('.gitignore') ?? '')('.dockerignore', false) === true;
    return {
      spans: copies.map(({ span }) => span),
      edits: [],
      ignoreLines: patterns,
      ...assumed(
        left.filter((path) => !filled.includes(path)),
        filled,
        isKeptBack,
      ),
    };
  },
};

function assumed(
  left: readonly string[],
  filled: readonly string[],
  isKeptBack: boolean,
): { assumes?: string } {
  const told = [
    ...(left.length > 0 ? [`nothing in the image reads ${left.join(', ')}`] : []),
    ...(filled.length > 0 ? [`each container has ${filled.join(', ')} mounted, as Compose does`] : []),
    ...(isKeptBack ? ['.dockerignore may stay on this machine, as .gitignore names it'] : []),
  ];
  return told.length > 0 ? { assumes: told.join(' and ') } : {};
}

/** Whether the build has another context than the folder: a file that it copies or installs from is not there, and nothing makes it. */
function isElsewhere(facts: FileFacts): boolean {
  const { context, file } = facts;
  if (!context?.files?.isComplete) return false;
  const named = namedSources(facts);
  if (named.length > 0) return named.some((path) => isManifest(path) && filesOf(context, path).length === 0);
  const names = facts.stages
    .flatMap(({ byKeyword }) => byKeyword.get('RUN') ?? [])
    .flatMap((run) => facts.commands(run))
    .flatMap((command) => readPipTargets(pipArgs(command) ?? []).requirementFiles)
    .filter((path) => /\.(?:txt|in)$/.test(path))
    .map((path) => path.slice(path.lastIndexOf('/') + 1));
  return names.some(
    (name) =>
      !context.files?.files.some(({ path }) => path === name || path.endsWith(`/${name}`)) &&
      !/\b(?:export|compile|freeze|lock|curl|wget|echo|printf|cat|git clone|sed)\b|--from=|https?:/.test(
        file.joined,
      ),
  );
}

/** Whether Compose, beside the Dockerfile, builds with the folder above as context alone: ignore files are read there. */
function isBuiltFromAbove(sources: SourceTexts | undefined): boolean {
  const composed = [...(sources ?? [])].flatMap(([path, text]) =>
    /^(?:docker-)?compose[\w.-]*\.ya?ml$/.test(path) ? text : [],
  );
  const folders = composed.flatMap((text) =>
    [...text.matchAll(/\b(?:context|build):[ \t]*["']?(\.[^\s"',}]*)/g)].map(([, folder = '']) => folder),
  );
  return folders.length > 0 && folders.every((folder) => /^\.\.\/?$/.test(folder));
}

/** What a project keeps in its repository, as against what is built before. */
const isManifest = (path: string) => /\.(?:toml|lock|txt|cfg|py)$/.test(path) && !/[*?[]/.test(path);

/** Whether something that is built or run in the image needs what a pattern would keep out. */
function isUsed(facts: FileFacts, sources: SourceTexts | undefined, pattern: string): boolean {
  const { context } = facts;
  if (context?.ignoreFile?.text.split('\n').some((line) => line.trim().startsWith(`!${pattern}`)))
    return true;
  if (pattern === '.git') return needsRepository(facts, sources);
  const isFolder = pattern !== '.env' && !pattern.includes('*');
  if (isFolder && context && filesOf(context, pattern).length === 0) return false;
  if (pattern === '**/*.py[cod]') return shipsCompiled(context);
  const own = facts.file.instructions.flatMap(({ node }) =>
    /^(?:RUN|CMD|ENTRYPOINT|ENV|HEALTHCHECK)$/.test(node.keyword) ? node.text : [],
  );
  // An environment that the image uses is one that it makes.
  if (/venv$|^node_modules$/.test(pattern))
    return !own.some((text) => makesEnvironment.test(text)) && names(own, pattern);
  if (pattern === '.dvc/cache') return own.some((text) => /\bdvc\b/.test(text));
  if (pattern.includes('*') || isBound(sources, pattern)) return false;
  if (pattern === '.env') return areSettingsRead(own, sources);
  const programs = [...runningPrograms(facts, sources).values()];
  return names([...own, ...otherDockerfiles(sources), ...programs], pattern);
}

const makesEnvironment =
  /\b(?:venv|virtualenv|pipenv|poetry|pdm|hatch)\b(?!\/)|\buv (?:sync|venv|run)\b|\b(?:npm|yarn|pnpm)\b/;
/** A folder that a text names as a path: `data/`, `join(root, "data")`, `directory="data"`. */
const paths = /(?<![\w.-])([\w.][\w.-]*)\/|(?:[,=/]|(?<!\b(?:get|pop))\() ?[rf]?["']([\w.-]+)["']/g;
const names = (texts: readonly string[], folder: string) =>
  texts.some((text) => [...text.matchAll(paths)].some(([, path, quoted]) => (path ?? quoted) === folder));

/** Compose mounts it from the machine, or reads it there, so that the image need not hold it. */
const isBound = (sources: SourceTexts | undefined, path: string) =>
  [...(sources ?? [])].some(
    ([file, text]) =>
      /\.ya?ml$/.test(file) &&
      [...text.matchAll(bound)].some(([, mount, settings]) => (mount ?? settings) === path),
  );
const bound =
  /(?:^|["' ])(?:\.\/)?([\w.][\w.-]*)\/?:\/|env_file:[ \t]*(?:\n[ \t]*-[ \t]*)?["']?(?:\.\/)?([\w.][\w.-]*)["']?[ \t]*$/gm;

/** Those of other images, which are built from the same context. */
const otherDockerfiles = (sources: SourceTexts | undefined) =>
  [...(sources ?? [])].flatMap(([path, text]) => (/(?:docker|container)file/i.test(path) ? [text] : []));

/** Whether compiled modules lie in the context without their source. */
function shipsCompiled(context: BuildContext | undefined): boolean {
  const paths = new Set(context?.files?.files.map(({ path }) => path));
  return [...paths].some(
    (path) => /\.py[cod]$/.test(path) && !path.includes('__pycache__/') && !paths.has(path.slice(0, -1)),
  );
}

/** Not worth a line before it is there. */
const small = /_cache$|^\.ipynb_checkpoints$/;

/** Those under which something gets past the ignore file: what lies there, or what git is told that somebody will have there. */
function lacking(
  context: BuildContext,
  file: IgnoreFile,
  sources: SourceTexts | undefined,
  patterns: readonly string[],
): string[] {
  const isLocal = parseGitIgnore(sources?.get('.gitignore') ?? '');
  return patterns.filter((pattern) => {
    if (pattern === '**/__pycache__') return bytecodePasses(context, file, isLocal);
    if (pattern.includes('*')) return false;
    if (!always.includes(pattern)) return !file.keepsOut(`${pattern}/x`);
    if (filesOf(context, pattern).length > 0) return sentFilesOf(context, pattern).length > 0;
    const isFolder = pattern !== '.env';
    return (
      !small.test(pattern) &&
      isLocal(pattern, isFolder) === true &&
      !file.keepsOut(isFolder ? `${pattern}/x` : pattern)
    );
  });
}

/** What the file copies by its name, which must go on reaching the builder. */
function namedSources(facts: FileFacts): string[] {
  return facts.file.instructions.flatMap((it) =>
    contextSources(facts, it).flatMap(({ path }) => (path === '.' ? [] : path)),
  );
}

const isBelow = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);
