import { dataFolders, workFolders } from '../../data/ml-artifacts.ts';
import type { BuildContext } from '../../facts/build-context.ts';
import { contextSources, filesOf, sentFilesOf } from '../../facts/context-sources.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { pipArgs, readPipTargets } from '../../facts/pip.ts';
import { totalSize } from '../../facts/sizes.ts';
import type { SourceTexts } from '../../project/source-texts.ts';
import { parseGitIgnore } from '../../syntax/git-ignore-file.ts';
import type { IgnoreFile } from '../../syntax/ignore-file.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { secretsLeft, unreadSecrets } from './kept-secrets.ts';
import { localDumps } from './local-dumps.ts';
import { bytecodePasses, environmentsIn, isBare, mountedFolders } from './local-folders.ts';
import { isOfAnyFolder, nestedPasses, withNested } from './nested-folders.ts';
import { isBound, isUsed } from './pattern-users.ts';
import type { Refactoring } from './refactoring.ts';
import { areSettingsRead, isOfOthers } from './settings-read.ts';

/** What no image needs, whether it is there yet or not: each project makes these sooner or later. */
const always = ['.git', ...workFolders, '**/__pycache__', '**/*.py[cod]', '.env'];
/** From which size on a folder of data is kept out, in bytes; smaller ones an image may be meant to hold. */
const muchData = 50e6;

/** Creates the ignore file of the build context from what lies there, or adds what it lacks. */
export const ignoreFile: Refactoring = {
  id: 'ignore-file',
  title: 'Keep what no image needs out of the build',
  gain: 'The builder is sent less, and a change of these files no longer runs the steps below COPY anew.',
  propose({ facts, sources, around }) {
    const { context } = facts;
    const copies = facts.file.instructions.filter((it) =>
      contextSources(facts, it).some(({ path, kind }) => kind === 'copy' && path === '.'),
    );
    const [first] = copies;
    if (!context?.files || !first || isElsewhere(facts) || isBuiltFromAbove(sources)) return undefined;
    const mounted = mountedFolders(context, sources);
    const own = [...environmentsIn(context, sources), ...mounted];
    const all = [...always, ...own.filter((path) => !always.includes(path))];
    const lines = context.ignoreFile
      ? lacking(context, context.ignoreFile, sources, all)
      : withNested(context, all);
    const data = dataFolders.filter((folder) => {
      const files = sentFilesOf(context, folder);
      return folder !== '.git' && totalSize(files) >= muchData;
    });
    const dumps = localDumps(facts, sources);
    const wanted = [...lines, ...data.filter((folder) => !lines.includes(folder)), ...dumps];
    const copied = new Set(namedSources(facts));
    const isFree = (pattern: string) =>
      ![...copied].some((path) => isMeant(path, pattern)) && !isUsed(facts, sources, pattern);
    const patterns = wanted.flatMap((pattern) => {
      if (isFree(pattern)) return pattern;
      const atTop = context.ignoreFile || !isOfAnyFolder(pattern) ? undefined : pattern.slice('**/'.length);
      return atTop !== undefined && isFree(atTop) ? atTop : [];
    });
    const keys = (context.ignoreFile ? unreadSecrets(facts, context, { sources, patterns }) : []).filter(
      (key) => ![...copied].some((path) => `${key}/`.startsWith(`${path}/`)),
    );
    patterns.push(...keys);
    if (
      patterns.length === 0 ||
      (!context.ignoreFile && isBare(facts, context, patterns, { sources, around }))
    )
      return undefined;
    if (
      context.ignoreFile &&
      patterns.every((one) => isBytecode.test(one)) &&
      !isFollowedByWork(facts, first)
    )
      return undefined;
    const left = [...data, ...dumps].filter((folder) => patterns.includes(folder));
    const filled = mounted.filter((path) => patterns.includes(path) && filesOf(context, path).length > 0);
    const isKeptBack = parseGitIgnore(sources?.get('.gitignore') ?? '')('.dockerignore', false) === true;
    return {
      spans: copies.map(({ span }) => span),
      edits: [],
      ignoreLines: patterns,
      ...assumed(
        [...left.filter((path) => !filled.includes(path)), ...keys],
        filled,
        isKeptBack,
        secretsLeft(context, patterns),
        patterns.includes('.env') &&
          (filesOf(context, '.env').length > 0 || isBound(sources, '.env')) &&
          (isOfOthers(facts) || areSettingsRead([], sources)),
      ),
    };
  },
};

function assumed(
  left: readonly string[],
  filled: readonly string[],
  isKeptBack: boolean,
  secrets: readonly string[],
  isGiven: boolean,
): { assumes?: string } {
  const told = [
    ...(left.length > 0 ? [`nothing in the image reads ${left.join(', ')}`] : []),
    ...(filled.length > 0 ? [`each container has ${filled.join(', ')} mounted, as Compose does`] : []),
    ...(isGiven ? ['each container is given .env, as Compose does'] : []),
    ...(isKeptBack ? ['.dockerignore may stay on this machine, as .gitignore names it'] : []),
    ...(secrets.length > 0 ? [`whoever has the image may read any secrets in ${secrets.join(', ')}`] : []),
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

const isBytecode = /__pycache__$|\*\.py\[cod\]$/;
/** Whether a change of what a COPY brings runs a command anew. */
const isFollowedByWork = ({ stages }: FileFacts, copy: Instruction) =>
  stages.some(
    ({ instructions }) =>
      instructions.includes(copy) &&
      instructions.some(({ node, index }) => node.keyword === 'RUN' && index > copy.index),
  );

/** What a project keeps in its repository, as against what is built before. */
const isManifest = (path: string) => /\.(?:toml|lock|txt|cfg|py)$/.test(path) && !/[*?[]/.test(path);

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
  const passing = patterns.filter((pattern) => {
    if (pattern === '**/__pycache__') return bytecodePasses(context, file, isLocal);
    if (pattern.includes('*')) return false;
    if (!always.includes(pattern)) return !file.keepsOut(`${pattern}/x`);
    if (filesOf(context, pattern).length > 0) return sentFilesOf(context, pattern).length > 0;
    const isFolder = pattern !== '.env';
    // uv makes it beside its lock file, and leaves it out of git by itself (uv documentation, "Project environment").
    const isOfUv = pattern === '.venv' && context.lock !== undefined;
    return (
      !small.test(pattern) &&
      (isOfUv || isLocal(pattern, isFolder) === true) &&
      !file.keepsOut(isFolder ? `${pattern}/x` : pattern)
    );
  });
  const nested = nestedPasses(context, file, isLocal);
  return [...passing.filter((pattern) => !nested.includes(`**/${pattern}`)), ...nested];
}

/** What the file copies by its name, which must go on reaching the builder. */
function namedSources(facts: FileFacts): string[] {
  return facts.file.instructions.flatMap((it) =>
    contextSources(facts, it).flatMap(({ path }) => (path === '.' ? [] : path)),
  );
}

const isMeant = (path: string, pattern: string) =>
  isOfAnyFolder(pattern)
    ? path.split('/').includes(pattern.slice('**/'.length))
    : path === pattern || path.startsWith(`${pattern}/`);
