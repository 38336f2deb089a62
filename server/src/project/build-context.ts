import type { BuildContext, ContextFiles } from '../facts/build-context.ts';
import type { Ports } from '../ports/ports.ts';
import { parseIgnoreFile } from '../syntax/ignore-file.ts';
import { parseDockerfile } from '../syntax/parse.ts';
import { folderOf, parentsOf } from '../text/uri.ts';
import { composeNames, readCompose } from './compose.ts';
import { listContext } from './context-files.ts';
import { readPyproject } from './pyproject.ts';
import {
  environmentNames,
  isRequirementFile,
  readEnvironment,
  readPythonVersion,
  readRequirementFile,
} from './requirement-files.ts';
import { readUvLock } from './uv-lock.ts';

export interface ContextReader {
  /** The build context of a Dockerfile; undefined where it has no folder, as a text that was never saved. */
  contextOf(dockerfileUri: string): Promise<BuildContext | undefined>;
  /** The build context of a Dockerfile that is to be written into a folder. */
  contextIn(folder: string): Promise<BuildContext>;
  /** Forgets what was read; call it when a file of a context changes. */
  forget(): void;
}

type Files = Pick<Ports, 'readFile' | 'listFolder' | 'reportProblems' | 'isLive'>;

/** Folders that keep Dockerfiles alone, so that the context is the project around them. */
const dockerfileFolder = /\/\.?(?:docker|dockerfiles|containers?|build|deploy)$/i;

/** Reads each build context once and keeps it until told to forget. */
export function createContextReader(ports: Files): ContextReader {
  let known = new Map<string, Promise<BuildContext | undefined>>();
  let projects = new Map<string, ReturnType<typeof loadProject>>();

  async function load(dockerfileUri: string): Promise<BuildContext | undefined> {
    const folder = await contextFolder(dockerfileUri);
    if (folder === undefined) return undefined;
    // BuildKit prefers the one that is named after the Dockerfile (Docker build documentation, ".dockerignore files").
    const own = await ports.readFile(`${dockerfileUri}.dockerignore`);
    const ignoreFileUri = own === undefined ? `${folder}/.dockerignore` : `${dockerfileUri}.dockerignore`;
    const text = own ?? (await ports.readFile(ignoreFileUri));
    const ignoreFile = text === undefined ? undefined : parseIgnoreFile(text);
    const sources = readSources((await ports.readFile(dockerfileUri)) ?? '');
    if (sources.length === 0) return { ignoreFile, ignoreFileUri };
    const { files, compose, ...manifests } = await projectIn(folder);
    const dockerfile = decodeURIComponent(dockerfileUri.slice(dockerfileUri.lastIndexOf('/') + 1));
    return {
      ignoreFile,
      ignoreFileUri,
      isLive: ports.isLive,
      ...manifests,
      services: compose && readCompose(compose.uri, compose.text, dockerfile),
      files: files && isContext(files, sources) ? files : undefined,
    };
  }

  function projectIn(folder: string): ReturnType<typeof loadProject> {
    let project = projects.get(folder);
    if (!project) {
      project = loadProject(ports, folder);
      projects.set(folder, project);
    }
    return project;
  }

  async function contextFolder(dockerfileUri: string): Promise<string | undefined> {
    const folder = folderOf(dockerfileUri);
    if (folder === undefined || !dockerfileFolder.test(folder)) return folder;
    for (const parent of parentsOf(folder)) {
      if ((await ports.readFile(`${parent}/pyproject.toml`)) !== undefined) return parent;
    }
    return undefined;
  }

  return {
    contextOf(dockerfileUri) {
      let entry = known.get(dockerfileUri);
      if (!entry) {
        entry = load(dockerfileUri);
        known.set(dockerfileUri, entry);
      }
      return entry;
    },
    async contextIn(folder) {
      const ignoreFileUri = `${folder}/.dockerignore`;
      const text = await ports.readFile(ignoreFileUri);
      const ignoreFile = text === undefined ? undefined : parseIgnoreFile(text);
      const { compose: _, ...known } = await projectIn(folder);
      return { ignoreFile, ignoreFileUri, isLive: ports.isLive, ...known };
    },
    forget() {
      known = new Map();
      projects = new Map();
    },
  };
}

/** What several Dockerfiles of a folder share. */
async function loadProject({ readFile, listFolder, reportProblems }: Files, folder: string) {
  const pyproject = `${folder}/pyproject.toml`;
  const [text, lock, pin, files] = await Promise.all([
    readFile(pyproject),
    readFile(`${folder}/uv.lock`),
    readFile(`${folder}/.python-version`),
    listFolder && listContext(folder, listFolder),
  ]);
  const { project, problem } = text === undefined ? { project: undefined } : readPyproject(text);
  if (text !== undefined && problem) reportProblems?.(pyproject, text, [problem]);
  const paths = (files?.files ?? []).filter(({ size }) => size <= largest).map(({ path }) => path);
  const load = async <T>(path: string, read: (path: string, text: string) => T) => {
    const text = await readFile(`${folder}/${path}`);
    return text === undefined ? [] : [read(path, text)];
  };
  const requirementFiles = await Promise.all(
    paths
      .filter(isRequirementFile)
      .slice(0, mostRequirementFiles)
      .map((path) => load(path, readRequirementFile)),
  );
  const environment = environmentNames.find((name) => paths.includes(name));
  const composeName = composeNames.find((name) => paths.includes(name));
  const readPlain = (path: string, text: string) => ({ uri: `${folder}/${path}`, text });
  return {
    project,
    manifest: text === undefined ? undefined : { uri: pyproject, text },
    lock: lock === undefined ? undefined : await readUvLock(lock),
    requirementFiles: requirementFiles.flat(),
    environment: environment === undefined ? undefined : (await load(environment, readEnvironment))[0],
    pinnedPython: pin === undefined ? undefined : readPythonVersion(pin),
    compose: composeName === undefined ? undefined : (await load(composeName, readPlain))[0],
    files,
  };
}

/** So many requirement files of a folder are read. */
const mostRequirementFiles = 20;
/** A file that lists packages is not larger, in bytes. */
const largest = 1_000_000;

/** The paths that a Dockerfile copies from its context, without those that hold variables. */
function readSources(text: string): string[] {
  return parseDockerfile(text).instructions.flatMap(({ node }) => {
    if (node.keyword === 'RUN') return node.flags.some(({ name }) => name === 'mount') ? ['.'] : [];
    if (node.keyword !== 'COPY' && node.keyword !== 'ADD') return [];
    if (!('sources' in node) || node.flags.some(({ name }) => name === 'from')) return [];
    return node.sources.flatMap(({ value }) => (/\$|:\/\/|^<<|^git@/.test(value) ? [] : value));
  });
}

/**
 * Whether a folder is the one that a Dockerfile is built from: a build may name any folder, and often one above. It is
 * where something lies that the Dockerfile copies by its name, or a `pyproject.toml`, and nothing is copied by name else.
 */
function isContext({ files }: ContextFiles, sources: readonly string[]): boolean {
  const named = sources
    .map((source) => source.replace(/^(?:\.?\/)+|\/+$/g, ''))
    .filter((source) => source !== '' && source !== '.' && !/[*?[]/.test(source));
  const exists = (source: string) =>
    files.some(({ path }) => path === source || path.startsWith(`${source}/`));
  return files.some(({ path }) => path === 'pyproject.toml') || named.length === 0 || named.some(exists);
}
