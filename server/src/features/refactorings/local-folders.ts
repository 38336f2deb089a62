import type { BuildContext } from '../../facts/build-context.ts';
import { filesOf, sentFilesOf } from '../../facts/context-sources.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import type { SourceTexts } from '../../project/source-texts.ts';
import { parseGitIgnore } from '../../syntax/git-ignore-file.ts';
import { type IgnoreFile, parseIgnoreFile } from '../../syntax/ignore-file.ts';
import { servicesIn } from './non-root/compose-services.ts';

/** A name that environments and code have; GitHub's .gitignore for Python means the former. */
const likely = ['env'];

/**
 * Virtual environments of any name, which hold this file (Python documentation, "venv"), and those that git is told of and that are
 * not there yet.
 */
export function environmentsIn(context: BuildContext, sources: SourceTexts | undefined): string[] {
  const paths = context.files?.files.map(({ path }) => path) ?? [];
  const isLocal = parseGitIgnore(sources?.get('.gitignore') ?? '');
  const isToCome = (folder: string) =>
    context.files?.isComplete && isLocal(folder, true) === true && filesOf(context, folder).length === 0;
  return [
    ...paths.flatMap((path) => (/^[^/]+\/pyvenv\.cfg$/.test(path) ? path.slice(0, path.indexOf('/')) : [])),
    ...likely.filter(isToCome),
  ];
}

const mount = /^[ \t]*-[ \t]*["']?\.\/([\w.-]+(?:\/[\w.-]+)*)\/?:\//gm;

/**
 * Folders that Compose mounts from beside it into each service that it builds, and that come to be there as containers run: nothing
 * lies there yet, or git is told to leave alone what does. A clone has none of it, so that no image needs it.
 */
export function mountedFolders(context: BuildContext, sources: SourceTexts | undefined): string[] {
  if (!context.files?.isComplete) return [];
  const isLocal = parseGitIgnore(sources?.get('.gitignore') ?? '');
  const services = new Map<string, string>();
  for (const [file, text] of sources ?? []) {
    if (!/^(?:docker-)?compose[\w.-]*\.ya?ml$/.test(file)) continue;
    for (const { name, body } of servicesIn(text)) services.set(name, `${services.get(name) ?? ''}${body}\n`);
  }
  const mounts = [...services.values()].map((body) => ({
    isBuilt: /^[ \t]*build:/m.test(body) && !isOfOther(body),
    paths: [...body.matchAll(mount)].flatMap(([, path]) => path ?? []),
  }));
  // One that is built and does without the mount has what the image holds.
  const found = mounts.flatMap(({ paths }) =>
    paths.filter((path) => mounts.every((one) => !one.isBuilt || one.paths.includes(path))),
  );
  const isMade = (path: string) =>
    !/\.\w+$/.test(path) && (filesOf(context, path).length === 0 || isLocal(path, true) === true);
  return [...new Set(found)].filter(isMade);
}

/** Whether a service is built from another folder than that of its Compose file. */
const isOfOther = (body: string) =>
  /\b(?:build|context):[ \t]*["']?(?!\.\/?["'\s]|\.\/?$|\$)[^\s"'#{]/m.test(body);

/**
 * Whether bytecode gets past an ignore file beside some module that git or this file is told of: `__pycache__` means the top folder
 * alone.
 */
export function bytecodePasses(
  context: BuildContext,
  file: IgnoreFile,
  isLocal: ReturnType<typeof parseGitIgnore>,
): boolean {
  const modules = sentFilesOf(context, '.').filter(({ path }) => path.endsWith('.py'));
  const folders = new Set(modules.map(({ path }) => path.slice(0, path.lastIndexOf('/') + 1)));
  const isMeant = file.keepsOut('__pycache__/x.pyc');
  return [...folders].some(
    (folder) =>
      (isMeant || isLocal(`${folder}__pycache__`, true) === true) &&
      !file.keepsOut(`${folder}__pycache__/x.pyc`),
  );
}

/**
 * Whether nothing that is kept out lies in a context, or comes to: it is a folder of a project, and its programs are started one
 * by one, so that no module is imported from it.
 */
export function isBare(
  facts: FileFacts,
  { files }: BuildContext,
  patterns: readonly string[],
  { sources, around }: { sources: SourceTexts | undefined; around: SourceTexts | undefined },
): boolean {
  if (!files?.isComplete || ![...(around?.keys() ?? [])].some((path) => path.startsWith('../'))) return false;
  const { keepsOut } = parseIgnoreFile(patterns.join('\n'));
  const programs = files.files.flatMap(({ path }) => (path.endsWith('.py') ? path : []));
  return (
    (programs.length < 2 || areApart(facts, programs, sources)) &&
    !files.files.some(({ path }) => keepsOut(path))
  );
}

/** Whether no program imports another one, and nothing that the file runs imports one of them. */
function areApart({ file }: FileFacts, programs: readonly string[], sources: SourceTexts | undefined) {
  const modules = new Set(programs.map((path) => path.replace(/\.py$/, '')));
  const runs = file.instructions.flatMap(({ node }) =>
    /^(?:RUN|CMD|ENTRYPOINT|HEALTHCHECK)$/.test(node.keyword) ? node.text : [],
  );
  const isWord = (text: string) =>
    [...text.matchAll(/[\w-]+(?:\.py\b)?/g)].some(([word]) => modules.has(word));
  return (
    ![...modules].some((module) => module.includes('/')) &&
    !runs.some(isWord) &&
    programs.every((path) => {
      const text = sources?.get(path);
      return text !== undefined && ![...text.matchAll(importing)].some(([line]) => isWord(line));
    })
  );
}
const importing = /^[ \t]*(?:from|import)[ \t].*|\b(?:import_module|__import__)\(.*/gm;
